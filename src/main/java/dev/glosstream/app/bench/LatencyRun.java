package dev.glosstream.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Sends texts at fixed moments, whatever becomes of those before (open load), and takes the time of their results. A text
 * that is sent late has waited since it was due. The producer has Kafka's own settings, its {@code linger.ms} of 5 included.
 */
final class LatencyRun implements AutoCloseable {
    private static final long LONGEST_SILENCE_SECONDS = 60;
    /**
     * Whoever wakes up for each of thousands of texts a second takes the cores from what is measured. So what is due
     * within this time is sent together, late, and has waited.
     */
    private static final long SHORTEST_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final BenchTopics topics;
    private final Load load;
    private final Path folder;
    private final ResultReader reader;
    private final KafkaProducer<String, byte[]> producer;
    /** The one that is measured, once it has started. */
    private final List<Subject> subjects = new ArrayList<>();

    private int sent;

    private LatencyRun(BenchTopics topics, Load load, Path folder) {
        this.topics = topics;
        this.load = load;
        this.folder = folder;
        this.reader = new ResultReader(topics);
        this.producer = topics.producer();
    }

    /** Starts the subject on fresh topics, and lets it get warm. */
    static LatencyRun start(BenchTopics topics, Subject.Starter starter, Load load)
            throws IOException, InterruptedException {
        topics.create(load.partitions());
        Path folder = Files.createTempDirectory("glosstream-bench-");
        LatencyRun run = new LatencyRun(topics, load, folder);
        try {
            run.subjects.add(starter.start(topics, folder));
            run.send(load.warmUp(), 0);
            return run;
        } catch (IOException | RuntimeException | InterruptedException e) {
            run.close();
            throw e;
        }
    }

    /**
     * Sends texts, and waits for their results.
     *
     * @param name of the load
     * @param eventsPerSecond how many texts are due in a second
     */
    Latency measure(String name, int events, double eventsPerSecond) throws InterruptedException {
        return Latency.of(name, eventsPerSecond, send(events, TimeUnit.SECONDS.toNanos(1) / eventsPerSecond));
    }

    /** Returns for each text how long its result took, in nanoseconds. */
    private long[] send(int events, double intervalNanos) throws InterruptedException {
        int first = sent;
        sent += events;
        long startNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
        long[] due = IntStream.range(0, events)
                .mapToLong(index -> startNanos + (long) (index * intervalNanos))
                .toArray();
        long[] took = new long[events];
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendAll(first, due));
        await(first, due, took);
        sending.join();
        return took;
    }

    private void sendAll(int first, long[] due) {
        List<String> texts = load.texts();
        for (int index = 0; index < due.length; index++) {
            for (long left = due[index] - System.nanoTime(); left > 0; left = due[index] - System.nanoTime()) {
                LockSupport.parkNanos(Math.max(left, SHORTEST_PARK_NANOS));
            }
            Future<RecordMetadata> unused =
                    producer.send(topics.record(first + index, texts.get((first + index) % texts.size())));
        }
    }

    private void await(int first, long[] due, long[] took) {
        int[] missing = {due.length};
        long lastNanos = due[due.length - 1];
        Arrays.fill(took, -1);
        while (missing[0] > 0) {
            reader.poll(key -> {
                int index = key - first;
                // All those before were awaited.
                if (index < 0 || took[index] >= 0) {
                    throw new WrongResultsException("latency: expected one result for each text, got two for one");
                }
                took[index] = System.nanoTime() - due[index];
                missing[0]--;
            });
            subjects.forEach(subject -> subject.process().requireAlive());
            if (System.nanoTime() - lastNanos > TimeUnit.SECONDS.toNanos(LONGEST_SILENCE_SECONDS)) {
                throw new BenchException("latency: expected all results within " + LONGEST_SILENCE_SECONDS
                        + " s after the last text, missing " + missing[0]);
            }
        }
    }

    @Override
    public void close() {
        subjects.forEach(Subject::close);
        producer.close();
        reader.close();
        topics.delete();
        try {
            ThroughputRun.delete(folder);
        } catch (IOException e) {
            throw new BenchException("folder " + folder + ": expected to delete it, got " + e.getMessage());
        }
    }
}
