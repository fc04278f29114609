package dev.glosstream.ingest;

import static dev.glosstream.ingest.WireFixtures.EVENT;
import static dev.glosstream.ingest.WireFixtures.encode;
import static dev.glosstream.ingest.WireFixtures.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.avro.TextEvent;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.sequence.EventFields;
import dev.glosstream.sequence.EventText;
import dev.glosstream.sequence.InputHeader;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class EventReaderTest {
    private static final LimitSettings LIMITS = new LimitSettings(1000, 1024);

    private final EventReader reader = new EventReader(LIMITS, new TextEventSource());

    private static RejectionReason reason(Outcome<?> outcome) {
        return ((Outcome.Rejected<?>) outcome).rejection().reason();
    }

    private static SourceEvent accepted(Outcome<SourceEvent> outcome) {
        return ((Outcome.Accepted<SourceEvent>) outcome).value();
    }

    @Test
    void shouldDecodeAnEvent() {
        SourceEvent event = accepted(reader.read(record(encode(EVENT))));

        assertThat(event.fields())
                .isEqualTo(new EventFields(
                        "e-1",
                        List.of(new EventText("", EVENT.getText(), false)),
                        false,
                        Optional.of("de"),
                        Optional.empty(),
                        Map.of("channel", "web")));
        List<Schema> versions = SchemaHistory.of("TextEvent");
        assertThat(event.original()).isEqualTo(new Original.Avro(versions.get(versions.size() - 1), 10));
    }

    @Test
    void shouldRefuseARecordWithoutValueAndKey() {
        assertThat(reason(reader.read(record(null)))).isEqualTo(RejectionReason.NULL_VALUE);
    }

    @Test
    void shouldLetATombstonePassWithoutDecoding() {
        SourceEvent event = accepted(reader.read(record(new byte[] {1}, null)));

        assertThat(event.original()).isEqualTo(new Original.Tombstone());
        assertThat(event.fields().texts()).isEmpty();
    }

    @Test
    void shouldCountKeyValueAndHeadersAgainstTheLimit() {
        byte[] value = encode(EVENT);
        int room = LIMITS.maxRecordBytes() - value.length;
        InputRecord full = record(new byte[room - 100], value, new InputHeader("12", new byte[90]));
        InputRecord over = record(new byte[room - 100], value, new InputHeader("12", new byte[91]));

        assertThat(full.sizeBytes()).isEqualTo(LIMITS.maxRecordBytes());
        assertThat(accepted(reader.read(full)).fields().id()).isEqualTo(EVENT.getId());
        assertThat(reason(reader.read(over))).isEqualTo(RejectionReason.RECORD_TOO_LARGE);
    }

    @Test
    void shouldNotDecodeWhatIsTooLarge() {
        EventReader undecoded = new EventReader(LIMITS, record -> {
            throw new AssertionError("decoded");
        });

        assertThat(reason(undecoded.read(record(new byte[2000])))).isEqualTo(RejectionReason.RECORD_TOO_LARGE);
        assertThat(reason(undecoded.read(record(new byte[2000], null)))).isEqualTo(RejectionReason.RECORD_TOO_LARGE);
    }

    @Test
    void shouldRefuseAnEventThatADecoderLeftIncomplete() {
        assertThat(reason(TextEventSource.fields(new TextEvent()))).isEqualTo(RejectionReason.NOT_AVRO);
    }
}
