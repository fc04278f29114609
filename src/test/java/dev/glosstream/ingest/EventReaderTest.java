package dev.glosstream.ingest;

import static dev.glosstream.ingest.WireFixtures.EVENT;
import static dev.glosstream.ingest.WireFixtures.encode;
import static dev.glosstream.ingest.WireFixtures.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.avro.TextEvent;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.sequence.InputHeader;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import org.junit.jupiter.api.Test;

class EventReaderTest {
    private static final LimitSettings LIMITS = new LimitSettings(1000, 1024);

    private final EventReader reader = new EventReader(LIMITS, new SingleObjectDecoder());

    private static RejectionReason reason(Outcome<?> outcome) {
        return ((Outcome.Rejected<?>) outcome).rejection().reason();
    }

    @Test
    void shouldDecodeAnEvent() {
        assertThat(reader.read(record(encode(EVENT)))).isEqualTo(Outcome.accepted(EVENT));
    }

    @Test
    void shouldRefuseARecordWithoutValue() {
        assertThat(reason(reader.read(record(null)))).isEqualTo(RejectionReason.NULL_VALUE);
    }

    @Test
    void shouldCountKeyValueAndHeadersAgainstTheLimit() {
        byte[] value = encode(EVENT);
        int room = LIMITS.maxRecordBytes() - value.length;
        InputRecord full = record(new byte[room - 100], value, new InputHeader("12", new byte[90]));
        InputRecord over = record(new byte[room - 100], value, new InputHeader("12", new byte[91]));

        assertThat(full.sizeBytes()).isEqualTo(LIMITS.maxRecordBytes());
        assertThat(reader.read(full)).isEqualTo(Outcome.accepted(EVENT));
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
        EventReader incomplete = new EventReader(LIMITS, record -> Outcome.accepted(new TextEvent()));

        assertThat(reason(incomplete.read(record(new byte[1])))).isEqualTo(RejectionReason.NOT_AVRO);
    }
}
