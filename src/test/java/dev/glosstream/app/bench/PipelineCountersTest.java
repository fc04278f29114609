package dev.glosstream.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineCountersTest {
    private static final PipelineCounters EARLIER = new PipelineCounters(List.of(10.0, 20.0, 1.0, 100.0, 1e6, 50.0));

    @Test
    void shouldSayWhatWasSpentSinceAnEarlierMoment() {
        PipelineCounters counted =
                new PipelineCounters(List.of(110.0, 145.0, 1.004, 200.0, 1.5e6, 250.0)).since(EARLIER);

        assertThat(counted.paddingRatio()).isEqualTo(1.25);
        assertThat(counted.inside().prepareCpuMicros()).isCloseTo(40, within(1e-6));
        assertThat(counted.inside().allocatedBytes()).isEqualTo(2500);
    }

    @Test
    void shouldNeverSayThatThereWereFewerCellsThanTokens() {
        // A batch of 16 tokens was scored when its cells had been read and its tokens had not.
        PipelineCounters counted = new PipelineCounters(List.of(1010.0, 1004.0, 1.0, 100.0, 1e6, 50.0)).since(EARLIER);

        assertThat(counted.paddingRatio()).isEqualTo(1);
    }

    @Test
    void shouldSayNothingWhereNothingHappened() {
        PipelineCounters counted = EARLIER.since(EARLIER);

        assertThat(counted.paddingRatio()).isZero();
        assertThat(counted.inside()).isEqualTo(Throughput.Inside.UNKNOWN);
    }
}
