package dev.glosstream.enricher;

import static dev.glosstream.enricher.ReviewTopology.ENRICHED;
import static dev.glosstream.enricher.ReviewTopology.KEYS;
import static dev.glosstream.enricher.ReviewTopology.REVIEWS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.Glosstream;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.testkit.TopologyHarness;
import dev.glosstream.window.InputBacklog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An enricher that knows what lies ready in its topics, and gets only some of it. */
class LeftOutRecordsTest {
    /** Waits a second, so its timer is called every 250 ms. */
    private static final BatchingSettings SIXTEEN = new BatchingSettings(16, 1000, Duration.ofSeconds(1), 64);

    private static final int LONG_MS = 1_000;

    private final EnricherSettings settings;
    private final Map<String, Integer> ends = new HashMap<>();
    private final TopologyHarness harness;
    private int next;

    LeftOutRecordsTest(@TempDir Path folder) {
        settings = ReviewTopology.settings(ReviewTopology.models(folder))
                .withBatching(SIXTEEN)
                .withLimits(new LimitSettings(5_000, 1_024));
        harness = open();
        harness.advance(Duration.ofSeconds(10));
    }

    private TopologyHarness open() {
        InputBacklog backlog =
                (topic, partition, offset) -> OptionalLong.of(Math.max(0, ends.getOrDefault(topic, 0) - offset - 1));
        return new TopologyHarness(this::topology, Map.of(InputBacklog.PROPERTY, backlog));
    }

    private Topology topology() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(List.of("events", "others"), Consumed.with(KEYS, REVIEWS))
                .filter((key, review) -> !"left out".equals(review.body()))
                .process(Glosstream.enricher(settings, KEYS, REVIEWS, Review::body))
                .to("labelled", Produced.with(KEYS, ENRICHED));
        return builder.build();
    }

    @AfterEach
    void close() {
        harness.close();
    }

    private void sendGood(String topic) {
        harness.input(topic, KEYS, REVIEWS).send(next++, new Review("g", "good"));
    }

    private void sendLeftOut(String topic, int count) {
        for (int record = 0; record < count; record++) {
            harness.input(topic, KEYS, REVIEWS).send(null, new Review("x", "left out"));
        }
    }

    private void lieReady(String topic, int more) {
        ends.merge(topic, more, Integer::sum);
    }

    private void advance(int ms) {
        harness.advance(Duration.ofMillis(ms));
    }

    private int labelled() {
        return harness.output("labelled", KEYS, ENRICHED).take().size();
    }

    @Test
    void shouldKeepTheWaitWhenEachRecordIsFollowedByOthers() {
        for (int time = 0; time < LONG_MS; time += 300) {
            assertThat(labelled()).as("after %d ms", time).isZero();
            lieReady("events", 3);
            sendGood("events");
            sendLeftOut("events", 2);
            advance(300);
        }

        assertThat(labelled()).isEqualTo(4);
    }

    /** A poll may bring several records, and the timer is called after the first of them. */
    @Test
    void shouldSoonEndTheWaitWhenRecordsComeInGroups() {
        for (int time = 0; time < LONG_MS; time += 300) {
            lieReady("events", 4);
            sendGood("events");
            advance(250);
            sendGood("events");
            sendLeftOut("events", 2);
            advance(50);
        }

        assertThat(labelled()).isEqualTo(7);
    }

    @Test
    void shouldNotWaitForWhatIsLeftOutOfAnotherTopic() {
        lieReady("others", 4);
        sendGood("others");
        sendLeftOut("others", 3);
        for (int time = 0; time < LONG_MS; time += 300) {
            lieReady("events", 1);
            sendGood("events");
            advance(300);
        }

        assertThat(labelled()).isEqualTo(5);
    }

    @Test
    void shouldFillTheWindowWhileWhatLiesReadyComes() {
        lieReady("events", 100);
        for (int record = 0; record < 15; record++) {
            sendGood("events");
            sendLeftOut("events", 1);
            advance(300);
        }
        assertThat(labelled()).isZero();

        sendGood("events");

        assertThat(labelled()).isEqualTo(16);
    }

    /** Two harnesses on one thread stand for two partitions of a stream thread. */
    @Test
    void shouldNotLetRecordsThatAreTooLargeKeepALoneOneOfAnotherPartition() {
        lieReady("events", 4);
        sendGood("events");
        for (int large = 0; large < 3; large++) {
            harness.input("events", KEYS, REVIEWS).send(null, new Review("l", "x".repeat(2_000)));
        }
        assertThat(labelled()).isEqualTo(4);
        try (TopologyHarness second = open()) {
            second.advance(Duration.ofSeconds(20)).advance(Duration.ofMillis(250));
            lieReady("others", 1);

            second.input("others", KEYS, REVIEWS).send(7, new Review("g", "good"));

            assertThat(second.output("labelled", KEYS, ENRICHED).take()).hasSize(1);
        }
    }
}
