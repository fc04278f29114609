package dev.glosstream.app;

import dev.glosstream.config.PipelineSettings;
import dev.glosstream.topology.RecordSizes;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends records to the input topic of a pipeline at a steady rate. One thread feeds; closing it, or the end of the process,
 * stops the feeding, waits for what was sent, and says how much the cluster has taken.
 */
final class Feeder implements AutoCloseable {
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(20);

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final Consumer<String> say;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtExit.Closing closing;

    /**
     * Connects to the cluster.
     *
     * @param topic where the records go
     * @param say is told at the end how many records the cluster has taken
     */
    Feeder(PipelineSettings settings, String topic, Consumer<String> say) {
        Map<String, Object> properties = KafkaClients.producer(settings);
        properties.putIfAbsent(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Integer.toString(RecordSizes.largestOutputBytes(settings.limits())));
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        this.topic = topic;
        this.say = say;
        this.closing = AtExit.register(this::stop);
    }

    /**
     * Sends records until there are enough, or until it is closed.
     *
     * @param rate how many a second, more than 0
     * @param count how many at most
     * @throws CommandException if the cluster refuses one
     */
    void feed(FeedEvents events, double rate, long count) throws IOException, InterruptedException {
        Pace pace = new Pace(rate, System.nanoTime());
        for (long sent = 0; sent < count; sent++) {
            if (stopping.await(pace.next(System.nanoTime()), TimeUnit.NANOSECONDS)) {
                return;
            }
            send(events.next());
            requireHealthy();
        }
        producer.flush();
        requireHealthy();
    }

    private void send(DemoRecord record) {
        // The callback hears what the future would tell.
        Future<RecordMetadata> unused =
                producer.send(new ProducerRecord<>(topic, record.key(), record.value()), (metadata, failed) -> {
                    if (failed == null) {
                        taken.incrementAndGet();
                    } else {
                        failure.compareAndSet(null, failed);
                    }
                });
    }

    private void requireHealthy() {
        Exception failed = failure.get();
        if (failed != null && stopping.getCount() > 0) {
            throw new CommandException(
                    ExitCode.KAFKA,
                    "topic '" + topic + "': expected the cluster to take every event, got " + failed.getMessage(),
                    failed);
        }
    }

    private void stop() {
        stopping.countDown();
        producer.close(LONGEST_CLOSE);
        say.accept("sent " + taken.get() + " events");
    }

    /** Stops feeding. */
    @Override
    public void close() {
        closing.close();
    }
}
