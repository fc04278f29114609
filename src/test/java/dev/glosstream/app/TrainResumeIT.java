package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training killed with SIGKILL, as a real process. */
class TrainResumeIT {
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
        assertThat(SampleTraining.weights(killed)).isEqualTo(SampleTraining.weights(undisturbed));
        assertThat(Files.exists(killed.resolve(".training"))).isFalse();
    }

    private static GlosstreamProcess train(Path out, String... more) throws IOException {
        List<String> arguments = SampleTraining.arguments(
                out,
                "training.epochs=4",
                "training.patience=4",
                "training.batchSize=8",
                "network.stateSize=8",
                "training.checkpointSteps=9",
                "training.averaging=0.9",
                "network.minCount=1");
        arguments.addAll(List.of(more));
        return GlosstreamProcess.start(SampleTraining.OPTIONS, arguments);
    }
}
