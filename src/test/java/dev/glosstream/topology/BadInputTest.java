package dev.glosstream.topology;

import static dev.glosstream.topology.PipelineDriver.FOUR;
import static dev.glosstream.topology.PipelineDriver.bytes;
import static dev.glosstream.topology.PipelineDriver.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.glosstream.avro.DeadLetter;
import dev.glosstream.avro.Provenance;
import dev.glosstream.emit.SingleObjectEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever arrives ends as labels or as a dead letter, and never stops the pipeline. */
class BadInputTest {
    static Stream<Arguments> bad() {
        byte[] sound = bytes(event("a", "good"));
        byte[] notUtf8 = bytes(event("a", "xyz"));
        notUtf8[notUtf8.length - 5] = (byte) 0x80;
        return Stream.of(
                argumentSet("nothing", "not-avro", new byte[0]),
                argumentSet("plain text", "not-avro", "{\"text\": \"hello\"}".getBytes(StandardCharsets.UTF_8)),
                argumentSet("cut off", "not-avro", Arrays.copyOf(sound, sound.length - 1)),
                argumentSet("left over", "not-avro", Arrays.copyOf(sound, sound.length + 1)),
                argumentSet(
                        "another schema",
                        "wrong-schema",
                        new SingleObjectEncoder().encode("t", new Provenance("sentiment", "n", "1", "0"))),
                argumentSet("no UTF-8", "malformed-text", notUtf8),
                argumentSet("empty", "empty-text", bytes(event("a", ""))),
                argumentSet("white space", "blank-text", bytes(event("a", " \t\r\n\u00A0\u2003"))),
                argumentSet("invisible", "blank-text", bytes(event("a", "\u200B\u2060\u0000"))),
                argumentSet("too long", "text-too-long", bytes(event("a", "x".repeat(1001)))));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void shouldSendBadInputToTheDeadLettersAtOnce(String reason, byte @Nullable [] value, @TempDir Path directory) {
        TinyModels models = new TinyModels(directory);
        try (PipelineDriver driver = new PipelineDriver(PipelineDriver.settings(models, FOUR), models)) {
            RecordHeaders headers = new RecordHeaders();
            headers.add("trace", new byte[] {7});
            driver.send("before", "good");
            driver.send(new TestRecord<>(new byte[] {9}, value, headers, 1234L));

            TestRecord<byte[], byte[]> letter = driver.records("dead-letters").get(0);
            assertThat(letter.key()).containsExactly(9);
            assertThat(letter.timestamp()).isEqualTo(1234L);
            assertThat(letter.headers().lastHeader("trace").value()).containsExactly(7);
            assertThat(letter.headers().lastHeader("glosstream.reason").value())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(reason);
            DeadLetter content = PipelineDriver.decode(DeadLetter.class, letter.value());
            assertThat(content.getReason()).isEqualTo(reason);
            assertThat(content.getKey()).isEqualTo(ByteBuffer.wrap(new byte[] {9}));
            assertThat(content.getValue()).isEqualTo(value == null ? null : ByteBuffer.wrap(value));
            assertThat(content.getHeaders()).hasSize(1);
            assertThat(content.getTopic()).isEqualTo("text-events");
            assertThat(content.getOffset()).isEqualTo(1);
            assertThat(driver.waiting()).isEqualTo(1);
        }
    }

    @Test
    void shouldNotRepeatARecordThatIsTooLarge(@TempDir Path directory) {
        TinyModels models = new TinyModels(directory);
        try (PipelineDriver driver = new PipelineDriver(PipelineDriver.settings(models, FOUR), models)) {
            RecordHeaders headers = new RecordHeaders();
            headers.add("large", new byte[5000]);
            driver.send(new TestRecord<>(new byte[5000], bytes(event("a", "good")), headers, 1L));

            TestRecord<byte[], byte[]> letter = driver.records("dead-letters").get(0);
            assertThat(letter.key()).isNull();
            assertThat(letter.headers()).hasSize(1);
            assertThat(letter.value()).hasSizeLessThan(500);
            assertThat(PipelineDriver.decode(DeadLetter.class, letter.value()).getReason())
                    .isEqualTo("record-too-large");
        }
    }

    @Test
    void shouldGiveATimestampToARecordWithoutOne() {
        ArrivalTimestamps timestamps = new ArrivalTimestamps();

        assertThat(timestamps.extract(consumed(500), 900)).isEqualTo(500);
        assertThat(timestamps.extract(consumed(-1), 900)).isEqualTo(900);
        assertThat(timestamps.extract(consumed(-1), -1)).isZero();
    }

    private static ConsumerRecord<Object, Object> consumed(long timestamp) {
        return new ConsumerRecord<>(
                "t", 0, 0, timestamp, TimestampType.CREATE_TIME, 0, 0, "", "", new RecordHeaders(), Optional.empty());
    }
}
