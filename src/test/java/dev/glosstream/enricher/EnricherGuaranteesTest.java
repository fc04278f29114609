package dev.glosstream.enricher;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.testkit.RuleModels;
import dev.glosstream.testkit.TopologyHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an enricher keeps, repeats and deletes when something ends or fails. */
class EnricherGuaranteesTest {
    private static final Map<String, ?> AT_LEAST_ONCE =
            Map.of(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);

    private final RuleModels models;
    private final EnricherSettings settings;

    EnricherGuaranteesTest(@TempDir Path folder) {
        models = ReviewTopology.models(folder);
        settings = ReviewTopology.settings(models);
    }

    private Topology topology() {
        return ReviewTopology.topology(settings, Review::body);
    }

    private static void fillWindow(TopologyHarness harness) {
        for (int key = 1; key <= 4; key++) {
            ReviewTopology.events(harness).send(key, new Review("a", "good"));
        }
    }

    @Test
    void shouldDeleteOnlyWhatIsCommittedUnderAtLeastOnce() {
        try (TopologyHarness harness = new TopologyHarness(this::topology, AT_LEAST_ONCE)) {
            fillWindow(harness);
            ReviewTopology.labelled(harness).expectKeys(1, 2, 3, 4);
            // Deleted after the commit, when the window is next used. The last one was answered before its commit.
            harness.expectWaiting(3).advance(Duration.ofSeconds(1)).expectWaiting(0);
        }
    }

    @Test
    void shouldRepeatResultsUnderAtLeastOnceRatherThanLoseThem() {
        try (TopologyHarness harness = new TopologyHarness(this::topology, AT_LEAST_ONCE)) {
            fillWindow(harness);
            harness.crash().advance(ReviewTopology.LONG_ENOUGH);

            // The last one was never written: it was answered before the commit of its offset.
            ReviewTopology.labelled(harness).expectKeys(1, 2, 3, 4, 1, 2, 3);
        }
    }

    @Test
    void shouldLoseNothingWhenAnApplicationGoesOnAfterAFault() {
        Map<String, ?> goingOn = Map.of(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                LogAndContinueProcessingExceptionHandler.class);
        try (TopologyHarness harness = new TopologyHarness(this::topology, goingOn)) {
            ReviewTopology.events(harness).send(1, new Review("a", "good")).send(2, new Review("b", "bad"));
            models.breakDown();
            harness.advance(ReviewTopology.LONG_ENOUGH);
            ReviewTopology.events(harness).send(3, new Review("c", "good"));
            ReviewTopology.labelled(harness).expectKeys();
            models.repair();
            harness.advance(ReviewTopology.LONG_ENOUGH);

            ReviewTopology.labelled(harness).expectKeys(1, 2, 3);
            harness.expectWaiting(0);
        }
    }

    @Test
    void shouldSayThatTheSerdesDoNotReadWhatWaits() {
        try (TopologyHarness harness = new TopologyHarness(this::topology)) {
            ReviewTopology.events(harness).send(1, new Review(ReviewSerde.UNREADABLE, "good"));
            harness.crash();

            assertThatThrownBy(() -> harness.advance(ReviewTopology.LONG_ENOUGH))
                    .hasStackTraceContaining("enricher 'reviews': expected serdes that read the records which wait in"
                            + " harness-reviews-window-changelog");
        }
    }
}
