package dev.glosstream.enricher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.Glosstream;
import dev.glosstream.avro.DeadLetter;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.ingest.GeneratedRecords;
import dev.glosstream.pipeline.SharedModels;
import dev.glosstream.sequence.RejectionReason;
import dev.glosstream.testkit.InputTopic;
import dev.glosstream.testkit.OutputTopic;
import dev.glosstream.testkit.RuleModels;
import dev.glosstream.testkit.TopologyHarness;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.errors.TopologyException;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An enricher in a topology of somebody else: numbers as keys, reviews of their own type as values. */
class EnricherTest {
    private static final BatchingSettings FOUR = new BatchingSettings(4, 100, Duration.ofSeconds(1), 64);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(2);
    private static final Serde<Integer> KEYS = Serdes.Integer();
    private static final Serde<Review> REVIEWS = new ReviewSerde();
    private static final Serde<Enriched<Review>> ENRICHED = Glosstream.enrichedSerde(REVIEWS);

    private final RuleModels models;
    private final EnricherSettings settings;

    EnricherTest(@TempDir Path folder) {
        models = RuleModels.in(folder)
                .sentiment("positive", "good")
                .sentiment("negative", "bad")
                .entities("LOC", "Paris", "New York")
                .failingOn("poison");
        settings = EnricherSettings.of("reviews", models.models()).withBatching(FOUR);
    }

    private Topology topology() {
        return topology(settings, Review::body);
    }

    private static Topology topology(EnricherSettings settings, Function<Review, String> text) {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<Integer, Review> events = builder.stream("events", Consumed.with(KEYS, REVIEWS));
        KStream<Integer, Enriched<Review>> labelled =
                events.process(Glosstream.enricher(settings, KEYS, REVIEWS, review -> text.apply(review)));
        labelled.to("labelled", Produced.with(KEYS, ENRICHED));
        labelled.processValues(Glosstream.deadLetters(KEYS, REVIEWS))
                .to("letters", Produced.with(KEYS, Serdes.ByteArray()));
        return builder.build();
    }

    private static InputTopic<Integer, Review> events(TopologyHarness harness) {
        return harness.input("events", KEYS, REVIEWS);
    }

    private static OutputTopic<Integer, Enriched<Review>> labelled(TopologyHarness harness) {
        return harness.output("labelled", KEYS, ENRICHED);
    }

