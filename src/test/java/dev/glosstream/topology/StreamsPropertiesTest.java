package dev.glosstream.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.ConfigException;
import dev.glosstream.config.Guarantee;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.config.TopicSettings;
import dev.glosstream.sequence.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamsPropertiesTest {
    private static PipelineSettings settings(Duration maxWait, Map<String, String> kafka) {
        return new PipelineSettings(
                "my-app",
                TopicSettings.DEFAULT,
                Map.of(Task.SENTIMENT, Path.of("models")),
                new BatchingSettings(256, 1000, maxWait, 64),
                LimitSettings.DEFAULT,
                Guarantee.EXACTLY_ONCE_V2,
                3,
                kafka);
    }

    @Test
    void shouldBeAcceptedByKafkaStreams() {
        Properties properties =
                StreamsProperties.of(settings(Duration.ofMillis(20), Map.of("bootstrap.servers", "localhost:9092")));

        StreamsConfig config = new StreamsConfig(properties);

        assertThat(config.getString("application.id")).isEqualTo("my-app");
        assertThat(config.getString("processing.guarantee")).isEqualTo("exactly_once_v2");
        assertThat(config.getInt("num.stream.threads")).isEqualTo(3);
        assertThat(config.getBoolean("ensure.explicit.internal.resource.naming"))
                .isTrue();
        assertThat(config.getLong("statestore.cache.max.bytes"))
                .as("windows hear of commits through the cache")
                .isPositive();
        assertThat(config.getProducerConfigs("client"))
                .containsEntry("compression.type", "lz4")
                .containsEntry("max.request.size", Integer.toString((4 << 20) + (256 << 10)));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "20, 10", "100, 50", "5000, 100"})
    void shouldNotPollForAsLongAsARecordMayWait(long maxWaitMs, String pollMs) {
        assertThat(StreamsProperties.of(settings(Duration.ofMillis(maxWaitMs), Map.of())))
                .containsEntry("poll.ms", pollMs);
    }

    @Test
    void shouldLetTheUserDecideWhatThePipelineDoesNotOwn() {
        assertThat(StreamsProperties.of(settings(
                        Duration.ZERO, Map.of("producer.compression.type", "zstd", "commit.interval.ms", "7"))))
                .containsEntry("producer.compression.type", "zstd")
                .containsEntry("commit.interval.ms", "7");
    }

    @Test
    void shouldNameEveryPropertyThatThePipelineOwns() {
        PipelineSettings settings = settings(
                Duration.ZERO,
                Map.of(
                        "poll.ms", "5",
                        "application.id", "other",
                        "processing.guarantee", "at_least_once",
                        "num.stream.threads", "9",
                        "processing.exception.handler", "Continue",
                        "bootstrap.servers", "localhost:9092"));

        assertThatThrownBy(() -> StreamsProperties.of(settings))
                .asInstanceOf(InstanceOfAssertFactories.throwable(ConfigException.class))
                .extracting(ConfigException::mistakes, InstanceOfAssertFactories.list(String.class))
                .hasSize(5)
                .anySatisfy(mistake ->
                        assertThat(mistake).contains("kafka.num.stream.threads", "'9'", "set threads", "remove it"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "session.timeout.ms | soon | a whole number (INT)",
                "consumer.max.poll.records | 0 | a whole number (INT), [1,...]",
                "main.consumer.session.timeout.ms | 1e4 | a whole number (INT)",
                "producer.linger.ms | -1 | a whole number (LONG), [0,...]",
                "producer.enable.idempotence | maybe | true or false",
                "admin.retries | few | a whole number (INT)",
                "auto.offset.reset | sometimes | a text",
                "security.protocol | none | a text",
                "metadata.max.age.ms | -5 | a whole number (LONG), [0,...]"
            })
    void shouldNameValuesThatKafkaDoesNotTake(String name, String value, String expected) {
        assertThatThrownBy(() -> StreamsProperties.of(settings(Duration.ZERO, Map.of(name, value))))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("kafka." + name + ": expected " + expected)
                .hasMessageEndingWith(", got '" + value + "'; correct or remove it");
    }

    @ParameterizedTest
    @CsvSource({
        "session.timeout.ms, 30000",
        "group.protocol, streams",
        "consumer.auto.offset.reset, by_duration:PT1H",
        "producer.acks, all",
        "producer.enable.idempotence, TRUE",
        "security.protocol, SASL_SSL",
        "topic.retention.ms, 1",
        "own.thing, soon",
        "sasl.login.callback.handler.class, com.example.Missing"
    })
    void shouldLeaveToKafkaWhatItMayTake(String name, String value) {
        assertThat(StreamsProperties.of(settings(Duration.ZERO, Map.of(name, value))))
                .containsEntry(name, value);
    }

    @Test
    void shouldReserveMemoryForTheLargestRecord() {
        PipelineSettings large = new PipelineSettings(
                "my-app",
                TopicSettings.DEFAULT,
                Map.of(Task.SENTIMENT, Path.of("models")),
                BatchingSettings.DEFAULT,
                new LimitSettings(20_000, 64 << 20),
                Guarantee.AT_LEAST_ONCE,
                1,
                Map.of());

        Properties properties = StreamsProperties.of(large);

        assertThat(Long.parseLong(properties.getProperty("producer.buffer.memory")))
                .isGreaterThan(Long.parseLong(properties.getProperty("producer.max.request.size")));
    }

    @ParameterizedTest
    @CsvSource({
        "max.request.size, 1048576, 1048576",
        "producer.max.request.size, 1048576, 1048576",
        "producer.buffer.memory, 2000000, 2000000",
        "max.request.size, 99999999, 4456448",
        "linger.ms, 1, 4456448",
        "max.request.size, many, 4456448"
    })
    void shouldKnowTheLargestRecordThatItsProducersSend(String name, String value, int largest) {
        assertThat(StreamsProperties.largestRequestBytes(settings(Duration.ZERO, Map.of(name, value))))
                .isEqualTo(largest);
    }

    @Test
    void shouldRefuseProducersThatSendNothing() {
        assertThatThrownBy(() -> StreamsProperties.largestRequestBytes(
                        settings(Duration.ZERO, Map.of("max.request.size", "2000"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("kafka.max.request.size: expected at least 264192, got 2000; raise or remove it");
    }
}
