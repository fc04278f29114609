package dev.glosstream.enricher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.Glosstream;
import dev.glosstream.avro.DeadLetter;
import dev.glosstream.ingest.GeneratedRecords;
import dev.glosstream.testkit.RuleModels;
import dev.glosstream.testkit.TopologyHarness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.internal.AbstractRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A dead letter that no producer takes would stop the application at the same record for ever. */
class DeadLetterSizeTest {
    private static final int REQUEST_BYTES = 1 << 20;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(2);
    private static final Serde<String> STRINGS = Serdes.String();

    private final EnricherSettings settings;
    private int topicBytes = Integer.MAX_VALUE;

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
                .process(Glosstream.deadLetters(STRINGS, STRINGS).atMost(topicBytes))
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
        long bytes = record.value().length;
        bytes += record.key() == null ? 0 : record.key().length();
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

    @Test
    void shouldLeaveOutAKeyThatIsTooLargeToBeSent() throws IOException {
        TestRecord<String, byte[]> letter = letterOf("k".repeat(2 << 20), "v", 0, 1);

        assertThat(letter.key()).isNull();
        assertThat(bytes(letter)).isLessThan(REQUEST_BYTES);
        assertThat(read(letter).getReason()).isEqualTo("record-too-large");
        assertThat(read(letter).getDetail())
                .startsWith("record: expected key, value and headers of at most 786432 bytes")
                .contains("key, value and headers are left out, and its own key too");
        assertThat(read(letter).getTopic()).isEqualTo("events");
        assertThat(read(letter).getOffset()).isZero();
    }

    @Test
    void shouldGoOnInOrderBehindAKeyThatIsTooLargeToBeSent() {
        try (TopologyHarness harness = new TopologyHarness(() -> topology(1))) {
            harness.input("events", STRINGS, STRINGS)
                    .send("a", "v")
                    .send("k".repeat(2 << 20), "v")
                    .send("b", "v");
            harness.crash().advance(LONG_ENOUGH);

            harness.output("letters", STRINGS, Serdes.ByteArray())
                    .expectLines(
                            letter -> letter.key() + " " + reason(letter),
                            "a no-text",
                            "null record-too-large",
                            "b no-text");
        }
    }

    private static String reason(TestRecord<String, byte[]> letter) {
        return new String(letter.headers().lastHeader("glosstream.reason").value(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldFollowATopicThatTakesLess() throws IOException {
        topicBytes = 100_000;

        TestRecord<String, byte[]> letter = letterOf("k", "v".repeat(200_000), 0, 1);

        assertThat(bytes(letter)).isLessThan(topicBytes);
        assertThat(letter.key()).isEqualTo("k");
        assertThat(read(letter).getDetail()).contains("would take more than 100000 bytes");
    }

    @Test
    void shouldRefuseATopicThatTakesNoPlace() {
        assertThatThrownBy(() -> Glosstream.deadLetters(STRINGS, STRINGS).atMost(100))
                .hasMessage("dead letters: expected at least 4096 bytes for each, got 100");
    }

    /** Whatever is large, and whatever the producer admits. */
    @ParameterizedTest
    @CsvSource({
        "5000, 0, 0, 0, 4096",
        "4000, 0, 0, 0, 4096",
        "0, 5000, 0, 0, 4096",
        "0, 0, 5000, 0, 4096",
        "0, 0, 0, 1000, 4096",
        "300000, 300000, 300000, 0, 1048576",
        "100, 100, 0, 60000, 1048576",
        "3000000, 3000000, 3000000, 1000, 2097152"
    })
    void shouldNeverBeLargerThanMayBeSent(int key, int value, int header, int headers, int most) {
        topicBytes = most;
        try (TopologyHarness harness =
                new TopologyHarness(() -> topology(1), Map.of("producer.max.request.size", 4 << 20))) {
            Headers theirs = new RecordHeaders().add("theirs", new byte[header]);
            for (int number = 0; number < headers; number++) {
                theirs.add("h" + number, null);
            }
            harness.input("events", STRINGS, STRINGS).send("k".repeat(key), "v".repeat(value), theirs);
            harness.advance(LONG_ENOUGH);

            assertThat(harness.output("letters", STRINGS, Serdes.ByteArray()).take())
                    .singleElement()
                    .satisfies(letter -> assertThat(AbstractRecords.estimateSizeInBytesUpperBound(
                                    RecordBatch.CURRENT_MAGIC_VALUE,
                                    Compression.NONE.type(),
                                    letter.key() == null ? null : letter.key().getBytes(StandardCharsets.UTF_8),
                                    letter.value(),
                                    letter.headers().toArray()))
                            .isLessThanOrEqualTo(most));
        }
    }
}
