package dev.glosstream.enricher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.Glosstream;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.testkit.InputTopic;
import dev.glosstream.testkit.RuleModels;
import dev.glosstream.testkit.TopologyHarness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an enricher meets what it does not own: serdes, headers, neighbours in the topology, a start that fails. */
class EnricherBordersTest {
    private static final BatchingSettings TWO = new BatchingSettings(2, 100, Duration.ofSeconds(1), 64);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(2);
    private static final Serde<String> STRINGS = Serdes.String();

    private final RuleModels models;
    private final EnricherSettings settings;

    EnricherBordersTest(@TempDir Path folder) {
        models = RuleModels.in(folder).sentiment("positive", "good").failingOn("poison");
        settings = EnricherSettings.of("texts", models.models()).withBatching(TWO);
    }

    private static Topology topology(EnricherSettings settings, Serde<String> values, Function<String, String> text) {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, Enriched<String>> labelled = builder.stream("events", Consumed.with(STRINGS, values))
                .process(Glosstream.enricher(settings, STRINGS, values, text));
        labelled.to("labelled", Produced.with(STRINGS, Glosstream.enrichedSerde(values)));
        labelled.process(Glosstream.deadLetters(STRINGS, values))
                .to("letters", Produced.with(STRINGS, Serdes.ByteArray()));
        return builder.build();
    }

    private static InputTopic<String, String> events(TopologyHarness harness) {
        return harness.input("events", STRINGS, STRINGS);
    }

    private static String line(TestRecord<String, Enriched<String>> record) {
        Enriched<String> enriched = record.value();
        return record.key() + ": " + enriched.value() + ", "
                + enriched.reason()
                        .map(reason -> reason.code())
                        .orElseGet(() -> enriched.sentiment().orElseThrow().label());
    }

    @Test
    void shouldGiveHeadersToTheSerdesThatNeedThem() {
        Serde<String> typed = new TypedSerde();
        try (TopologyHarness harness = new TopologyHarness(() -> topology(settings, typed, text -> text))) {
            harness.input("events", STRINGS, typed).send("a", "good").send("b", "poison");
            harness.input("events", STRINGS, typed).send("c", "good");
            harness.crash().advance(LONG_ENOUGH);

            harness.output("labelled", STRINGS, Glosstream.enrichedSerde(typed))
                    .expectLines(
                            EnricherBordersTest::line,
                            "a: good, positive",
                            "b: poison, inference-failed",
                            "c: good, positive");
            harness.output("letters", STRINGS, Serdes.ByteArray()).expectKeys("b");
        }
    }

    @Test
    void shouldReleaseTheModelsIfItCannotStart() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("events", Consumed.with(STRINGS, STRINGS))
                .process(Glosstream.<String, String>enricher(settings, text -> text))
                .to("labelled", Produced.with(STRINGS, Glosstream.enrichedSerde(STRINGS)));

