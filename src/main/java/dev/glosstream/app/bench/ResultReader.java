package dev.glosstream.app.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the numbers of the texts whose results are committed. One thread. */
final class ResultReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration LONGEST_TO_END = Duration.ofMinutes(1);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String results;

    /** Opens the results of a run, and the dead letters, of which there must be none. */
    ResultReader(BenchTopics topics) {
        this.results = topics.results();
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        topics.servers(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        String deadLetters = String.valueOf(topics.others().get("deadLetters"));
        List<TopicPartition> partitions = Stream.of(results, deadLetters)
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(found -> new TopicPartition(found.topic(), found.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        partitions.forEach(consumer::position);
    }

    /**
     * Waits a moment for results.
     *
     * @param each gets the number of each text that has one now
     * @return how many came
     */
    int poll(IntConsumer each) {
        int[] count = new int[1];
        consumer.poll(POLL).forEach(record -> {
            if (!record.topic().equals(results)) {
                throw new BenchException("text " + BenchTopics.index(record.key()) + ": expected a result, got a dead"
                        + " letter; measure with texts that the pipeline takes");
            }
            each.accept(BenchTopics.index(record.key()));
            count[0]++;
        });
        return count[0];
    }

    /**
     * Reads on to the end; to be called when nobody writes any more.
     *
     * @param each gets the number of each text that has one now
     */
    void readToEnd(IntConsumer each) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        long deadlineNanos = System.nanoTime() + LONGEST_TO_END.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll(each);
            if (System.nanoTime() > deadlineNanos) {
                throw new BenchException("results: expected to read them to their end within "
                        + LONGEST_TO_END.toSeconds() + " s, did not");
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
