package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.model.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training killed with SIGKILL, as a real process. */
class TrainResumeIT {
    /** The same weights are promised for the same number of threads. */
    private static final String JAVA_OPTIONS =
            "-Xmx512m -XX:TieredStopAtLevel=1 -Dai.djl.pytorch.num_threads=1 -Dai.djl.pytorch.num_interop_threads=1";

    @TempDir
    private Path folder;

    @Test
    void shouldComeToTheSameWeightsHoweverOftenItIsKilled() throws IOException, InterruptedException {
        // Given an undisturbed training
        Path undisturbed = folder.resolve("undisturbed");
        try (GlosstreamProcess training = train(undisturbed)) {
            assertThat(training.awaitExit()).as("%s", training.err()).isZero();
        }

        // When another is killed as soon as it has read its data, after its first epoch, and in its last
        Path killed = folder.resolve("killed");
        for (String moment : List.of("training on", "epoch 1:", "epoch 3:")) {
            try (GlosstreamProcess training = train(killed, "--resume")) {
                training.awaitError(moment);
                training.kill();
            }
            assertThat(Files.exists(killed.resolve("manifest.json"))).isFalse();
        }
        try (GlosstreamProcess training = train(killed, "--resume")) {
            assertThat(training.awaitExit()).as("%s", training.err()).isZero();
            assertThat(training.err()).anyMatch(line -> line.contains("going on in epoch"));
        }

        // Then nobody can tell
        assertThat(sha(killed)).isEqualTo(sha(undisturbed));
        assertThat(Files.exists(killed.resolve(".training"))).isFalse();
    }

    private static String sha(Path bundle) throws IOException {
        return Digests.sha256(bundle.resolve("weights.params"));
    }

    private static GlosstreamProcess train(Path out, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "sentiment",
                "--data",
                "samples/train/sentiment-train.tsv",
                "--dev",
                "samples/train/sentiment-dev.tsv",
                "--out",
                out.toString()));
        for (String setting : List.of(
                "training.epochs=4",
                "training.patience=4",
                "training.batchSize=8",
                "network.stateSize=8",
                "training.checkpointSteps=9",
                "training.averaging=0.9",
                "network.minCount=1")) {
            arguments.add("--set");
            arguments.add(setting);
        }
        arguments.addAll(List.of(more));
        return GlosstreamProcess.start(Map.of("GLOSSTREAM_JAVA_OPTS", JAVA_OPTIONS), arguments);
    }
}
