package dev.glosstream.app;

import dev.glosstream.config.TopicSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the committed records of the enriched events and the dead letters on a thread of its own, from their beginning.
 *
 * <p>After {@link #stop} the caller may read what is left with {@link #readToEnd}; {@link #close} may come from any thread.
 */
final class OutputReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Consumer<List<ConsumerRecord<byte[], byte[]>>> listener;
    private final Thread thread = new Thread(this::readUntilStopped, "output-reader");
    /** Held by whoever reads to the end: a consumer suffers one thread at a time, and the end of the process closes it. */
    private final Object reading = new Object();

    private volatile boolean stopping;
    private volatile boolean closed;
    private volatile @Nullable RuntimeException failure;
    private volatile Consumer<RuntimeException> onFailure = failed -> {};

    /**
     * Creates a reader; it starts with {@link #start}.
     *
     * @param listener gets what was read at once, never nothing, on the reader's thread or that of {@link #readToEnd}
     */
    OutputReader(String servers, TopicSettings topics, Consumer<List<ConsumerRecord<byte[], byte[]>>> listener) {
        this(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers), topics, listener);
    }

    /**
     * Creates a reader; it starts with {@link #start}.
     *
     * @param client properties of the consumer, {@code bootstrap.servers} at least
     * @param listener gets what was read at once, never nothing, on the reader's thread or that of {@link #readToEnd}
     */
    OutputReader(Map<String, ?> client, TopicSettings topics, Consumer<List<ConsumerRecord<byte[], byte[]>>> listener) {
        this.listener = listener;
        Map<String, Object> properties = new HashMap<>(client);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            assign(topics);
        } catch (RuntimeException e) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
            throw e;
        }
        thread.setDaemon(true);
    }

    private void assign(TopicSettings topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : List.of(topics.enriched(), topics.deadLetters())) {
            consumer.partitionsFor(topic)
                    .forEach(found -> partitions.add(new TopicPartition(topic, found.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Leaves out what is committed already; before {@link #start}. */
    void skipToEnd() {
        synchronized (reading) {
            if (closed) {
                return;
            }
            consumer.seekToEnd(consumer.assignment());
            // A seek is lazy: without this, what is written before the first poll would be left out too.
            consumer.assignment().forEach(consumer::position);
        }
    }

    /** Says who is told, on the reader's thread, if that ends by a failure; before {@link #start}. */
    void onFailure(Consumer<RuntimeException> told) {
        onFailure = told;
    }

    /** Starts reading. */
    void start() {
        thread.start();
    }

    private void readUntilStopped() {
        try {
            while (!stopping) {
                hand(consumer.poll(POLL));
            }
        } catch (RuntimeException e) {
            failure = e;
            onFailure.accept(e);
        }
    }

    private void hand(ConsumerRecords<byte[], byte[]> records) {
        List<ConsumerRecord<byte[], byte[]>> results = new ArrayList<>(records.count());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            // A tombstone is the result of no text.
            if (record.value() != null) {
                results.add(record);
            }
        }
        if (!results.isEmpty()) {
            listener.accept(results);
        }
    }

    /**
     * Fails as the reading thread did, if it did.
     *
     * @throws OutputClosedException if the listener could not print
     */
    void requireHealthy() {
        RuntimeException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    /** Stops reading, and waits for it. */
    void stop() throws InterruptedException {
        stopping = true;
        thread.join();
    }

    /** Reads, on this thread and after {@link #stop}, up to what is committed now, or until it is closed. */
    void readToEnd() {
        readToEnd(() -> false);
    }

    /**
     * Reads as {@link #readToEnd()}, but no further once the listener has got enough.
     *
     * @param enough asked between two polls
     */
    void readToEnd(BooleanSupplier enough) {
        synchronized (reading) {
            if (closed) {
                return;
            }
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (!closed
                    && !enough.getAsBoolean()
                    && ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                hand(consumer.poll(POLL));
            }
        }
    }

    /** Ends the connection, and a {@link #readToEnd} that another thread is at. */
    @Override
    public void close() {
        closed = true;
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (reading) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }
}
