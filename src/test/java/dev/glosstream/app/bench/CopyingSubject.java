package dev.glosstream.app.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The process of a subject that copies texts to results, and one of them as often as its first argument says. */
public final class CopyingSubject {
    /** The text that is special. */
    static final int SPECIAL = 7;

    private CopyingSubject() {}

    /** Copies until it is stopped: how often the special text, {@code --servers}, servers, {@code --run}, run. */
    public static void main(String[] arguments) {
        BenchTopics topics = new BenchTopics(arguments[2], arguments[4]);
        Map<String, Object> settings = Map.of("bootstrap.servers", topics.servers(), "auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topics.input()).stream()
                    .map(found -> new TopicPartition(found.topic(), found.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!Thread.interrupted()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                    int times = BenchTopics.index(record.key()) == SPECIAL ? Integer.parseInt(arguments[0]) : 1;
                    for (int time = 0; time < times; time++) {
                        Future<RecordMetadata> unused =
                                producer.send(new ProducerRecord<>(topics.results(), record.key(), new byte[1]));
                    }
                }
            }
        }
    }
}
