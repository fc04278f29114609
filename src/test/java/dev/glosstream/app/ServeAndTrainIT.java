package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training and serving one after the other in one process, which neither may tell. */
class ServeAndTrainIT {
    private static final String MODEL = "models/sentiment-en";
    private static final String TEXT = "We loved the old town\n";

    @TempDir
    private Path folder;

    @Test
    void shouldTrainAfterServingAndServeAfterTrainingAsInProcessesOfTheirOwn() throws Exception {
        // Given what processes of their own come to
        Path fresh = folder.resolve("fresh");
        try (GlosstreamProcess training = GlosstreamProcess.start(SampleTraining.OPTIONS, training(fresh))) {
            assertThat(training.awaitExit()).as("%s", training.err()).isZero();
        }
        String labels;
        try (GlosstreamProcess serving =
                GlosstreamProcess.run(SampleTraining.OPTIONS, TEXT.getBytes(StandardCharsets.UTF_8), serving(MODEL))) {
            labels = String.join("\n", serving.out());
        }

        // When one process trains, serves, trains and serves; the engine may have been loaded on any thread before
        run("", training(folder.resolve("first")).toArray(String[]::new));
        String served = run(TEXT, serving(MODEL));
        FutureTask<String> training = new FutureTask<>(
                () -> run("", training(folder.resolve("second")).toArray(String[]::new)));
        new Thread(training, "another").start();
        training.get();
        String servedAgain = run(TEXT, serving(MODEL));
        String own = run(TEXT, serving(folder.resolve("second").toString()));

        // Then the weights and the labels are those
        assertThat(List.of(weights("first"), weights("second"))).containsOnly(weights("fresh"));
        assertThat(labels).contains("positive");
        assertThat(List.of(served.strip(), servedAgain.strip())).containsOnly(labels.strip());
        assertThat(own).isEqualTo(run(TEXT, serving(fresh.toString())));
    }

    private static String run(String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                new Surroundings(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        out,
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of(),
                        false),
                arguments);
        assertThat(code).as("%s", err.toString(StandardCharsets.UTF_8)).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private String weights(String model) throws IOException {
        return SampleTraining.weights(folder.resolve(model));
    }

    private static String[] serving(String model) {
        return new String[] {"label", "--model", model};
    }

    private static List<String> training(Path out) {
        return SampleTraining.arguments(out, "training.epochs=2", "network.stateSize=8", "network.minCount=1");
    }
}
