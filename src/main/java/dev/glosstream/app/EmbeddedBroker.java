package dev.glosstream.app;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.FaultHandlerFactory;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker and its controller (KRaft) inside this process: one node, on the loopback interface, on free ports,
 * with its data in a temporary folder that is gone after {@link #close}.
 *
 * <p>For the demo and for tests. Any thread may ask it; close it after its clients. If the process ends without closing it,
 * it is closed then.
 */
public final class EmbeddedBroker implements AutoCloseable {
    /*
     * Kafka's own KafkaRaftServer is two lines of wiring around SharedServer, ControllerServer and BrokerServer. It is not
     * used because its fault handlers halt the process, which is not theirs here, and because it cannot be handed a socket
     * that is bound already: the controller's port must be known before it starts, and a port that was free a moment ago
     * may be taken.
     */
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

    private final TemporaryFolder folder;
    private final ControllerServer controller;
    private final BrokerServer broker;
    private final AtomicReference<Throwable> fault;
    private final String bootstrapServers;
    private final AtExit.Closing closing;

    private EmbeddedBroker(TemporaryFolder folder, Servers servers, AtomicReference<Throwable> fault) {
        this.folder = folder;
        this.controller = servers.controller();
        this.broker = servers.broker();
        this.fault = fault;
        this.bootstrapServers = InetAddress.getLoopbackAddress().getHostAddress() + ":"
                + broker.boundPort(new ListenerName(BrokerProperties.BROKER_LISTENER));
        this.closing = AtExit.register(this::stop);
    }

    /** Both servers of the node. */
    private record Servers(ControllerServer controller, BrokerServer broker) {
        void start() {
            controller.startup();
            broker.startup();
        }

        void stop() {
            // The broker first: it says goodbye to the controller.
            broker.shutdown();
            controller.shutdown();
        }
    }

    /**
     * Starts a broker and waits until it serves.
     *
     * @param largestRecordBytes largest record that a topic may take
     * @throws IllegalStateException if it does not start
     */
    public static EmbeddedBroker start(int largestRecordBytes) {
        TemporaryFolder folder = TemporaryFolder.create("glosstream-broker-");
        AtomicReference<Throwable> fault = new AtomicReference<>();
        try {
            Servers servers = servers(folder, largestRecordBytes, fault);
            try {
                servers.start();
            } catch (RuntimeException e) {
                servers.stop();
                throw e;
            }
            return new EmbeddedBroker(folder, servers, fault);
        } catch (Exception e) {
            folder.close();
            throw new IllegalStateException("embedded broker: expected to start on loopback, got " + e.getMessage(), e);
        }
    }

    private static Servers servers(TemporaryFolder folder, int largestRecordBytes, AtomicReference<Throwable> fault)
            throws Exception {
        ServerSocketChannel controllerSocket = ServerSocketChannel.open();
        controllerSocket.configureBlocking(false);
        controllerSocket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        int controllerPort = ((InetSocketAddress) controllerSocket.getLocalAddress()).getPort();
        Properties properties = BrokerProperties.of(folder.path(), controllerPort, largestRecordBytes);
        KafkaConfig config = new KafkaConfig(properties, false);
        String clusterId = Uuid.randomUuid().toString();
        format(folder, clusterId);
        scala.Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> formatted =
                KafkaRaftServer.initializeLogDirs(config, LOG, "");
        SharedServer shared = new SharedServer(
                config,
                formatted._1(),
                Time.SYSTEM,
                Server.initializeMetrics(config, Time.SYSTEM, clusterId),
                CompletableFuture.completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                List.of(),
                faults(fault),
                sockets(controllerSocket));
        return new Servers(
                new ControllerServer(shared, KafkaRaftServer.configSchema(), formatted._2()), new BrokerServer(shared));
    }

    private static void format(TemporaryFolder folder, String clusterId) throws Exception {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        new Formatter()
                .setPrintStream(nowhere)
                .setClusterId(clusterId)
                .setNodeId(BrokerProperties.NODE_ID)
                .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
                .setMetadataLogDirectory(folder.path().toString())
                .addDirectory(folder.path().toString())
                .run();
    }

    private static FaultHandlerFactory faults(AtomicReference<Throwable> fault) {
        return (name, fatal, action) -> (message, cause) -> {
            RuntimeException described = new IllegalStateException("embedded broker: " + name + ": " + message, cause);
            if (fatal && !AtExit.isExiting()) {
                fault.compareAndSet(null, described);
                LOG.error("Embedded broker: {}: {}", name, message, cause);
            }
            action.run();
            return described;
        };
    }

    private static ServerSocketFactory sockets(ServerSocketChannel controllerSocket) {
        return (listener, address, backlog, receiveBufferBytes) -> listener.equals(BrokerProperties.CONTROLLER_LISTENER)
                ? controllerSocket
                : ServerSocketFactory.INSTANCE.openServerSocket(listener, address, backlog, receiveBufferBytes);
    }

    /** Returns {@code host:port} for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Returns what broke the broker, if anything did: it answers no more then. */
    public Optional<Throwable> fault() {
        return Optional.ofNullable(fault.get());
    }

    private void stop() {
        new Servers(controller, broker).stop();
        folder.close();
    }

    /** Stops the broker and deletes its data. */
    @Override
    public void close() {
        closing.close();
    }
}
