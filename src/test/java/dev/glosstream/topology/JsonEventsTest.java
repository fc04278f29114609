package dev.glosstream.topology;

import static dev.glosstream.topology.ForeignEvents.APPEND;
import static dev.glosstream.topology.ForeignEvents.WRAP;
import static dev.glosstream.topology.ForeignEvents.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.avro.DeadLetter;
import dev.glosstream.avro.EnrichedEvent;
import dev.glosstream.batch.BatchStatistics;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.config.OutputSettings;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.config.SourceFields;
import dev.glosstream.config.SourceFormat;
import dev.glosstream.config.SourceSettings;
import dev.glosstream.config.SourceTopics;
import dev.glosstream.sequence.Task;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JSON and plain text through the whole topology, chosen by topic; and tombstones. */
class JsonEventsTest {
    private static final BatchingSettings AT_ONCE = new BatchingSettings(1, 1000, Duration.ZERO, 64);

    private final TinyModels models;

    JsonEventsTest(@TempDir Path directory) {
        models = new TinyModels(directory);
    }

    private PipelineDriver open(OutputSettings output, SourceSettings... sources) {
        PipelineSettings settings = PipelineDriver.settings(models, AT_ONCE).withEvents(List.of(sources), output);
        return new PipelineDriver(settings, models);
    }

