package dev.glosstream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.batch.BatchStatistics;
import dev.glosstream.config.PipelineFile;
import dev.glosstream.config.PipelineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped pipeline builds the topology that stands in {@code topology/}: a change of it is seen in review. */
class GoldenTopologyTest {
    private static final Path FOLDER = Path.of("topology");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    private final TopologyDescription topology;

    GoldenTopologyTest(@TempDir Path directory) {
        PipelineSettings settings = PipelineFile.read(FOLDER.resolve("enrichment.yaml"), Map.of(), List.of());
        TinyModels models = new TinyModels(directory);
        topology = EnrichmentTopology.build(
                        settings,
                        settings.models().keySet().stream().map(models::model).toList(),
                        new BatchStatistics())
                .describe();
    }

    @Test
    void shouldDescribeTheShippedPipeline() throws IOException {
        assertGolden("enrichment.txt", topology.toString().stripTrailing() + "\n");
    }

    @Test
    void shouldDrawTheShippedPipeline() throws IOException {
        assertGolden("enrichment.mmd", MermaidDiagram.of(topology));
    }

    @Test
    void shouldNameEverythingExplicitly() {
        assertThat(topology.toString()).doesNotContain("KSTREAM", "KTABLE", "0000000");
    }

    private static void assertGolden(String name, String actual) throws IOException {
        Path file = FOLDER.resolve(name);
        if (UPDATE) {
            Files.writeString(file, actual);
        }
        assertThat(actual)
                .as(
                        "topology/%s; if the change is meant: mvn test -Dtest=GoldenTopologyTest -Dgolden.update=true",
                        name)
                .isEqualTo(Files.readString(file));
    }
}
