package dev.glosstream.enricher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.Glosstream;
import dev.glosstream.avro.DeadLetter;
import dev.glosstream.ingest.GeneratedRecords;
import dev.glosstream.testkit.RuleModels;
import dev.glosstream.testkit.TopologyHarness;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dead letter that no producer takes would stop the application at the same record for ever. */
class DeadLetterSizeTest {
    private static final int REQUEST_BYTES = 1 << 20;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(2);
    private static final Serde<String> STRINGS = Serdes.String();

    private final EnricherSettings settings;

    DeadLetterSizeTest(@TempDir Path folder) {
        settings = EnricherSettings.of(
                "texts", RuleModels.in(folder).sentiment("positive", "good").models());
    }

    /** Whoever stands between the enricher and the dead letters may make values larger than they were. */
    private Topology topology(int times) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("events", Consumed.with(STRINGS, STRINGS))
                .process(Glosstream.enricher(settings, STRINGS, STRINGS, text -> null))
                .mapValues(enriched -> enriched.withValue(enriched.value().repeat(times)))
                .processValues(Glosstream.deadLetters(STRINGS, STRINGS))
                .to("letters", Produced.with(STRINGS, Serdes.ByteArray()));
        return builder.build();
    }

    private TestRecord<String, byte[]> letterOf(String key, String value, int headerBytes, int times) {
        try (TopologyHarness harness = new TopologyHarness(() -> topology(times))) {
            Headers headers = new RecordHeaders().add("theirs", new byte[headerBytes]);
            harness.input("events", STRINGS, STRINGS).send(key, value, headers);
            harness.advance(LONG_ENOUGH);
            List<TestRecord<String, byte[]>> letters =
                    harness.output("letters", STRINGS, Serdes.ByteArray()).take();
            assertThat(letters).hasSize(1);
            return letters.get(0);
        }
    }

    private static long bytes(TestRecord<String, byte[]> record) {
        long bytes = (long) record.key().length() + record.value().length;
        for (var header : record.headers()) {
            bytes += (long) header.key().length() + header.value().length;
        }
        return bytes;
    }

    private static DeadLetter read(TestRecord<String, byte[]> record) throws IOException {
        return GeneratedRecords.decoder(DeadLetter.class).decode(record.value());
    }

    @Test
    void shouldKeepEverythingTwiceWhereThatFits() throws IOException {
        TestRecord<String, byte[]> letter = letterOf("k", "v", 400 << 10, 1);

        assertThat(letter.headers().lastHeader("theirs").value()).hasSize(400 << 10);
        assertThat(read(letter).getHeaders().size()).isEqualTo(1);
        assertThat(read(letter).getHeaders().get(0).getValue().remaining()).isEqualTo(400 << 10);
        assertThat(read(letter).getDetail()).isEqualTo("text: expected one of the value, got null");
    }

    @Test
    void shouldKeepLargeHeadersInTheLetterAlone() throws IOException {
        TestRecord<String, byte[]> letter = letterOf("k", "v", 600 << 10, 1);

        assertThat(bytes(letter)).isLessThan(REQUEST_BYTES);
        assertThat(letter.headers().lastHeader("theirs")).isNull();
        assertThat(letter.headers().lastHeader("glosstream.reason")).isNotNull();
        assertThat(read(letter).getHeaders().get(0).getValue().remaining()).isEqualTo(600 << 10);
    }

    @Test
    void shouldKeepThePlaceAloneOfALargeKey() throws IOException {
        TestRecord<String, byte[]> letter = letterOf("k".repeat(600 << 10), "v", 0, 1);

        assertThat(bytes(letter)).isLessThan(REQUEST_BYTES);
        assertThat(read(letter).getReason()).isEqualTo("no-text");
        assertThat(read(letter).getKey()).isNull();
        assertThat(read(letter).getTopic()).isEqualTo("events");
        assertThat(read(letter).getDetail()).contains("would take more than 1048576 bytes");
    }

    @Test
    void shouldKeepThePlaceAloneOfAValueThatGrewOnItsWay() throws IOException {
        TestRecord<String, byte[]> letter = letterOf("k", "v".repeat(300 << 10), 0, 4);

        assertThat(bytes(letter)).isLessThan(REQUEST_BYTES);
        assertThat(read(letter).getValue()).isNull();
    }

    @Test
    void shouldFollowTheProducerOfTheApplication() throws IOException {
        try (TopologyHarness harness =
                new TopologyHarness(() -> topology(1), Map.of("producer.max.request.size", 4 << 20))) {
            harness.input("events", STRINGS, STRINGS).send("k".repeat(600 << 10), "v");
            harness.advance(LONG_ENOUGH);

            assertThat(read(harness.output("letters", STRINGS, Serdes.ByteArray())
                                    .take()
                                    .get(0))
                            .getKey()
                            .remaining())
                    .isEqualTo(600 << 10);
        }
    }
}
