package dev.glosstream.app;

import dev.glosstream.config.PipelineSettings;
import dev.glosstream.observe.Observers;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.registry.RegistryException;
import dev.glosstream.topology.EnrichmentTopology;
import dev.glosstream.topology.StreamsClients;
import dev.glosstream.topology.WireFormat;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * The topology at work in this process, from its start until it is closed or breaks.
 *
 * <p>A fault that is not about a record ends it: nothing is committed then, and nothing is lost. Closing it waits for the
 * records at hand. Any thread.
 */
final class RunningPipeline implements AutoCloseable {
    private static final String CARRIES_ON = "; nothing is lost, the next start carries on where this one stopped";
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(30);

    private final AtomicReference<Throwable> fault = new AtomicReference<>();
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtExit.Closing closing;

    private RunningPipeline(KafkaStreams streams, PipelineWatcher watcher) {
        streams.setUncaughtExceptionHandler(thrown -> {
            fault.compareAndSet(null, thrown);
            watcher.onFault(thrown);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.setStateListener((state, before) -> {
            watcher.onState(state, state == State.RUNNING ? partitions(streams) : List.of());
            onState(state);
        });
        // Without leaving its group, its work would rest until the session times out: nobody gains by waiting, because
        // the state of a task is in memory and small.
        CloseOptions leaving = CloseOptions.timeout(LONGEST_CLOSE)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
        this.closing = AtExit.register(() -> close(streams, leaving));
    }

    private static List<String> partitions(KafkaStreams streams) {
        return streams.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .map(TaskMetadata::topicPartitions)
                .flatMap(partitions -> partitions.stream().map(Object::toString))
                .sorted()
                .toList();
    }

    private void close(KafkaStreams streams, CloseOptions leaving) {
        if (!streams.close(leaving)) {
            return;
        }
        try {
            // close() returns as soon as the state has changed, a moment before whoever listens is told.
            ended.await(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void onState(State state) {
        if (state == State.RUNNING) {
            running.countDown();
        }
        if (state.hasCompletedShutdown()) {
            running.countDown();
            ended.countDown();
        }
    }

    /**
     * Starts a pipeline.
     *
     * @param models the models of the settings; they must outlive the pipeline
     * @param observers who watches its records
     * @param watcher who watches its life
     */
    static RunningPipeline start(
            PipelineSettings settings, List<TaskModel> models, Observers observers, PipelineWatcher watcher) {
        return start(
                settings, EnrichmentTopology.build(settings, models, observers, WireFormat.SINGLE_OBJECT), watcher);
    }

    /**
     * Starts a topology.
     *
     * @param topology built of the settings; what it uses must outlive the pipeline
     * @param watcher who watches its life
     */
    static RunningPipeline start(PipelineSettings settings, Topology topology, PipelineWatcher watcher) {
        StreamsClients clients = new StreamsClients();
        Properties properties = clients.within(PipelineOptions.streamsProperties(settings));
        KafkaStreams streams = new KafkaStreams(topology, properties, clients);
        RunningPipeline pipeline = new RunningPipeline(streams, watcher);
        watcher.created(streams);
        streams.start();
        return pipeline;
    }

    /** Waits until it processes records, or has ended; returns whether that came within the time. */
    boolean awaitRunning(Duration longest) throws InterruptedException {
        return running.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits until it has ended, by {@link #close} or by a fault. */
    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Returns what broke it, if anything did. */
    Optional<Throwable> fault() {
        return Optional.ofNullable(fault.get());
    }

    /**
     * Returns the exception that reports a fault to the user.
     *
     * @param thrown what broke the pipeline
     */
    static CommandException failure(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && !(root instanceof RegistryException)) {
            root = root.getCause();
        }
        if (root instanceof RegistryException) {
            return new CommandException(ExitCode.REGISTRY, root.getMessage() + CARRIES_ON, thrown);
        }
        String said = root.getMessage() == null ? "" : ": " + root.getMessage();
        return new CommandException(
                ExitCode.FAILED,
                "pipeline: expected to go on, got " + root.getClass().getSimpleName() + said + CARRIES_ON,
                thrown);
    }

    /** Stops it: what is finished is committed, what waits stays in the changelog. */
    @Override
    public void close() {
        closing.close();
    }
}
