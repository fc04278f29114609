package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.config.PipelineFile;
import dev.glosstream.config.PipelineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaClientsTest {
    private static final String FILE =
            """
            applicationId: app
            models: {sentiment: models/s}
            kafka:
              bootstrap.servers: b:9092
              state.dir: /state
              num.standby.replicas: 1
              replication.factor: 3
              linger.ms: 5
              session.timeout.ms: 9000
              sasl.jaas.config: theirs
              own.interceptor.url: http://i
              topic.cleanup.policy: compact
              consumer.fetch.max.bytes: 1000
              producer.linger.ms: 7
              admin.retries: 2
            """;

    private final PipelineSettings settings;

    KafkaClientsTest(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("p.yaml"), FILE);
        settings = PipelineFile.read(file, Map.of(), List.of());
    }

    @Test
    void shouldGiveAConsumerWhatIsForOne() {
        assertThat(KafkaClients.consumer(settings))
                .containsOnly(
                        Map.entry("bootstrap.servers", "b:9092"),
                        Map.entry("session.timeout.ms", "9000"),
                        Map.entry("sasl.jaas.config", "theirs"),
                        Map.entry("own.interceptor.url", "http://i"),
                        Map.entry("fetch.max.bytes", "1000"));
    }

    @Test
    void shouldGiveAProducerWhatIsForOne() {
        assertThat(KafkaClients.producer(settings))
                .containsOnly(
                        Map.entry("bootstrap.servers", "b:9092"),
                        Map.entry("sasl.jaas.config", "theirs"),
                        Map.entry("own.interceptor.url", "http://i"),
                        Map.entry("linger.ms", "7"));
    }
}
