package dev.glosstream.app;

import dev.glosstream.config.PipelineSettings;
import dev.glosstream.topology.EnrichmentTopology;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.streams.Topology;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code glosstream run}: the pipeline against an existing cluster, until it is told to stop. */
@Command(
        name = "run",
        header = "Run the pipeline against a Kafka cluster.",
        description = {
            "Reads events, writes labels and dead letters, until SIGTERM or Ctrl-C: then it finishes what is at hand"
                    + " and ends (exit code 143 or 130). Start more instances with the same applicationId to share the"
                    + " work. A fault that is not about a record ends it with exit code 1 and loses nothing.",
            "",
            "Any property of the Kafka clients or of Kafka Streams can be set under 'kafka:' of the pipeline file, and"
                    + " with --set kafka.NAME=VALUE. $${NAME} and $${NAME:default} in the file come from the environment.",
        },
        footer = {
            "",
            "Examples:",
            "  glosstream run --create-topics",
            "  KAFKA_BOOTSTRAP_SERVERS=broker:9092 glosstream run",
            "  glosstream run --pipeline my.yaml --set threads=8 --set guarantee=at_least_once",
        })
final class RunCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private PipelineOptions pipeline = new PipelineOptions();

    @Option(names = "--create-topics", description = "Create the topics that are missing.")
    private boolean createTopics;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "4",
            description = "Partitions of created topics: the most stream threads that can share the work. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int partitions;

    RunCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (partitions < 1) {
            throw new UsageException("--partitions: expected at least 1, got " + partitions);
        }
        PipelineSettings settings = pipeline.readAndLog(surroundings.environment());
        PipelineOptions.streamsProperties(settings);
        try (OpenFormat format = OpenFormat.of(settings);
                PipelineService service = PipelineService.open(settings)) {
            // The cluster answers while the models are loaded; whoever waits longer decides when the start goes on.
            CompletableFuture<PipelineSettings> cluster = CompletableFuture.supplyAsync(() -> prepareCluster(settings));
            runModels(service, format, cluster);
        }
        return ExitCode.OK;
    }

    private void runModels(PipelineService service, OpenFormat format, CompletableFuture<PipelineSettings> cluster)
            throws InterruptedException {
        try (OpenModels models = service.loadModels()) {
            PipelineSettings fitted = answerOf(cluster);
            format.prepareOutputs(fitted);
            Topology topology =
                    EnrichmentTopology.build(fitted, models.models(), service.observers(models), format.wireFormat());
            try (ConsoleService console = service.console()) {
                // Before the pipeline, whose first results it is to show.
                console.open(fitted, models, format.outputValues());
                runToEnd(RunningPipeline.start(fitted, topology, service.watcher()));
            }
        }
    }

    private static PipelineSettings answerOf(CompletableFuture<PipelineSettings> cluster) {
        try {
            return cluster.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static void runToEnd(RunningPipeline started) throws InterruptedException {
        try (RunningPipeline running = started) {
            running.awaitEnd();
            running.fault().ifPresent(fault -> {
                throw RunningPipeline.failure(fault);
            });
        }
    }

    /** Returns the settings as the topics of the cluster let them be. */
    private PipelineSettings prepareCluster(PipelineSettings settings) {
        try (ClusterCheck cluster = ClusterCheck.connect(settings)) {
            if (createTopics) {
                List<String> created = cluster.createMissing(partitions);
                if (!created.isEmpty()) {
                    surroundings.say("created topics " + String.join(", ", created));
                }
            }
            cluster.requireTopics(partitions);
            cluster.withoutTopics()
                    .forEach(topics ->
                            surroundings.say("source " + topics + ": no topic matches yet; those created later"
                                    + " are found within metadata.max.age.ms (5 minutes unless set under kafka)"));
            PipelineSettings fitted = cluster.fitted();
            if (fitted.limits().maxRecordBytes() < settings.limits().maxRecordBytes()) {
                surroundings.say("limits.maxRecordBytes is " + fitted.limits().maxRecordBytes()
                        + " here: max.message.bytes of an output topic or of the changelog, or max.request.size of the"
                        + " producer, allows no more; larger records become dead letters without their bytes");
            }
            return fitted;
        }
    }
}
