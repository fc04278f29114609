package dev.glosstream.app.bench;

import dev.glosstream.app.cluster.NewTopics;
import dev.glosstream.avro.TextEvent;
import dev.glosstream.emit.SingleObjectEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The topics of one run, and the records that lie in them. One thread. */
public final class BenchTopics {
    private final String servers;
    private final String run;
    private final SingleObjectEncoder encoder = new SingleObjectEncoder();

    /**
     * Names the topics of a run.
     *
     * @param servers {@code bootstrap.servers}
     * @param run prefix that no other run has
     */
    public BenchTopics(String servers, String run) {
        this.servers = servers;
        this.run = run;
    }

    /** Returns {@code bootstrap.servers}. */
    public String servers() {
        return servers;
    }

    /** Returns what the names of the run's topics begin with. */
    public String run() {
        return run;
    }

    /** Returns where the texts lie. */
    public String input() {
        return run + "-texts";
    }

    /** Returns where the results are counted. */
    public String results() {
        return run + "-results";
    }

    /** Returns the topics that Glosstream writes besides. */
    Map<String, String> others() {
        return Map.of(
                "sentiment", run + "-sentiment", "entities", run + "-entities", "deadLetters", run + "-dead-letters");
    }

    /** Creates them all; they can be written then. */
    void create(int partitions) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers))) {
            List<NewTopic> topics = Stream.concat(Stream.of(input(), results()), others().values().stream())
                    .map(name -> new NewTopic(name, Optional.of(partitions), Optional.empty()))
                    .toList();
            NewTopics.create(admin, topics);
        } catch (ExecutionException | TimeoutException e) {
            throw new BenchException("topics of " + run + ": expected to create them, got " + e.getMessage());
        }
    }

    /** Deletes them, so that their files do not fill the disk. */
    void delete() {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers))) {
            List<String> ours = admin.listTopics().names().get().stream()
                    .filter(name -> name.startsWith(run + "-") || name.startsWith("bench-" + run + "-"))
                    .toList();
            admin.deleteTopics(ours).all().get();
        } catch (InterruptedException e) {
            // They go with the broker.
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new BenchException("topics of " + run + ": expected to delete them, got " + e.getMessage());
        }
    }

    /**
     * Writes the events of texts, in their order; the key is the number of the text.
     *
     * @return the partition of each
     */
    int[] fill(List<String> texts) {
        int[] partitions = new int[texts.size()];
        AtomicReference<@Nullable Exception> fault = new AtomicReference<>();
        try (KafkaProducer<String, byte[]> producer = producer()) {
            for (int index = 0; index < texts.size(); index++) {
                int text = index;
                Future<RecordMetadata> unused = producer.send(record(index, texts.get(index)), (written, problem) -> {
                    if (problem == null) {
                        partitions[text] = written.partition();
                    } else {
                        fault.set(problem);
                    }
                });
            }
            producer.flush();
        }
        Exception problem = fault.get();
        if (problem != null) {
            throw new BenchException(
                    "topic '" + input() + "': expected to write every text, got " + problem.getMessage());
        }
        return partitions;
    }

    /** Returns a producer for events. */
    KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Returns the record of a text. */
    ProducerRecord<String, byte[]> record(int index, String text) {
        String key = Integer.toString(index);
        return new ProducerRecord<>(input(), key, event(key, text));
    }

    private byte[] event(String id, String text) {
        TextEvent event = TextEvent.newBuilder()
                .setId(id)
                .setText(text)
                .setAttributes(Map.of())
                .build();
        return encoder.encode(input(), event);
    }

    /** Returns the number of the text that a key belongs to. */
    static int index(byte[] key) {
        return Integer.parseInt(new String(key, StandardCharsets.US_ASCII));
    }
}
