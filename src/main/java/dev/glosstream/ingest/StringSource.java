package dev.glosstream.ingest;

import dev.glosstream.sequence.EventFields;
import dev.glosstream.sequence.EventText;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Values that are the text itself, in UTF-8. Any thread may share one. */
public final class StringSource implements SourceDecoder {
    /** Creates a decoder. */
    public StringSource() {}

    @Override
    public Outcome<SourceEvent> decode(InputRecord record) {
        byte[] value = Objects.requireNonNullElse(record.value(), new byte[0]);
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            return Outcome.rejected(RejectionReason.MALFORMED_TEXT, "value: expected text in UTF-8, got other bytes");
        }
        return Outcome.accepted(new SourceEvent(
                new EventFields(
                        RecordId.of(record),
                        List.of(new EventText("", text, false)),
                        false,
                        Optional.empty(),
                        Optional.of(record.source().timestampMs()),
                        Map.of()),
                new Original.Opaque()));
    }
}
