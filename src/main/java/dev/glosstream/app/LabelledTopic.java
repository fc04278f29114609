package dev.glosstream.app;

import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.corpus.CorpusException;
import dev.glosstream.train.corpus.LabelledEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the labelled events of a topic: all that is committed when it begins, partition after partition. */
final class LabelledTopic {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int SHOWN = 10;

    private final Map<String, Object> client;
    private final boolean skipBadEvents;

    /**
     * Creates a reader.
     *
     * @param properties of the consumer, {@code bootstrap.servers} at least
     */
    LabelledTopic(Map<String, String> properties, boolean skipBadEvents) {
        this.client = new TreeMap<>(properties);
        client.put("isolation.level", "read_committed");
        client.put("enable.auto.commit", false);
        this.skipBadEvents = skipBadEvents;
    }

    /**
     * What was read.
     *
     * @param examples in the order of partition and offset
     * @param problems events that were skipped, by partition and offset
     */
    record Events(List<CorpusExample> examples, List<String> problems) {}

    /**
     * Reads a topic to its end.
     *
     * @throws CorpusException if the topic does not exist, or an event is bad and skipping was not asked for
     */
    Events read(String topic, LabelledEvents format) {
        List<CorpusExample> examples = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (TopicPartition partition : partitions(consumer, topic)) {
                for (ConsumerRecord<byte[], byte[]> record : records(consumer, partition)) {
                    try {
                        examples.addAll(format.read(record.value() == null ? new byte[0] : record.value()));
                    } catch (CorpusException e) {
                        problems.add(partition + " offset " + record.offset() + ": " + e.getMessage());
                    }
                }
            }
        }
        if (!problems.isEmpty() && !skipBadEvents) {
            throw new CorpusException(problems.size() + " bad events in " + topic + ":\n"
                    + String.join("\n", problems.subList(0, Math.min(SHOWN, problems.size())))
                    + "\nmend them, or skip them with --skip-bad-rows");
        }
        return new Events(List.copyOf(examples), List.copyOf(problems));
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(found -> new TopicPartition(topic, found.partition()))
                .sorted(Comparator.comparingInt(TopicPartition::partition))
                .toList();
        if (partitions.isEmpty()) {
            throw new CorpusException("topic '" + topic + "': expected an existing one, found none of that name");
        }
        return partitions;
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        // Under read_committed the end is the last stable offset: what is open or aborted does not count.
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        while (consumer.position(partition) < end) {
            consumer.poll(POLL).forEach(record -> {
                if (record.offset() < end) {
                    records.add(record);
                }
            });
        }
        return records;
    }
}
