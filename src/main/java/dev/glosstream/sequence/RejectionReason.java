package dev.glosstream.sequence;

/** Why a record is refused. The {@link #code()} is a contract: it stands in dead letters and in JSON output. */
public enum RejectionReason {
    /** The record has no value. */
    NULL_VALUE("null-value"),
    /** The value is not Avro in the format of the topic, or its body does not decode. */
    NOT_AVRO("not-avro"),
    /** The value is Avro, of a schema that is not a known version of the input schema. */
    WRONG_SCHEMA("wrong-schema"),
    /** The value names a schema id that the schema registry does not know. */
    UNKNOWN_SCHEMA("unknown-schema"),
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
}
