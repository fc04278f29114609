package dev.glosstream.app.cluster;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Topics that can be written as soon as they have been created.
 *
 * <p>Kafka says that a topic is created once its controller knows it. The broker that leads a partition hears of it later, and
 * names itself as its leader before it is: by milliseconds or, with many partitions and a busy disk, by a second. Meanwhile
 * it refuses what is written; and if it refuses the first batch of an idempotent producer and takes the second one, which was
 * under way already, then it refuses the first as out of order ever after, until {@code delivery.timeout.ms} is over and its
 * records are lost (KAFKA-15591). A leader that answers a question about a partition also takes its records.
 */
public final class NewTopics {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final long PAUSE_MS = 10;

    private NewTopics() {}

    /**
     * Creates topics, and waits until each partition can be written.
     *
     * @throws ExecutionException if Kafka refuses
     * @throws TimeoutException if a partition cannot be written within half a minute
     */
    public static void create(Admin admin, Collection<NewTopic> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        admin.createTopics(topics).all().get();
        awaitLeaders(admin, topics.stream().map(NewTopic::name).toList(), LONGEST);
    }

    /**
     * Waits until each partition of topics that are created can be written.
     *
     * @param topics their names
     * @throws ExecutionException if Kafka refuses to tell
     * @throws TimeoutException if it takes longer
     */
    public static void awaitLeaders(Admin admin, Collection<String> topics, Duration longest)
            throws ExecutionException, InterruptedException, TimeoutException {
        long end = System.nanoTime() + longest.toNanos();
        while (!answer(admin, topics, end)) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("topics: expected a leader of each partition of " + String.join(", ", topics)
                        + " within " + longest.toSeconds() + " s, got none of some");
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
    }

    private static boolean answer(Admin admin, Collection<String> topics, long endNanos)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            // First the broker must know the topics: offsets of unknown ones are an error in the log of the client.
            Map<String, TopicDescription> known = admin.describeTopics(topics)
                    .allTopicNames()
                    .get(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            Map<TopicPartition, OffsetSpec> partitions = known.values().stream()
                    .flatMap(topic -> topic.partitions().stream()
                            .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                    .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.earliest()));
            admin.listOffsets(partitions).all().get(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                return false;
            }
            throw e;
        }
    }
}
