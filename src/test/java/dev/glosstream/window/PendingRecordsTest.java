package dev.glosstream.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.sequence.InputHeader;
import dev.glosstream.sequence.InputRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingRecordsTest {
    private static final InputRecord.Source UNKNOWN = new InputRecord.Source("", -1, -1, 77);

    private final PendingRecords codec = new PendingRecords();

    @Test
    void shouldBringBackWhatIsNotThere() {
        InputRecord nothing = new InputRecord(null, null, List.of(new InputHeader("none", null)), UNKNOWN);

        assertThat(codec.decode(codec.encode(nothing))).isEqualTo(nothing);
    }

    @Test
    void shouldTellNothingFromEmpty() {
        InputRecord empty = new InputRecord(
                new byte[0],
                new byte[0],
                List.of(new InputHeader("h", new byte[0]), new InputHeader("h", new byte[] {1})),
                new InputRecord.Source("events", 3, 1L << 40, 0));

        assertThat(codec.decode(codec.encode(empty))).isEqualTo(empty);
    }
}
