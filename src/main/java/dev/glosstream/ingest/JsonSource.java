package dev.glosstream.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.glosstream.config.SourceFields;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Values that are one JSON document in UTF-8 each. One thread at a time. */
public final class JsonSource implements SourceDecoder {
    private final FieldMapping mapping;
    // Jackson itself lets some bytes pass that are no UTF-8, such as halves of surrogate pairs.
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();

    /**
     * Creates a decoder.
     *
     * @param fields where the fields of an event stand
     * @param appendedField member that will be appended, so that a value without room for it is refused; empty if none will
     */
    public JsonSource(SourceFields fields, String appendedField) {
        this.mapping = new FieldMapping(fields, appendedField);
    }

    @Override
    public Outcome<SourceEvent> decode(InputRecord record) {
        byte[] value = Objects.requireNonNullElse(record.value(), new byte[0]);
        Findings findings = mapping.newFindings();
        try {
            CharBuffer document = utf8.decode(ByteBuffer.wrap(value));
            JsonWalk.walk(document.array(), document.length(), mapping.tree(), findings);
        } catch (CharacterCodingException e) {
            return notJson("bytes that are not UTF-8");
        } catch (JsonProcessingException e) {
            // The message of the parser may quote the document; the place does not.
            return notJson("something else at character "
                    + (e.getLocation() == null ? "0" : e.getLocation().getCharOffset()));
        } catch (IOException | RuntimeException e) {
            return notJson("none, or more after it");
        }
        return mapping.read(findings, record)
                .then(fields -> Outcome.accepted(new SourceEvent(fields, new Original.Json())));
    }

    private static Outcome<SourceEvent> notJson(String got) {
        return Outcome.rejected(
                RejectionReason.NOT_JSON,
                "value: expected one JSON document in UTF-8 with each key once per object and at most "
                        + JsonWalk.MOST_NESTED + " levels, got " + got);
    }
}
