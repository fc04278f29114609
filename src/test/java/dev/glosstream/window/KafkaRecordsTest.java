package dev.glosstream.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaRecordsTest {
    private static final long NOW_MS = 1_700_000_000_000L;

    @ParameterizedTest(name = "{0} ms from now -> {1} ms from now")
    @CsvSource({"0, 0", "-86400000, -86400000", "1800000, 1800000", "1800001, 0", "172800000, 0"})
    void shouldBringATimestampThatBrokersRefuseBackToNow(long ownFromNowMs, long expectedFromNowMs) {
        assertThat(KafkaRecords.timestampMs(NOW_MS + ownFromNowMs, NOW_MS)).isEqualTo(NOW_MS + expectedFromNowMs);
    }
}
