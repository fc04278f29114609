package dev.glosstream.app;

import dev.glosstream.config.ConfigException;
import dev.glosstream.config.PipelineFile;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.config.TextCheck;
import dev.glosstream.topology.StreamsProperties;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose and change a pipeline file, the same for every command that has them. */
final class PipelineOptions {
    @Option(
            names = "--pipeline",
            paramLabel = "FILE",
            description = "The pipeline. Default: topology/enrichment.yaml of the installation.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Overrides a setting of the pipeline file, for example batching.maxWait=5ms or"
                    + " kafka.bootstrap.servers=broker:9092; may be repeated, the last one wins.")
    private List<String> overrides = new ArrayList<>();

    /**
     * Reads the pipeline file.
     *
     * @param variables what placeholders are replaced with
     * @param last overrides that win over those of the command line
     * @throws ConfigException with every mistake
     */
    PipelineSettings read(Map<String, String> variables, List<String> last) {
        return read(variables, last, StreamsProperties::mistake);
    }

    private PipelineSettings read(Map<String, String> variables, List<String> last, TextCheck kafka) {
        List<String> all = new ArrayList<>(overrides);
        all.addAll(last);
        Path read = file == null ? Installation.pipeline() : file;
        return PipelineFile.read(read, variables, all, kafka);
    }

    /**
     * Reads the pipeline file and writes the log as it says from then on. It is read twice: the classes of Kafka, which know
     * what may stand under {@code kafka}, make loggers, and the first logger settles how the log is written.
     *
     * @param variables what placeholders are replaced with
     * @throws ConfigException with every mistake
     */
    PipelineSettings readAndLog(Map<String, String> variables) {
        try {
            LogOutput.apply(
                    read(variables, List.of(), TextCheck.NONE).observability().log());
        } catch (ConfigException foundAgain) {
            // With those that Kafka finds.
        }
        return read(variables, List.of());
    }

    /**
     * Returns the properties of Kafka Streams.
     *
     * @throws ConfigException if the settings name one that the pipeline sets itself
     */
    static Properties streamsProperties(PipelineSettings settings) {
        try {
            return StreamsProperties.of(settings);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(List.of(String.valueOf(e.getMessage())));
        }
    }
}