    private static String line(TestRecord<Integer, Enriched<Review>> record) {
        Enriched<Review> enriched = record.value();
        String answer = enriched.reason()
                .map(RejectionReason::code)
                .orElseGet(() -> enriched.sentiment().orElseThrow().label() + " " + enriched.entityTexts("LOC"));
        return record.key() + ": " + answer;
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
            harness.advance(LONG_ENOUGH);

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
            events(harness).send(7, review, headers);
            harness.crash().advance(LONG_ENOUGH);

            TestRecord<Integer, Enriched<Review>> record =
                    labelled(harness).take().get(0);
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
            events(harness)
                    .send(1, new Review("a", "good ".repeat(20)))
                    .send(2, null)
                    .send(3, new Review("c", null))
                    .send(4, new Review("d", "throw"))
                    .send(5, new Review("e", "poison"))
                    .send(6, new Review("f", " "))
                    .send(null, new Review("g", "bad Paris"));
            harness.advance(LONG_ENOUGH);

            labelled(harness)
                    .expectLines(
                            EnricherTest::line,
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
            events(harness).send(1, new Review("a", "good")).send(2, new Review("b", "poison"));
            harness.advance(LONG_ENOUGH);

            TestRecord<Integer, byte[]> record =
                    harness.output("letters", KEYS, Serdes.ByteArray()).take().get(0);
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
        try (TopologyHarness harness = new TopologyHarness(() -> topology(small, Review::body))) {
            events(harness).send(1, new Review("a", "good")).send(2, new Review("b", "x".repeat(2000)));

            labelled(harness).expectLines(EnricherTest::line, "1: positive []", "2: record-too-large");
            harness.expectWaiting(0);
        }
    }

    @Test
    void shouldRunSeveralEnrichersWithOneSetOfModels() {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<Integer, Review> events = builder.stream("events", Consumed.with(KEYS, REVIEWS));
        events.process(Glosstream.enricher(settings, KEYS, REVIEWS, Review::body))
                .to("bodies", Produced.with(KEYS, ENRICHED));
        events.process(Glosstream.enricher(settings.withName("ids"), KEYS, REVIEWS, Review::id))
                .to("ids", Produced.with(KEYS, ENRICHED));
        try (TopologyHarness harness = new TopologyHarness(builder::build)) {
            events(harness).send(1, new Review("bad", "good"));
            assertThat(settings.models().users()).isEqualTo(2);
            harness.expectWaiting(2).crash().advance(LONG_ENOUGH);

            harness.output("bodies", KEYS, ENRICHED).expectLines(EnricherTest::line, "1: positive []");
            harness.output("ids", KEYS, ENRICHED).expectLines(EnricherTest::line, "1: negative []");
        }
        assertThat(settings.models().users()).isZero();
        assertThat(models.openScorers()).isZero();
    }

    @Test
    void shouldLetOneEnricherFollowAnother() {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<Integer, Review> events = builder.stream("events", Consumed.with(KEYS, REVIEWS));
        KStream<Integer, Enriched<Review>> bodies =
                events.process(Glosstream.enricher(settings, KEYS, REVIEWS, Review::body));
        KStream<Integer, Enriched<Enriched<Review>>> both =
                bodies.process(Glosstream.enricher(settings.withName("ids"), KEYS, ENRICHED, body -> idOf(body)));
        both.mapValues(id -> id.sentiment().orElseThrow().label() + " of "
                        + id.value().sentiment().orElseThrow().label())
                .to("both", Produced.with(KEYS, Serdes.String()));
        try (TopologyHarness harness = new TopologyHarness(builder::build)) {
            events(harness).send(1, new Review("bad", "good")).send(2, new Review("good", "bad"));
            harness.advance(LONG_ENOUGH).crash().advance(LONG_ENOUGH);

            harness.output("both", KEYS, Serdes.String()).expectValues("negative of positive", "positive of negative");
        }
    }

    private static String idOf(Enriched<Review> body) {
        return body.value().id();
    }

    @Test
    void shouldKeepTheModelsThatTheUserHasOpenToo() {
        try (SharedModels.Open kept = settings.models().open()) {
            try (TopologyHarness harness = new TopologyHarness(this::topology)) {
                events(harness).send(1, new Review("a", "good"));
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
        KStream<Integer, Review> events = builder.stream("events", Consumed.with(KEYS, REVIEWS));
        Enricher<Integer, Review> enricher = Glosstream.enricher(settings, KEYS, REVIEWS, Review::body);
        events.process(enricher).to("first", Produced.with(KEYS, ENRICHED));
        events.process(enricher).to("second", Produced.with(KEYS, ENRICHED));

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

    @Test
    void shouldDeleteOnlyWhatIsCommittedUnderAtLeastOnce() {
        Map<String, ?> atLeastOnce = Map.of(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        try (TopologyHarness harness = new TopologyHarness(this::topology, atLeastOnce)) {
            for (int key = 1; key <= 4; key++) {
                events(harness).send(key, new Review("a", "good"));
            }
            labelled(harness).expectKeys(1, 2, 3, 4);
            // Deleted after the commit, when the window is next used.
            harness.expectWaiting(4).advance(Duration.ofSeconds(1)).expectWaiting(0);
        }
    }

    @Test
    void shouldRepeatResultsUnderAtLeastOnceRatherThanLoseThem() {
        Map<String, ?> atLeastOnce = Map.of(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        try (TopologyHarness harness = new TopologyHarness(this::topology, atLeastOnce)) {
            for (int key = 1; key <= 4; key++) {
                events(harness).send(key, new Review("a", "good"));
            }
            harness.crash().advance(LONG_ENOUGH);

            labelled(harness).expectKeys(1, 2, 3, 4, 1, 2, 3, 4);
        }
    }

    @Test
    void shouldLoseNothingWhenAnApplicationGoesOnAfterAFault() {
        Map<String, ?> goingOn = Map.of(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                LogAndContinueProcessingExceptionHandler.class);
        try (TopologyHarness harness = new TopologyHarness(this::topology, goingOn)) {
            events(harness).send(1, new Review("a", "good")).send(2, new Review("b", "bad"));
            models.breakDown();
            harness.advance(LONG_ENOUGH);
            events(harness).send(3, new Review("c", "good"));
            labelled(harness).expectKeys();
            models.repair();
            harness.advance(LONG_ENOUGH);

            labelled(harness).expectKeys(1, 2, 3);
            harness.expectWaiting(0);
        }
    }

    @Test
    void shouldSayThatTheSerdesDoNotReadWhatWaits() {
        try (TopologyHarness harness = new TopologyHarness(this::topology)) {
            events(harness).send(1, new Review(ReviewSerde.UNREADABLE, "good"));
            harness.crash();

            assertThatThrownBy(() -> harness.advance(LONG_ENOUGH))
                    .hasStackTraceContaining("enricher 'reviews': expected serdes that read the records which wait in"
                            + " harness-reviews-window-changelog");
        }
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

        assertThatThrownBy(() -> new TopologyHarness(() -> topology(large, Review::body)).close())
                .hasStackTraceContaining("producer.max.request.size")
                .hasRootCauseInstanceOf(ConfigException.class);
        assertThat(models.openScorers()).isZero();
        new TopologyHarness(() -> topology(large, Review::body), Map.of("producer.max.request.size", 5 << 20)).close();
    }

    @Test
    void shouldNeverShowAValue() {
        try (TopologyHarness harness = new TopologyHarness(this::topology)) {
            events(harness).send(1, new Review("a", "good secret"));
            harness.advance(LONG_ENOUGH);

            assertThat(labelled(harness).take().get(0).value().toString())
                    .isEqualTo("Enriched[labelled, Source[topic=events, partition=0, offset=0, timestampMs=0]]");
        }
    }
}
