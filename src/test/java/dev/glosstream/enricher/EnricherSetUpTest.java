package dev.glosstream.enricher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.Glosstream;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.pipeline.SharedModels;
import dev.glosstream.testkit.RuleModels;
import dev.glosstream.testkit.TopologyHarness;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.errors.TopologyException;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an enricher is made of: models that are shared, stores, names, what it needs of the application. */
class EnricherSetUpTest {
    private final RuleModels models;
    private final EnricherSettings settings;

    EnricherSetUpTest(@TempDir Path folder) {
        models = ReviewTopology.models(folder);
        settings = ReviewTopology.settings(models);
    }

    private Topology topology() {
        return ReviewTopology.topology(settings, Review::body);
    }

    @Test
    void shouldRunSeveralEnrichersWithOneSetOfModels() {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<Integer, Review> events =
                builder.stream("events", Consumed.with(ReviewTopology.KEYS, ReviewTopology.REVIEWS));
        events.process(Glosstream.enricher(settings, ReviewTopology.KEYS, ReviewTopology.REVIEWS, Review::body))
                .to("bodies", Produced.with(ReviewTopology.KEYS, ReviewTopology.ENRICHED));
        events.process(Glosstream.enricher(
                        settings.withName("ids"), ReviewTopology.KEYS, ReviewTopology.REVIEWS, Review::id))
                .to("ids", Produced.with(ReviewTopology.KEYS, ReviewTopology.ENRICHED));
        try (TopologyHarness harness = new TopologyHarness(builder::build)) {
            ReviewTopology.events(harness).send(1, new Review("bad", "good"));
            assertThat(settings.models().users()).isEqualTo(2);
            harness.expectWaiting(2).crash().advance(ReviewTopology.LONG_ENOUGH);

            harness.output("bodies", ReviewTopology.KEYS, ReviewTopology.ENRICHED)
                    .expectLines(ReviewTopology::line, "1: positive []");
            harness.output("ids", ReviewTopology.KEYS, ReviewTopology.ENRICHED)
                    .expectLines(ReviewTopology::line, "1: negative []");
        }
        assertThat(settings.models().users()).isZero();
        assertThat(models.openScorers()).isZero();
    }

    @Test
    void shouldKeepTheModelsThatTheUserHasOpenToo() {
        try (SharedModels.Open kept = settings.models().open()) {
            try (TopologyHarness harness = new TopologyHarness(this::topology)) {
                ReviewTopology.events(harness).send(1, new Review("a", "good"));
                assertThat(settings.models().users()).isEqualTo(2);
            }
            assertThat(settings.models().users()).isEqualTo(1);
            assertThat(kept.models()).hasSize(2);
        }
        assertThat(settings.models().users()).isZero();
    }

    @Test
    void shouldRefuseTwoEnrichersOfOneName() {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<Integer, Review> events =
                builder.stream("events", Consumed.with(ReviewTopology.KEYS, ReviewTopology.REVIEWS));
        Enricher<Integer, Review> enricher =
                Glosstream.enricher(settings, ReviewTopology.KEYS, ReviewTopology.REVIEWS, Review::body);
        events.process(enricher).to("first", Produced.with(ReviewTopology.KEYS, ReviewTopology.ENRICHED));
        events.process(enricher).to("second", Produced.with(ReviewTopology.KEYS, ReviewTopology.ENRICHED));

        assertThatThrownBy(builder::build).isInstanceOf(TopologyException.class).hasMessageContaining("reviews-window");
    }

    @Test
    void shouldNameItsStoresAfterTheSettings() {
        List<String> stores = topology().describe().subtopologies().stream()
                .flatMap(part -> part.nodes().stream())
                .filter(TopologyDescription.Processor.class::isInstance)
                .flatMap(node -> ((TopologyDescription.Processor) node).stores().stream())
                .sorted()
                .toList();

        assertThat(stores).containsExactly("reviews-commits", "reviews-end", "reviews-window");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b"})
    void shouldRefuseANameThatNoTopicMayHave(String name) {
        assertThatThrownBy(() -> settings.withName(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("enricher: expected a name of 1 to 100");
    }

    @Test
    void shouldRefuseProducersThatCannotKeepTheLargestRecord() {
        EnricherSettings large = settings.withLimits(new LimitSettings(20_000, 4 << 20));

        assertThatThrownBy(() -> new TopologyHarness(() -> ReviewTopology.topology(large, Review::body)).close())
                .hasStackTraceContaining("producer.max.request.size")
                .hasRootCauseInstanceOf(ConfigException.class);
        assertThat(models.openScorers()).isZero();
        new TopologyHarness(
                        () -> ReviewTopology.topology(large, Review::body),
                        Map.of("producer.max.request.size", 5 << 20))
                .close();
    }
}
