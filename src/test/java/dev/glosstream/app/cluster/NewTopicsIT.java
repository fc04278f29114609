package dev.glosstream.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.app.EmbeddedBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class NewTopicsIT {
    private static final int PARTITIONS = 50;
    private static final List<String> TOPICS = List.of("one", "two", "three", "four");

    /** A producer that does not try again shows what the first write finds. */
    @Test
    void shouldTakeTheFirstWriteOfEveryPartition() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(1 << 20)) {
            Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Admin admin = Admin.create(client);
                    KafkaProducer<String, String> producer = new KafkaProducer<>(
                            Map.of(
                                    "bootstrap.servers",
                                    broker.bootstrapServers(),
                                    "enable.idempotence",
                                    false,
                                    "retries",
                                    0),
                            new StringSerializer(),
                            new StringSerializer())) {
                NewTopics.create(
                        admin,
                        TOPICS.stream()
                                .map(name -> new NewTopic(name, PARTITIONS, (short) 1))
                                .toList());

                List<Future<RecordMetadata>> written = new ArrayList<>();
                TOPICS.forEach(topic -> IntStream.range(0, PARTITIONS)
                        .forEach(partition ->
                                written.add(producer.send(new ProducerRecord<>(topic, partition, "key", "value")))));
                producer.flush();

                for (Future<RecordMetadata> record : written) {
                    assertThat(record.get().offset()).isZero();
                }
            }
        }
    }
}
