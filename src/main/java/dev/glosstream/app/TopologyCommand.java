package dev.glosstream.app;

import dev.glosstream.batch.BatchStatistics;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.infer.SequenceScorer;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.topology.EnrichmentTopology;
import dev.glosstream.topology.MermaidDiagram;
import dev.glosstream.topology.OutputSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.streams.TopologyDescription;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code glosstream topology}: what the pipeline is made of, without running it. */
@Command(
        name = "topology",
        header = "Show the topology that the pipeline builds.",
        description = "Prints Kafka Streams' description and, after it, the same as a Mermaid diagram. Needs the model"
                + " bundles, but no Kafka.",
        footer = {
            "",
            "Examples:",
            "  glosstream topology",
            "  glosstream topology --mermaid > topology.mmd",
            "  glosstream topology --schemas out/schemas",
        })
final class TopologyCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private PipelineOptions pipeline = new PipelineOptions();

    @Option(names = "--mermaid", description = "Print the Mermaid diagram alone.")
    private boolean mermaid;

    @Option(
            names = "--schemas",
            paramLabel = "DIR",
            description =
                    "Write the schemas of the enriched topic into this folder, one file each, as far as the settings"
                            + " know them: those of your records with the appended field, or EnrichedEvent.")
    private @Nullable Path schemas;

    TopologyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        PipelineSettings settings = pipeline.read(surroundings.environment(), List.of());
        List<TaskModel> models = settings.models().values().stream()
                .map(folder -> new TaskModel(ModelBundle.open(folder), TopologyCommand::noScorer))
                .toList();
        TopologyDescription description = EnrichmentTopology.build(settings, models, new BatchStatistics())
                .describe();
        LineOutput out = new LineOutput(surroundings.out());
        if (!mermaid) {
            out.line(description.toString());
        }
        out.line(MermaidDiagram.of(description).stripTrailing());
        out.flush();
        if (schemas != null) {
            writeSchemas(OutputSchemas.of(settings), schemas);
        }
        return ExitCode.OK;
    }

    private void writeSchemas(Map<String, String> schemaByName, Path folder) {
        schemaByName.forEach((name, schema) -> {
            Path file = folder.resolve(name + ".avsc");
            try {
                Files.createDirectories(folder);
                Files.writeString(file, schema + "\n");
            } catch (IOException e) {
                throw new CommandException(
                        ExitCode.FAILED, "schema '" + file + "': expected to be written, got " + e, e);
            }
            surroundings.say("wrote " + file);
        });
    }

    private static SequenceScorer noScorer() {
        throw new IllegalStateException("topology: expected to be described, not run");
    }
}
