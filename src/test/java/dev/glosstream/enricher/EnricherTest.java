package dev.glosstream.enricher;

import static dev.glosstream.enricher.ReviewTopology.ENRICHED;
import static dev.glosstream.enricher.ReviewTopology.KEYS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.Glosstream;
import dev.glosstream.avro.DeadLetter;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.ingest.GeneratedRecords;
import dev.glosstream.testkit.RuleModels;
import dev.glosstream.testkit.TopologyHarness;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An enricher in a topology of somebody else: what becomes of the values. */
class EnricherTest {
    private final RuleModels models;
    private final EnricherSettings settings;

    EnricherTest(@TempDir Path folder) {
        models = ReviewTopology.models(folder);
        settings = ReviewTopology.settings(models);
    }

    private Topology topology() {
        return ReviewTopology.topology(settings, Review::body);
    }

    @Test
    void shouldLabelValuesInOneLine() {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, String> events = builder.stream("events");

        KStream<String, Enriched<String>> labelled = events.process(Glosstream.enricher(settings, v -> v.strip()));

        labelled.mapValues(enriched -> String.valueOf(enriched.hasSentiment("positive")))
                .to("labelled");
        Map<String, ?> strings = Map.of(
                StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class,
                StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        try (TopologyHarness harness = new TopologyHarness(builder::build, strings)) {
            harness.input("events", Serdes.String(), Serdes.String())
                    .send("a", " good ")
                    .send("b", "bad");
            harness.advance(ReviewTopology.LONG_ENOUGH);

            harness.output("labelled", Serdes.String(), Serdes.String()).expectValues("true", "false");
        }
    }

    @Test
    void shouldCarryKeyValueHeadersAndTimestampAndNameTheModels() {
        try (TopologyHarness harness = new TopologyHarness(this::topology)) {
            harness.advance(Duration.ofMillis(77));
            RecordHeaders headers = new RecordHeaders();
            headers.add("trace", new byte[] {3}).add("none", null);
            Review review = new Review("r-1", "good New York");
            ReviewTopology.events(harness).send(7, review, headers);
            harness.crash().advance(ReviewTopology.LONG_ENOUGH);

            TestRecord<Integer, Enriched<Review>> record =
                    ReviewTopology.labelled(harness).take().get(0);
            assertThat(record.key()).isEqualTo(7);
            assertThat(record.timestamp()).isEqualTo(77);
            assertThat(record.headers().lastHeader("trace").value()).containsExactly(3);
            assertThat(record.headers().lastHeader("none").value()).isNull();
            assertThat(record.headers().lastHeader("glosstream.model.sentiment").value())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("sentiment-by-rule@1.0.0");
            Enriched<Review> enriched = record.value();
            assertThat(enriched.value()).isEqualTo(review);
            assertThat(enriched.text()).contains("good New York");
            assertThat(enriched.hasSentiment("positive")).isTrue();
            assertThat(enriched.entityTexts("LOC")).containsExactly("New York");
            assertThat(enriched.source().topic()).isEqualTo("events");
            assertThat(enriched.source().offset()).isZero();
            assertThat(enriched.isRejected()).isFalse();
        }
    }

    @Test
    void shouldKeepTheOrderOfLabelledAndRejected() {
        try (TopologyHarness harness = new TopologyHarness(this::topology)) {
            ReviewTopology.events(harness)
                    .send(1, new Review("a", "good ".repeat(20)))
                    .send(2, null)
                    .send(3, new Review("c", null))
                    .send(4, new Review("d", "throw"))
                    .send(5, new Review("e", "poison"))
                    .send(6, new Review("f", " "))
                    .send(null, new Review("g", "bad Paris"));
            harness.advance(ReviewTopology.LONG_ENOUGH);

            ReviewTopology.labelled(harness)
                    .expectLines(
                            ReviewTopology::line,
                            "1: positive []",
                            "2: null-value",
                            "3: no-text",
                            "4: extraction-failed",
                            "5: inference-failed",
                            "6: blank-text",
                            "null: negative [Paris]");
        }
    }

    @Test
    void shouldMakeDeadLettersWithTheOriginalBytes() throws IOException {
        try (TopologyHarness harness = new TopologyHarness(this::topology)) {
            ReviewTopology.events(harness).send(1, new Review("a", "good")).send(2, new Review("b", "poison"));
            harness.advance(ReviewTopology.LONG_ENOUGH);

            TestRecord<Integer, byte[]> record = harness.output("letters", ReviewTopology.KEYS, Serdes.ByteArray())
                    .take()
                    .get(0);
            assertThat(record.key()).isEqualTo(2);
            assertThat(record.headers().lastHeader("glosstream.reason").value())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("inference-failed");
            DeadLetter letter = GeneratedRecords.decoder(DeadLetter.class).decode(record.value());
            assertThat(letter.getReason()).isEqualTo("inference-failed");
            assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(new byte[] {0, 0, 0, 2}));
            assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap("b|poison".getBytes(StandardCharsets.UTF_8)));
            assertThat(letter.getTopic()).isEqualTo("events");
            assertThat(letter.getOffset()).isEqualTo(1);
        }
    }

    @Test
    void shouldRejectWhatIsTooLargeToBeKeptInItsPlace() {
        EnricherSettings small = settings.withLimits(new LimitSettings(5000, 1024));
        try (TopologyHarness harness = new TopologyHarness(() -> ReviewTopology.topology(small, Review::body))) {
            ReviewTopology.events(harness).send(1, new Review("a", "good")).send(2, new Review("b", "x".repeat(2000)));

            ReviewTopology.labelled(harness).expectLines(ReviewTopology::line, "1: positive []", "2: record-too-large");
            harness.expectWaiting(0);
        }
    }

    @Test
    void shouldLetOneEnricherFollowAnother() {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<Integer, Review> events =
                builder.stream("events", Consumed.with(ReviewTopology.KEYS, ReviewTopology.REVIEWS));
        KStream<Integer, Enriched<Review>> bodies = events.process(
                Glosstream.enricher(settings, ReviewTopology.KEYS, ReviewTopology.REVIEWS, Review::body));
        KStream<Integer, Enriched<Enriched<Review>>> both =
                bodies.process(Glosstream.enricher(settings.withName("ids"), KEYS, ENRICHED, body -> idOf(body)));
        both.mapValues(id -> id.sentiment().orElseThrow().label() + " of "
                        + id.value().sentiment().orElseThrow().label())
                .to("both", Produced.with(ReviewTopology.KEYS, Serdes.String()));
        try (TopologyHarness harness = new TopologyHarness(builder::build)) {
            ReviewTopology.events(harness).send(1, new Review("bad", "good")).send(2, new Review("good", "bad"));
            harness.advance(ReviewTopology.LONG_ENOUGH).crash().advance(ReviewTopology.LONG_ENOUGH);

            harness.output("both", ReviewTopology.KEYS, Serdes.String())
                    .expectValues("negative of positive", "positive of negative");
        }
    }

    private static String idOf(Enriched<Review> body) {
        return body.value().id();
    }

    @Test
    void shouldNeverShowAValue() {
        try (TopologyHarness harness = new TopologyHarness(this::topology)) {
            ReviewTopology.events(harness).send(1, new Review("a", "good secret"));
            harness.advance(ReviewTopology.LONG_ENOUGH);

            assertThat(ReviewTopology.labelled(harness).take().get(0).value().toString())
                    .isEqualTo("Enriched[labelled, Source[topic=events, partition=0, offset=0, timestampMs=0]]");
        }
    }
}
