package dev.glosstream.sequence;

import java.util.Arrays;
import java.util.Optional;

/** Why a record is refused. The {@link #code()} is a contract: it stands in dead letters and in JSON output. */
public enum RejectionReason {
    /** The record has neither value nor key. */
    NULL_VALUE("null-value"),
    /** The value has no text: the user's function returned none. */
    NO_TEXT("no-text"),
    /** The user's function threw instead of returning the text of the value. */
    EXTRACTION_FAILED("extraction-failed"),
    /** The value is not Avro in the framing of its source, or its body does not decode. */
    NOT_AVRO("not-avro"),
    /** The value is Avro, of a schema that its source does not know. */
    WRONG_SCHEMA("wrong-schema"),
    /** The value names a schema id that the schema registry does not know. */
    UNKNOWN_SCHEMA("unknown-schema"),
    /** The value is not one JSON document in UTF-8 with each key once. */
    NOT_JSON("not-json"),
    /** A path of the source leads nowhere in this record, or to null. */
    MISSING_FIELD("missing-field"),
    /** A path of the source leads to something that cannot be what is wanted there. */
    WRONG_FIELD("wrong-field"),
    /** The record has more texts than one event may have. */
    TOO_MANY_TEXTS("too-many-texts"),
    /** The labels cannot be appended: the field is there already, or the value takes no field. */
    NOT_APPENDABLE("not-appendable"),
    /** The record waited through a restart, and no source names its topic any more. */
    UNKNOWN_SOURCE("unknown-source"),
    /** Key, value and headers together exceed the limit. */
    RECORD_TOO_LARGE("record-too-large"),
    /** The text is the empty string. */
    EMPTY_TEXT("empty-text"),
    /** The text has nothing to read: only white space, control or invisible characters. */
    BLANK_TEXT("blank-text"),
    /** The text has more UTF-16 units than the limit. */
    TEXT_TOO_LONG("text-too-long"),
    /** The text is not well-formed Unicode: bytes that are not UTF-8, or half a surrogate pair. */
    MALFORMED_TEXT("malformed-text"),
    /** With its labels the record exceeds what the output topics take. */
    OUTPUT_TOO_LARGE("output-too-large"),
    /** The model fails on this text, alone, while it answers on others. */
    INFERENCE_FAILED("inference-failed");

    private final String code;

    RejectionReason(String code) {
        this.code = code;
    }

    /** Returns the reason's stable name. */
    public String code() {
        return code;
    }

    /** Returns the reason of that {@link #code()}, if there is one. */
    public static Optional<RejectionReason> ofCode(String code) {
        return Arrays.stream(values())
                .filter(reason -> reason.code.equals(code))
                .findFirst();
    }
}
