package dev.glosstream.topology;

import static dev.glosstream.topology.PipelineDriver.FOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.config.OutputMode;
import dev.glosstream.config.OutputSettings;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.observe.Observers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sentiment and entities alone: topics of their own, if wanted. */
class LabelTopicsTest {
    private static final OutputSettings ENRICHED_ALONE = new OutputSettings(OutputMode.WRAP, "nlp", false);

    private final TinyModels models;
    private final PipelineSettings settings;

    LabelTopicsTest(@TempDir Path folder) {
        models = new TinyModels(folder);
        PipelineSettings usual = PipelineDriver.settings(models, FOUR);
        settings = usual.withEvents(usual.sources(), ENRICHED_ALONE);
    }

    @Test
    void shouldWriteEnrichedEventsAloneIfNoMoreIsWanted() {
        try (PipelineDriver driver = new PipelineDriver(settings, models)) {
            for (String id : List.of("a", "b", "c", "d")) {
                driver.send(id, "good Anna");
            }

            assertThat(driver.enriched()).hasSize(4).allSatisfy(event -> {
                assertThat(event.getSentiment()).isNotNull();
                assertThat(event.getEntities()).isNotEmpty();
            });
            assertThat(driver.deadLetters()).isEmpty();
        }
    }

    @Test
    void shouldPassATombstoneToTheTopicThatIsLeft() {
        PipelineSettings json =
                settings.withEvents(List.of(ForeignEvents.json(ForeignEvents.fields("t", "", "", ""))), ENRICHED_ALONE);
        try (PipelineDriver driver = new PipelineDriver(json, models)) {
            driver.send(new TestRecord<>(new byte[] {'k'}, null));
            driver.advance(Duration.ofSeconds(2));

            assertThat(driver.records("enriched-events")).singleElement().satisfies(record -> assertThat(record.value())
                    .isNull());
        }
    }

    @Test
    void shouldHaveNoSinksForThem() {
        assertThat(PipelineDriver.topology(settings, models, Observers.NONE)
                        .describe()
                        .toString())
                .contains(EnrichmentTopology.ENRICHED_EVENTS, EnrichmentTopology.DEAD_LETTERS)
                .doesNotContain(EnrichmentTopology.SENTIMENT_LABELS, EnrichmentTopology.ENTITY_LABELS);
    }
}
