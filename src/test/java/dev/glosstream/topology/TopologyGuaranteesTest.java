package dev.glosstream.topology;

import static dev.glosstream.topology.PipelineDriver.FOUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.Guarantee;
import dev.glosstream.config.PipelineSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the topology keeps, deletes and releases when something fails, commits or ends. */
class TopologyGuaranteesTest {
    private final TinyModels models;

    TopologyGuaranteesTest(@TempDir Path directory) {
        models = new TinyModels(directory);
    }

    private PipelineDriver open(BatchingSettings batching) {
        return new PipelineDriver(PipelineDriver.settings(models, batching), models);
    }

    @Test
    void shouldStopAtAModelFaultAndKeepTheWindow() {
        try (PipelineDriver driver = open(FOUR)) {
            models.broken.set(true);
            driver.send("a", "good");
            driver.send("b", "good");
            driver.send("c", "good");

            assertThatThrownBy(() -> driver.send("d", "good")).hasRootCauseMessage("planted fault");

            assertThat(driver.waiting())
                    .as("what was committed; the last record is read again")
                    .isEqualTo(3);
            assertThat(driver.enriched()).isEmpty();
            assertThat(driver.deadLetters()).isEmpty();
        }
    }

    @Test
    void shouldReleaseTheScorersWhenItCloses() {
        try (PipelineDriver driver = open(FOUR)) {
            driver.send("a", "good");
            assertThat(models.open).hasValue(2);
        }
        assertThat(models.open).hasValue(0);
    }

    @Test
    void shouldDeleteAfterTheCommitUnderAtLeastOnce() {
        PipelineSettings settings = PipelineDriver.settings(models, FOUR);
        PipelineSettings atLeastOnce = new PipelineSettings(
                settings.applicationId(),
                settings.topics(),
                settings.models(),
                settings.batching(),
                settings.limits(),
                Guarantee.AT_LEAST_ONCE,
                settings.threads(),
                settings.kafka());
        try (PipelineDriver driver = new PipelineDriver(atLeastOnce, models)) {
            for (String id : List.of("a", "b", "c", "d")) {
                driver.send(id, "good");
            }
            assertThat(driver.enrichedIds()).containsExactly("a", "b", "c", "d");
            assertThat(driver.waiting())
                    .as("before the next record; the last one was answered before its commit")
                    .isEqualTo(3);

            // The driver commits after each record, and Kafka Streams then tells the commit signal.
            driver.send("e", "good");

            assertThat(driver.waiting()).isEqualTo(1);
        }
    }
}
