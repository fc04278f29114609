package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.config.PipelineFile;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.infer.TinyBundles;
import dev.glosstream.observe.Observers;
import dev.glosstream.sequence.Task;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code glosstream feed} and {@code glosstream tail} with a pipeline between them. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FeedIT {
    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void startBroker() {
        TinyBundles.write(folder.resolve("sentiment"), Task.SENTIMENT);
        broker = EmbeddedBroker.start(8 << 20);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void shouldFeedAPipelineAndPrintEachResultOnce() throws Exception {
        PipelineSettings settings = PipelineFile.read(Path.of("topology/enrichment.yaml"), Map.of(), settings("fed"));
        try (ClusterCheck cluster = ClusterCheck.connect(settings)) {
            cluster.createMissing(2);
        }

        // When
        int fed = glosstream("feed", "fed", "--count=400", "--rate=100000", "--broken");
        try (OpenModels models = OpenModels.load(settings.models().values());
                TopicReader outputs = new TopicReader(broker.bootstrapServers(), List.of("fed-out", "fed-dead"));
                RunningPipeline pipeline =
                        RunningPipeline.start(settings, models.models(), Observers.NONE, PipelineWatcher.NONE)) {
            outputs.readUntil(Duration.ofSeconds(60), () -> outputs.count("fed-out", "fed-dead") == 400);
            assertThat(pipeline.fault()).isEmpty();
        }
        int few = glosstream("tail", "fed", "--once", "--count=3", "--json");
        List<String> fewLines = out.toString(StandardCharsets.UTF_8).lines().toList();
        out.reset();
        int printed = glosstream("tail", "fed", "--once", "--json");

        // Then
        assertThat(few).isEqualTo(ExitCode.OK);
        assertThat(fewLines).hasSize(3);
        assertThat(fed).isEqualTo(ExitCode.OK);
        assertThat(printed).isEqualTo(ExitCode.OK);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("glosstream: sent 400 events");
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(400).doesNotHaveDuplicates();
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("\"rejected\"", "\"not-avro\""));
    }

    @Test
    void shouldNameTheTopicsOfAPipelineThatHasNotBeenThere() {
        assertThat(glosstream("feed", "absent")).isEqualTo(ExitCode.KAFKA);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("topics: expected those of a pipeline", "absent-in", "glosstream run --create-topics");
    }

    @Test
    void shouldRefuseARateThatIsNone() {
        assertThat(glosstream("feed", "absent", "--rate=0")).isEqualTo(ExitCode.USAGE);
        assertThat(glosstream("feed", "absent", "--count=0")).isEqualTo(ExitCode.USAGE);
        assertThat(glosstream("tail", "absent", "--count=0")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("--rate: expected more than 0", "--count: expected at least 1, got 0");
    }

    private int glosstream(String command, String name, String... arguments) {
        List<String> all = new ArrayList<>();
        all.add(command);
        settings(name).forEach(setting -> all.add("--set=" + setting));
        all.addAll(List.of(arguments));
        Surroundings surroundings = new Surroundings(
                InputStream.nullInputStream(),
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                false);
        return Main.run(surroundings, all.toArray(String[]::new));
    }

    private static List<String> settings(String name) {
        return SentimentPipeline.overrides(name, folder, broker.bootstrapServers());
    }
}
