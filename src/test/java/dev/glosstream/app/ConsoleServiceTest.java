package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Which results the console shows of many that are read at once. */
class ConsoleServiceTest {
    @Test
    void shouldShowDeadLettersThatAreReadTogetherWithABacklogOfEnrichedEvents() {
        List<ConsumerRecord<byte[], byte[]>> read = Stream.of(records("dead", 2), records("enriched", 40))
                .flatMap(List::stream)
                .toList();

        List<ConsumerRecord<byte[], byte[]>> shown = ConsoleService.shown(read);

        assertThat(shown).hasSize(2 + ConsoleService.SHOWN_AT_ONCE);
        assertThat(shown.subList(0, 2)).isEqualTo(read.subList(0, 2));
        assertThat(shown.get(shown.size() - 1)).isEqualTo(read.get(read.size() - 1));
    }

    @Test
    void shouldShowTheLatestInTheOrderInWhichTheyWereRead() {
        assertThat(ConsoleService.shown(records("enriched", 8)))
                .extracting(ConsumerRecord::offset)
                .containsExactly(3L, 4L, 5L, 6L, 7L);
        assertThat(ConsoleService.shown(records("enriched", 3))).hasSize(3);
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(String topic, int count) {
        return Stream.iterate(0, offset -> offset < count, offset -> offset + 1)
                .map(offset -> new ConsumerRecord<byte[], byte[]>(topic, 0, offset, null, null))
                .toList();
    }
}
