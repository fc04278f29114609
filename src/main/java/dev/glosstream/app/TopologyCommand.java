package dev.glosstream.app;

import dev.glosstream.batch.BatchStatistics;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.infer.SequenceScorer;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.topology.EnrichmentTopology;
import dev.glosstream.topology.MermaidDiagram;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.streams.TopologyDescription;
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
        })
final class TopologyCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private PipelineOptions pipeline = new PipelineOptions();

    @Option(names = "--mermaid", description = "Print the Mermaid diagram alone.")
    private boolean mermaid;

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
        return ExitCode.OK;
    }

    private static SequenceScorer noScorer() {
        throw new IllegalStateException("topology: expected to be described, not run");
    }
}