        assertThatThrownBy(() -> new TopologyHarness(builder::build).close())
                .hasStackTraceContaining("DEFAULT_KEY_SERDE_CLASS_CONFIG");
        assertThat(settings.models().users()).isZero();
        assertThat(models.openScorers()).isZero();
    }

    @Test
    void shouldLeaveHeadersThatMayBeTooLargeOutOfTheDeadLetter() {
        EnricherSettings small = settings.withLimits(new LimitSettings(100, 1024));
        try (TopologyHarness harness = new TopologyHarness(() -> topology(small, STRINGS, text -> text))) {
            Headers large = new RecordHeaders().add("large", new byte[2000]);
            events(harness).send("a", "good", large).send("b", " ", new RecordHeaders().add("small", new byte[1]));
            harness.advance(LONG_ENOUGH);

            harness.output("letters", STRINGS, Serdes.ByteArray())
                    .expectLines(
                            letter -> letter.key() + " " + names(letter.headers()),
                            "a [glosstream.reason]",
                            "b [small, glosstream.reason]");
        }
    }

    private static List<String> names(Headers headers) {
        return List.of(headers.toArray()).stream().map(Header::key).toList();
    }

    @Test
    void shouldKnowWhereARecordCameFromBehindAnotherEnricher() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("events", Consumed.with(STRINGS, STRINGS))
                .process(Glosstream.enricher(settings, STRINGS, STRINGS, text -> text))
                .process(Glosstream.enricher(
                        settings.withName("again"), STRINGS, Glosstream.enrichedSerde(STRINGS), first -> first.value()))
                .mapValues(second ->
                        second.source().topic() + " " + second.source().offset())
                .to("sources", Produced.with(STRINGS, STRINGS));
        try (TopologyHarness harness = new TopologyHarness(builder::build)) {
            // The second record closes the window of both; the third leaves on a timer.
            events(harness).send("a", "good").send("b", "good").send("c", "good");
            harness.advance(LONG_ENOUGH).advance(LONG_ENOUGH);

            harness.output("sources", STRINGS, STRINGS).expectValues("events 0", "events 1", "events 2");
        }
    }

    @Test
    void shouldCarryTheHeadersWithWhichARecordArrived() {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, String> events = builder.stream("events", Consumed.with(STRINGS, STRINGS));
        events.process(Glosstream.enricher(settings, STRINGS, STRINGS, text -> text))
                .to("labelled", Produced.with(STRINGS, Glosstream.enrichedSerde(STRINGS)));
        events.process(Marking::new).to("marked", Produced.with(STRINGS, STRINGS));
        try (TopologyHarness harness = new TopologyHarness(builder::build)) {
            events(harness).send("a", "good");
            harness.advance(LONG_ENOUGH);

            harness.output("labelled", STRINGS, Glosstream.enrichedSerde(STRINGS))
                    .expectLines(
                            record -> String.valueOf(names(record.headers()).contains("marked")), "false");
        }
    }

    @Test
    void shouldRejectAValueOnWhichTheFunctionThrowsAnythingChecked() {
        try (TopologyHarness harness = new TopologyHarness(
                () -> topology(settings, STRINGS, text -> EnricherBordersTest.<RuntimeException>throwsChecked()))) {
            events(harness).send("a", "good");
            harness.advance(LONG_ENOUGH);

            harness.output("labelled", STRINGS, Glosstream.enrichedSerde(STRINGS))
                    .expectLines(EnricherBordersTest::line, "a: good, extraction-failed");
        }
    }

    @Test
    void shouldTakeEachRecordBackOnceIfTheSerdesFailForAWhile() {
        AtomicBoolean down = new AtomicBoolean();
        Serde<String> values = Serdes.serdeFrom(STRINGS.serializer(), (topic, bytes) -> {
            String value = new String(bytes, StandardCharsets.UTF_8);
            if (down.get() && value.equals("bad")) {
                throw new IllegalStateException("registry down");
            }
            return value;
        });
        Map<String, ?> goingOn = Map.of(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                LogAndContinueProcessingExceptionHandler.class);
        EnricherSettings three = settings.withBatching(new BatchingSettings(3, 100, Duration.ofSeconds(1), 64));
        try (TopologyHarness harness = new TopologyHarness(() -> topology(three, values, text -> text), goingOn)) {
            events(harness).send("a", "good").send("b", "bad");
            harness.crash();
            down.set(true);
            harness.advance(LONG_ENOUGH);
            down.set(false);
            harness.advance(LONG_ENOUGH);

            harness.output("labelled", STRINGS, Glosstream.enrichedSerde(STRINGS))
                    .expectKeys("a", "b");
        }
    }

    // What Kotlin, Scala and Groovy do: a checked exception that nobody declares.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Exception> String throwsChecked() throws E {
        throw (E) new IOException("secret");
    }

    /** A neighbour that writes into the headers of the records that it sees. */
    private static final class Marking extends ContextualProcessor<String, String, String, String> {
        @Override
        public void process(Record<String, String> record) {
            record.headers().add("marked", new byte[0]);
            context().forward(record);
        }
    }

    /** Strings whose type is in a header, which whoever reads them takes away. */
    private static final class TypedSerde implements Serde<String> {
        private static final byte[] TYPE = "text".getBytes(StandardCharsets.UTF_8);

        @Override
        public Serializer<String> serializer() {
            return new Serializer<>() {
                @Override
                public byte[] serialize(String topic, String value) {
                    throw new IllegalStateException("typed: expected headers");
                }

                @Override
                public byte[] serialize(String topic, Headers headers, String value) {
                    headers.remove("type").add("type", TYPE);
                    return value.getBytes(StandardCharsets.UTF_8);
                }
            };
        }

        @Override
        public Deserializer<String> deserializer() {
            return new Deserializer<>() {
                @Override
                public String deserialize(String topic, byte[] bytes) {
                    throw new IllegalStateException("typed: expected headers");
                }

                @Override
                public String deserialize(String topic, Headers headers, byte[] bytes) {
                    if (headers.lastHeader("type") == null) {
                        throw new IllegalStateException("typed: expected a type");
                    }
                    headers.remove("type");
                    return new String(bytes, StandardCharsets.UTF_8);
                }
            };
        }
    }
}
