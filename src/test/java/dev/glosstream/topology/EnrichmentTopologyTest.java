package dev.glosstream.topology;

import static dev.glosstream.topology.PipelineDriver.FOUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.avro.DeadLetter;
import dev.glosstream.avro.EnrichedEvent;
import dev.glosstream.avro.Entity;
import dev.glosstream.avro.Provenance;
import dev.glosstream.avro.TextEvent;
import dev.glosstream.batch.BatchStatistics;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.emit.OutputEncoder;
import dev.glosstream.ingest.StringSource;
import dev.glosstream.sequence.Task;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrichmentTopologyTest {
    private final TinyModels models;

    EnrichmentTopologyTest(@TempDir Path directory) {
        models = new TinyModels(directory);
    }

    private PipelineDriver open(BatchingSettings batching) {
        return new PipelineDriver(PipelineDriver.settings(models, batching), models);
    }

    @Test
    void shouldLabelAnEventWithEverything() {
        try (PipelineDriver driver = open(FOUR)) {
            TextEvent event = TextEvent.newBuilder()
                    .setId("e-1")
                    .setText("\uD83D\uDE00 good Anna Smith in Paris")
                    .setLanguage("en")
                    .setOccurredAt(Instant.ofEpochMilli(7))
                    .setAttributes(Map.of("channel", "web"))
                    .build();

            driver.sendBytes(PipelineDriver.bytes(event));
            driver.advance(Duration.ofSeconds(2));

            EnrichedEvent enriched = driver.enriched().get(0);
            assertThat(enriched.getEvent()).isEqualTo(event);
            assertThat(enriched.getSentiment().getLabel()).isEqualTo("positive");
            assertThat(enriched.getSentiment().getScores()).containsOnlyKeys(TinyModels.SENTIMENTS);
            assertThat(enriched.getEntities()).extracting(Entity::getType).containsExactly("PER", "LOC");
            Entity anna = enriched.getEntities().get(0);
            assertThat(anna.getText()).isEqualTo("Anna Smith");
            assertThat(List.of(anna.getCharStart(), anna.getCharEnd())).containsExactly(8, 18);
            assertThat(List.of(anna.getCodePointStart(), anna.getCodePointEnd()))
                    .containsExactly(7, 17);
            assertThat(enriched.getTokenCount()).isEqualTo(6);
            assertThat(enriched.getTruncated()).isFalse();
            assertThat(enriched.getProvenance())
                    .extracting(Provenance::getName)
                    .containsExactly("sentiment-tiny", "entities-tiny");
            assertThat(enriched.getProcessedAt()).isEqualTo(Instant.ofEpochSecond(2));
        }
    }

    @Test
    void shouldCloseTheWindowByRecordsAndKeepTheOrderOfArrival() {
        try (PipelineDriver driver = open(FOUR)) {
            driver.send("long", "good ".repeat(20));
            driver.send("short", "bad");
            driver.send("middle", "good good good");
            assertThat(driver.enrichedIds()).isEmpty();
            assertThat(driver.waiting()).isEqualTo(3);

            driver.send("last", "Paris");

            assertThat(driver.enrichedIds()).containsExactly("long", "short", "middle", "last");
            assertThat(driver.waiting()).isZero();
        }
    }

    @Test
    void shouldCloseTheWindowByTokens() {
        try (PipelineDriver driver = open(FOUR)) {
            driver.send("a", "good ".repeat(60));
            assertThat(driver.enrichedIds()).isEmpty();

            driver.send("b", "good ".repeat(40));

            assertThat(driver.enrichedIds()).containsExactly("a", "b");
        }
    }

    @Test
    void shouldCloseTheWindowByTime() {
        try (PipelineDriver driver = open(FOUR)) {
            driver.send("a", "good");
            driver.advance(Duration.ofMillis(999));
            assertThat(driver.enrichedIds()).isEmpty();

            driver.advance(Duration.ofMillis(250));

            assertThat(driver.enrichedIds()).containsExactly("a");
        }
    }

    @Test
    void shouldLabelAtOnceIfNothingMayWait() {
        try (PipelineDriver driver = open(new BatchingSettings(256, 1000, Duration.ZERO, 64))) {
            driver.send("a", "good");

            assertThat(driver.enrichedIds()).containsExactly("a");
            assertThat(driver.waiting()).isZero();
        }
    }

    @Test
    void shouldCarryKeyHeadersAndTimestampAndNameTheModels() {
        try (PipelineDriver driver = open(FOUR)) {
            Headers headers = new RecordHeaders()
                    .add("trace", new byte[] {1, 2})
                    .add("none", null)
                    .add("glosstream.model.sentiment", "older@0".getBytes(StandardCharsets.UTF_8));
            driver.send(new TestRecord<>(
                    new byte[] {9}, PipelineDriver.bytes(PipelineDriver.event("a", "good")), headers, 1234L));
            driver.advance(Duration.ofSeconds(1));

            assertCarried(
                    driver.records("enriched-events").get(0),
                    "glosstream.model.sentiment=sentiment-tiny@1.2.3",
                    "glosstream.model.entities=entities-tiny@1.2.3");
            assertCarried(driver.records("sentiment-labels").get(0), "glosstream.model.sentiment=sentiment-tiny@1.2.3");
        }
    }

    private static void assertCarried(TestRecord<byte[], byte[]> record, String... modelHeaders) {
        assertThat(record.key()).containsExactly(9);
        assertThat(record.timestamp()).isEqualTo(1234L);
        assertThat(record.headers().lastHeader("trace").value()).containsExactly(1, 2);
        assertThat(record.headers().lastHeader("none").value()).isNull();
        List<String> found = new ArrayList<>();
        for (Header header : record.headers()) {
            if (header.key().startsWith("glosstream.")) {
                found.add(header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        assertThat(found).contains(modelHeaders);
        assertThat(found)
                .filteredOn(header -> header.startsWith("glosstream.model.sentiment"))
                .hasSizeLessThan(2);
    }

    @Test
    void shouldLabelTheNeighboursOfAPoisonRecord() {
        try (PipelineDriver driver = open(new BatchingSettings(64, 10_000, Duration.ofSeconds(1), 1024))) {
            byte[] poison = PipelineDriver.bytes(PipelineDriver.event("31", "this is poison"));
            for (int record = 0; record < 64; record++) {
                driver.sendBytes(
                        record == 31
                                ? poison
                                : PipelineDriver.bytes(PipelineDriver.event("" + record, "good one, Anna")));
            }

            assertThat(driver.enrichedIds())
                    .hasSize(63)
                    .doesNotContain("31")
                    .startsWith("0", "1")
                    .endsWith("63");
            List<DeadLetter> letters = driver.deadLetters();
            assertThat(letters).hasSize(1);
            assertThat(letters.get(0).getReason()).isEqualTo("inference-failed");
            assertThat(letters.get(0).getValue()).isEqualTo(ByteBuffer.wrap(poison));
            assertThat(letters.get(0).getOffset()).isEqualTo(31);
        }
    }

    @Test
    void shouldRunOneTaskAlone() {
        try (PipelineDriver driver =
                new PipelineDriver(PipelineDriver.settings(models, FOUR, Set.of(Task.SENTIMENT)), models)) {
            driver.send("a", "bad Paris");
            driver.advance(Duration.ofSeconds(1));

            EnrichedEvent enriched = driver.enriched().get(0);
            assertThat(enriched.getSentiment().getLabel()).isEqualTo("negative");
            assertThat(enriched.getEntities()).isNull();
            assertThat(driver.sentiments()).hasSize(1);
        }
    }

    @Test
    void shouldSayThatOnlyTheFirstTokensWereRead() {
        TinyModels short3 = new TinyModels(models.folder(Task.SENTIMENT).resolve("short"), 3);
        try (PipelineDriver driver = new PipelineDriver(PipelineDriver.settings(short3, FOUR), short3)) {
            driver.send("a", "good good good bad bad bad bad");
            driver.advance(Duration.ofSeconds(1));

            EnrichedEvent enriched = driver.enriched().get(0);
            assertThat(enriched.getTruncated()).isTrue();
            assertThat(enriched.getTokenCount()).isEqualTo(7);
            assertThat(enriched.getSentiment().getLabel()).isEqualTo("positive");
        }
    }

    /** Writes the name of the topic in place of any record. */
    private static final class TopicNames implements OutputEncoder {
        @Override
        public byte[] encode(String topic, SpecificRecord record) {
            return topic.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] frame(String topic, Schema schema, byte[] body) {
            throw new AssertionError("nothing is appended here");
        }
    }

    @Test
    void shouldSpeakAnotherWireFormat() {
        WireFormat text = new WireFormat((source, output) -> StringSource::new, TopicNames::new);
        PipelineSettings settings = PipelineDriver.settings(models, new BatchingSettings(1, 10, Duration.ZERO, 64));
        try (PipelineDriver driver = new PipelineDriver(settings, models, text)) {
            driver.sendBytes("good".getBytes(StandardCharsets.UTF_8));

            assertThat(driver.records("enriched-events").get(0).value())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("enriched-events");
            assertThat(driver.records("sentiment-labels").get(0).value())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("sentiment-labels");
        }
    }

    @Test
    void shouldRefuseModelsThatTheSettingsDoNotAskFor() {
        PipelineSettings settings = PipelineDriver.settings(models, FOUR);

        assertThatThrownBy(() -> EnrichmentTopology.build(
                        settings, List.of(models.model(Task.SENTIMENT)), new BatchStatistics()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ENTITIES");
    }
}
