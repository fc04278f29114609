package dev.glosstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glosstream.infer.TinyBundles;
import dev.glosstream.sequence.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The temperature in a manifest. */
class CalibrationTest {
    private static final ModelManifest.Calibration FITTED =
            new ModelManifest.Calibration(1.25, "some/dev.tsv", 1200, 0.0812, 0.0123);

    @TempDir
    private Path directory;

    @BeforeEach
    void writeBundle() {
        TinyBundles.write(directory, Task.SENTIMENT);
    }

    @Test
    void shouldBeOneIfTheManifestDoesNotSay() throws IOException {
        Path file = directory.resolve(ModelBundle.MANIFEST);
        ObjectNode manifest = (ObjectNode) new ObjectMapper().readTree(file.toFile());
        manifest.remove("calibration");
        Files.writeString(file, manifest.toPrettyString());

        assertThat(ModelBundle.open(directory).manifest().calibration()).isEqualTo(ModelManifest.Calibration.NONE);
    }

    @Test
    void shouldBeKeptAndTakeStaleFiguresAway() throws IOException {
        ModelBundle.open(directory)
                .record(
                        "test",
                        Map.of("accuracy", 0.7, "calibrationError", 0.1, "calibrationError.low", 0.08, "logLoss", 0.9));

        ModelBundle.open(directory).calibrate(FITTED);

        ModelManifest manifest = ModelBundle.open(directory).manifest();
        assertThat(manifest.calibration()).isEqualTo(FITTED);
        assertThat(manifest.metrics()).containsEntry("test", Map.of("accuracy", 0.7));
    }

    @Test
    void shouldStandOnTheModelCard() throws IOException {
        ModelBundle.open(directory).calibrate(FITTED);
        ModelBundle.open(directory)
                .record(
                        "test",
                        Map.of(
                                "macroF1",
                                0.7,
                                "macroF1.low",
                                0.68,
                                "macroF1.high",
                                0.72,
                                "tokensPerSecond.model",
                                51_234.0));

        assertThat(Files.readString(directory.resolve(ModelBundle.CARD)))
                .contains("divided by 1.2500", "some/dev.tsv (1,200 texts)", "error 0.0123 there, 0.0812 before")
                .contains("| test | macroF1 0.7000 (0.6800 to 0.7200) |", "51,234 tokens/s on test")
                .contains("## Intended use", "## Limits", "| all | 0 |");
    }

    @Test
    void shouldBeRefusedOutsideItsRange() throws IOException {
        Path file = directory.resolve(ModelBundle.MANIFEST);
        Files.writeString(
                file, Files.readString(file).replaceFirst("\"temperature\" : [0-9.]+", "\"temperature\" : 0.0"));

        assertThatThrownBy(() -> ModelBundle.open(directory))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("calibration.temperature: expected 0.05 to 20.0, got 0.0");
    }
}
