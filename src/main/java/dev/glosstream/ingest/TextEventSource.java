package dev.glosstream.ingest;

import dev.glosstream.avro.TextEvent;
import dev.glosstream.sequence.EventFields;
import dev.glosstream.sequence.EventText;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The project's own format: a {@link TextEvent} of any version in Avro single-object encoding. One thread at a time. */
public final class TextEventSource implements SourceDecoder {
    private final SingleObjectDecoder decoder;

    /** Creates a decoder of all known versions. */
    public TextEventSource() {
        this(new SingleObjectDecoder());
    }

    TextEventSource(SingleObjectDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    public Outcome<SourceEvent> decode(InputRecord record) {
        return decoder.decode(record).then(written -> fields(written.event())
                .then(fields -> Outcome.accepted(
                        new SourceEvent(fields, new Original.Avro(written.writer(), SingleObject.HEADER_BYTES)))));
    }

    /** Generated getters promise nothing: a decoder that fills records field by field may leave one empty. */
    static Outcome<EventFields> fields(TextEvent event) {
        if (isMissing(event.getId()) || isMissing(event.getText()) || isMissing(event.getAttributes())) {
            return Outcome.rejected(
                    RejectionReason.NOT_AVRO, "value: expected id, text and attributes, got null for one of them");
        }
        return Outcome.accepted(new EventFields(
                event.getId(),
                List.of(new EventText("", event.getText(), false)),
                false,
                Optional.ofNullable(event.getLanguage()),
                Optional.ofNullable(event.getOccurredAt()).map(Instant::toEpochMilli),
                event.getAttributes()));
    }

    private static boolean isMissing(@Nullable Object field) {
        return field == null;
    }
}