    private static TestRecord<byte[], byte[]> record(String key, byte @Nullable [] value) {
        return new TestRecord<>(key.getBytes(StandardCharsets.UTF_8), value, Instant.ofEpochMilli(5000));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void shouldKeepEveryByteOfAJsonObject() {
        String original =
                """
                { "n": 1.0, "e":1e5,"big":123456789012345678901234567890,\r
                 "body" : "good \\u0041nna", "nested": {"nlp": 1}, "\\u00e9": "\u00e9\\/"\s
                }
                """;
        try (PipelineDriver driver = open(APPEND, ForeignEvents.json(fields("body", "big", "", "")))) {
            driver.send(record("k", utf8(original)));

            String output = new String(driver.records("enriched-events").get(0).value(), StandardCharsets.UTF_8);
            int end = original.lastIndexOf('}');
            assertThat(output)
                    .startsWith(original.substring(0, end) + ",\"nlp\":{\"sentiment\":{\"label\":\"positive\",")
                    .endsWith("}" + original.substring(end));
            assertThat(driver.sentiments().get(0).getId()).isEqualTo("123456789012345678901234567890");
        }
    }

    @Test
    void shouldRefuseJsonThatTakesNoFurtherField() {
        try (PipelineDriver driver = open(APPEND, ForeignEvents.json(fields("body? [].body?", "", "", "")))) {
            driver.send(record("k", utf8("{\"body\":\"good\",\"nl\\u0070\":null}")));
            driver.send(record("k", utf8("[{\"body\":\"good\"}]")));

            assertThat(driver.deadLetters())
                    .extracting(letter -> letter.getReason() + " " + letter.getDetail())
                    .containsExactly(
                            "not-appendable field 'nlp': expected none, because the labels are to be appended under this"
                                    + " name (output.field), got one",
                            "not-appendable value: expected a JSON object that takes a field, got a list");
        }
    }

    @Test
    void shouldChooseTheSourceByTheTopic() {
        SourceSettings plain =
                new SourceSettings(SourceTopics.named("lines"), SourceFormat.STRING, SourceFields.NONE, List.of());
        SourceSettings reviews = new SourceSettings(
                SourceTopics.matching("reviews-.*"), SourceFormat.JSON, fields("body", "", "lang?", "at"), List.of());
        SourceSettings exact = new SourceSettings(
                SourceTopics.named("reviews-plain"), SourceFormat.STRING, SourceFields.NONE, List.of());
        try (PipelineDriver driver = open(WRAP, plain, reviews, exact)) {
            driver.sendTo("lines", record("a", utf8("good")));
            driver.sendTo("reviews-eu", record("b", utf8("{\"body\":\"bad\",\"at\":\"2024-01-02T03:04:05+01:00\"}")));
            driver.sendTo("reviews-plain", record("c", utf8("{\"body\":1}")));

            List<EnrichedEvent> enriched = driver.enriched();
            assertThat(enriched)
                    .extracting(event -> event.getEvent().getText())
                    .containsExactly("good", "bad", "{\"body\":1}");
            assertThat(enriched.get(1).getEvent().getOccurredAt()).isEqualTo("2024-01-02T02:04:05Z");
        }
    }

    @Test
    void shouldPassTombstonesInTheirPlace() {
        PipelineSettings settings = PipelineDriver.settings(models, PipelineDriver.FOUR)
                .withEvents(List.of(ForeignEvents.json(fields("body", "", "", ""))), APPEND);
        try (PipelineDriver driver = new PipelineDriver(settings, models)) {
            driver.send(record("a", utf8("{\"body\":\"good\"}")));
            driver.send(record("a", null));
            assertThat(driver.records("enriched-events")).isEmpty();
            assertThat(driver.waiting()).isEqualTo(2);
            driver.send(record("b", utf8("{\"body\":\"bad\"}")));
            driver.send(new TestRecord<>(null, null, Instant.ofEpochMilli(1)));
            driver.send(record("c", null));

            List<TestRecord<byte[], byte[]>> outputs = driver.records("enriched-events");
            assertThat(outputs)
                    .extracting(output -> new String(output.key(), StandardCharsets.UTF_8))
                    .containsExactly("a", "a", "b", "c");
            assertThat(outputs).extracting(output -> output.value() == null).containsExactly(false, true, false, true);
            assertThat(outputs.get(1).timestamp()).isEqualTo(5000);
            assertThat(driver.records("sentiment-labels"))
                    .extracting(output -> output.value() == null)
                    .containsExactly(false, true, false, true);
            assertThat(driver.deadLetters()).extracting(DeadLetter::getReason).containsExactly("null-value");
        }
    }

    @Test
    void shouldPassATombstoneThatIsAloneInItsWindow() {
        try (PipelineDriver driver = open(WRAP, ForeignEvents.json(fields("body", "", "", "")))) {
            driver.send(record("a", null));

            assertThat(driver.records("enriched-events").get(0).value()).isNull();
            assertThat(driver.waiting()).isZero();
        }
    }

    @Test
    void shouldRefuseLabelsThatTakeMoreRoomThanTheTopicsMustHave() {
        PipelineSettings settings = PipelineDriver.settings(models, AT_ONCE)
                .withLimits(new LimitSettings(1000, 64 << 10))
                .withEvents(List.of(ForeignEvents.json(fields("t[]", "", "", ""))), APPEND);
        String text = "Anna, ".repeat(20);
        String event = "{\"t\":[" + ("\"" + text + "\",").repeat(500) + "\"x\"]}";
        try (PipelineDriver driver = new PipelineDriver(settings, models)) {
            driver.send(record("a", utf8(event)));
            driver.send(record("b", utf8("{\"t\":[\"good\"]}")));

            assertThat(driver.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.getReason()).isEqualTo("output-too-large");
                assertThat(letter.getDetail()).startsWith("output 'enriched-events': expected at most 393216 bytes");
                assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(utf8(event)));
            });
            assertThat(driver.records("enriched-events")).hasSize(1);
        }
    }

    @Test
    void shouldDrawSourcesThatHaveAPattern() {
        SourceSettings reviews = new SourceSettings(
                SourceTopics.matching("reviews-.*"), SourceFormat.JSON, fields("body", "", "", ""), List.of());
        SourceSettings named = SourceSettings.textEvents("my.events");
        PipelineSettings settings = PipelineDriver.settings(models, AT_ONCE, Set.of(Task.SENTIMENT))
                .withEvents(List.of(reviews, named), WRAP);
        TopologyDescription topology = EnrichmentTopology.build(
                        settings, List.of(models.model(Task.SENTIMENT)), new BatchStatistics())
                .describe();

        assertThat(MermaidDiagram.of(topology)).contains("([\"(?:reviews-.*)|my\\.events\"])", " --> step_ingest");
    }
}
