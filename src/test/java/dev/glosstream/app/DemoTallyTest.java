package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoTallyTest {
    private static final DemoSummary.Batches NO_BATCHES = new DemoSummary.Batches(0, 0, 1);
    private static final long MS = 1_000_000;

    private final DemoTally tally = new DemoTally();

    @Test
    void shouldBeCompleteWhenEveryRecordCameBackOnce() {
        tally.sending(event("a"), 0).acknowledged(new RecordPlace(0, 0));
        tally.sending(broken(), 10 * MS).acknowledged(new RecordPlace(0, 1));
        tally.received(labelled("a"), 100 * MS);
        tally.received(refused(0, 1), 210 * MS);

        DemoSummary summary = tally.summary(NO_BATCHES);

        assertThat(summary.isComplete()).isTrue();
        assertThat(summary.counts().in()).isEqualTo(2);
        assertThat(summary.counts().labelled()).isEqualTo(1);
        assertThat(summary.counts().refused()).isEqualTo(Map.of("not-avro", 1));
        assertThat(summary.latency().p50()).isBetween(99.0, 101.0);
        assertThat(summary.latency().p99()).isBetween(199.0, 201.0);
        assertThat(summary.eventsPerSecond()).isBetween(9.0, 10.0);
    }

    @Test
    void shouldRecogniseADeadLetterThatComesBeforeItsAcknowledgement() throws InterruptedException {
        DemoTally.Sent sent = tally.sending(broken(), 0);
        tally.received(refused(1, 7), MS);
        assertThat(tally.awaitAllAnswered(0)).isFalse();

        sent.acknowledged(new RecordPlace(1, 7));

        assertThat(tally.awaitAllAnswered(0)).isTrue();
        assertThat(tally.summary(NO_BATCHES).isComplete()).isTrue();
    }

    @Test
    void shouldNotBeCompleteWhenARecordCameBackTwice() {
        tally.sending(event("a"), 0).acknowledged(new RecordPlace(0, 0));
        tally.received(labelled("a"), MS);
        tally.received(labelled("a"), MS);

        assertThat(tally.summary(NO_BATCHES).isComplete()).isFalse();
    }

    @Test
    void shouldNotBeCompleteWhenOneCameTwiceAndOneNever() {
        tally.sending(event("a"), 0).acknowledged(new RecordPlace(0, 0));
        tally.sending(event("b"), 0).acknowledged(new RecordPlace(0, 1));
        tally.received(labelled("a"), MS);
        tally.received(refused(0, 0), MS);

        DemoSummary summary = tally.summary(NO_BATCHES);

        assertThat(summary.counts().in()).isEqualTo(summary.counts().labelled() + 1);
        assertThat(summary.isComplete()).isFalse();
    }

    @Test
    void shouldNotBeCompleteWhenSomethingCameThatNobodySent() {
        tally.sending(event("a"), 0).acknowledged(new RecordPlace(0, 0));
        tally.received(labelled("stranger"), MS);

        assertThat(tally.summary(NO_BATCHES).isComplete()).isFalse();
    }

    @Test
    void shouldNotBeCompleteWhenARecordCouldNotBeSent() {
        tally.sending(event("a"), 0).failed(new IllegalStateException("too large"));
        tally.received(labelled("a"), MS);

        assertThat(tally.sendFailure()).contains("too large");
        assertThat(tally.summary(NO_BATCHES).isComplete()).isFalse();
    }

    @Test
    void shouldPrintTheSummaryAsOneLineOfJson() {
        tally.sending(broken(), 0).acknowledged(new RecordPlace(0, 0));
        tally.received(refused(0, 0), 500 * MS);

        assertThat(tally.summary(new DemoSummary.Batches(3, 2.5, 1.25)).json())
                .startsWith(
                        "{\"summary\":{\"in\":1,\"labelled\":0,\"deadLetters\":{\"not-avro\":1},\"exactlyOnce\":true,"
                                + "\"eventsPerSecond\":2.000000,\"latencyMs\":{\"p50\":")
                .endsWith("},\"batches\":3,\"meanFill\":2.500000,\"paddingRatio\":1.250000}}");
    }

    private static DemoRecord event(String id) {
        return new TextEventBytes().record(id, "text");
    }

    private static DemoRecord broken() {
        return new DemoRecord(Optional.empty(), null, null);
    }

    private static OutputRecord labelled(String id) {
        Labels labels = new Labels(Optional.empty(), Optional.empty(), 1, false);
        return new OutputRecord(Optional.of(id), Optional.empty(), TextResult.of("text", Outcome.accepted(labels)));
    }

    private static OutputRecord refused(int partition, long offset) {
        return new OutputRecord(
                Optional.empty(),
                Optional.of(new RecordPlace(partition, offset)),
                new TextResult(Map.of(), Optional.empty(), Outcome.rejected(RejectionReason.NOT_AVRO, "value")));
    }
}
