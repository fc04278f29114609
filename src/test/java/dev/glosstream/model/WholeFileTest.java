package dev.glosstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.infer.TinyBundles;
import dev.glosstream.sequence.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    private Path folder;

    @Test
    void shouldMakeAndReplaceAFile() throws IOException {
        Path file = folder.resolve("a");

        WholeFile.replace(file, "größer");
        WholeFile.replace(file, "grün");

        assertThat(file).content(StandardCharsets.UTF_8).isEqualTo("grün");
        assertThat(names()).containsExactly("a");
    }

    @Test
    void shouldLeaveTheOldFileIfWritingFails() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "old");

        assertThatThrownBy(() -> WholeFile.replace(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("no space left");
                }))
                .hasMessage("no space left");

        assertThat(file).content().isEqualTo("old");
        assertThat(names()).containsExactly("a");
    }

    @Test
    void shouldNotTouchAManifestAndACardThatSomebodyReads() throws IOException {
        // Given somebody who has both files open: a second name of them shows what is written in place
        TinyBundles.write(folder, Task.SENTIMENT);
        ModelBundle.open(folder).record("first", Map.of("accuracy", 0.7));
        Path manifest = opened(ModelBundle.MANIFEST);
        Path card = opened(ModelBundle.CARD);
        String described = Files.readString(manifest);
        String carded = Files.readString(card);

        ModelBundle.open(folder).record("second", Map.of("accuracy", 0.8));
        ModelBundle.open(folder).calibrate(new ModelManifest.Calibration(1.25, "dev.tsv", 1200, 0.08, 0.01));

        assertThat(manifest).content().isEqualTo(described);
        assertThat(card).content().isEqualTo(carded);
        ModelManifest now = ModelBundle.open(folder).manifest();
        assertThat(now.metrics()).containsKeys("first", "second");
        assertThat(now.calibration().temperature()).isEqualTo(1.25);
        assertThat(folder.resolve(ModelBundle.CARD)).content().contains("second");
        assertThat(names()).noneMatch(name -> name.endsWith(".next"));
    }

    private Path opened(String name) throws IOException {
        return Files.createLink(folder.resolve(name + ".opened"), folder.resolve(name));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
