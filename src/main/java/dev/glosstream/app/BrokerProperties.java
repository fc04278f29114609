package dev.glosstream.app;

import java.nio.file.Path;
import java.util.Properties;

/** The properties of the embedded broker: one node, small, quick to start. */
final class BrokerProperties {
    /** Id of the only node. */
    static final int NODE_ID = 1;
    /** Listener that clients use. */
    static final String BROKER_LISTENER = "BROKER";
    /** Listener of the controller. */
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final int BATCH_OVERHEAD_BYTES = 64 << 10;

    private BrokerProperties() {}

    /**
     * Returns the properties.
     *
     * @param folder where metadata and logs lie
     * @param controllerPort port that the controller is bound to
     * @param largestRecordBytes largest record that a topic may take
     */
    static Properties of(Path folder, int controllerPort, int largestRecordBytes) {
        Properties properties = new Properties();
        addNode(properties, folder, controllerPort);
        addSizes(properties, largestRecordBytes + BATCH_OVERHEAD_BYTES);
        addInternalTopics(properties);
        addGroups(properties);
        return properties;
    }

    private static void addNode(Properties properties, Path folder, int controllerPort) {
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", Integer.toString(NODE_ID));
        properties.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        properties.put(
                "listeners",
                BROKER_LISTENER + "://127.0.0.1:0," + CONTROLLER_LISTENER + "://127.0.0.1:" + controllerPort);
        properties.put(
                "listener.security.protocol.map", BROKER_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        properties.put("inter.broker.listener.name", BROKER_LISTENER);
        properties.put("controller.listener.names", CONTROLLER_LISTENER);
        properties.put("log.dirs", folder.toString());
        // A topic that nobody created is a mistake to be told, not one to be hidden.
        properties.put("auto.create.topics.enable", "false");
    }

    private static void addSizes(Properties properties, int messageBytes) {
        properties.put("message.max.bytes", Integer.toString(messageBytes));
        properties.put("replica.fetch.max.bytes", Integer.toString(messageBytes));
        properties.put("num.network.threads", "1");
        properties.put("num.io.threads", "2");
        properties.put("num.replica.fetchers", "1");
        properties.put("num.recovery.threads.per.data.dir", "1");
        properties.put("background.threads", "1");
        // 128 MiB of heap by default, for logs that are small here.
        properties.put("log.cleaner.dedupe.buffer.size", "2097152");
        // Reserved for each segment of each partition: a few hundred records need little of it.
        properties.put("log.index.size.max.bytes", "1048576");
    }

    private static void addInternalTopics(Properties properties) {
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            properties.put(topic + ".replication.factor", "1");
            properties.put(topic + ".num.partitions", "1");
        }
        properties.put("transaction.state.log.min.isr", "1");
        // The first write of a transaction waits that long whenever the markers of the one before are still being
        // written:
        // 20 ms by default, after every commit of a busy application.
        properties.put("add.partitions.to.txn.retry.backoff.ms", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
    }

    private static void addGroups(Properties properties) {
        // No second member is about to join, and a killed one should be missed soon.
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("group.min.session.timeout.ms", "1000");
        properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");
    }
}
