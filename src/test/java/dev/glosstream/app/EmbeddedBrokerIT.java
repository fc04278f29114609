package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.app.cluster.NewTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class EmbeddedBrokerIT {

    @Test
    void shouldCarryRecordsAndLeaveNothingBehind() throws Exception {
        Path folder;
        try (EmbeddedBroker broker = EmbeddedBroker.start(1 << 20)) {
            Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Admin admin = Admin.create(client)) {
                folder = Path.of(admin.describeLogDirs(List.of(1)).allDescriptions().get().values().stream()
                        .flatMap(directories -> directories.keySet().stream())
                        .findFirst()
                        .orElseThrow());
                NewTopics.create(admin, List.of(new NewTopic("letters", 2, (short) 1)));
            }
            try (KafkaProducer<String, String> producer =
                    new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
                producer.send(new ProducerRecord<>("letters", "key", "value")).get();
            }
            assertThat(folder).isDirectoryRecursivelyContaining("glob:**/letters-*");
            assertThat(firstOf(broker, "letters").value()).isEqualTo("value");
            assertThat(broker.fault()).isEmpty();
        }

        assertThat(folder).doesNotExist();
    }

    @Test
    void shouldListenOnTheLoopbackInterfaceOnly() {
        try (EmbeddedBroker first = EmbeddedBroker.start(1 << 20);
                EmbeddedBroker second = EmbeddedBroker.start(1 << 20)) {
            assertThat(List.of(first.bootstrapServers(), second.bootstrapServers()))
                    .allSatisfy(servers -> assertThat(servers).startsWith("127.0.0.1:"))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldCloseTwiceWithoutHarm() {
        EmbeddedBroker broker = EmbeddedBroker.start(1 << 20);

        broker.close();
        broker.close();

        assertThat(broker.fault()).isEmpty();
    }

    private static ConsumerRecord<String, String> firstOf(EmbeddedBroker broker, String topic) {
        Map<String, Object> client = Map.of(
                "bootstrap.servers", broker.bootstrapServers(), "group.id", "reader", "auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (true) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    return record;
                }
            }
        }
    }
}
