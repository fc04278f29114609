package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.infer.TinyBundles;
import dev.glosstream.sequence.Task;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code glosstream export} says where it cannot; what it can do, {@link TorchScriptIT} shows. */
class ExportCommandTest {
    private static final String TORCHSCRIPT = "src/test/resources/torchscript/bundles/entities";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeBundle() {
        TinyBundles.write(folder.resolve("model"), Task.SENTIMENT);
    }

    @Test
    void shouldSayWhatToInstallWhereThereIsNoPyTorch() {
        assertThat(export("--python", "/bin/false")).isEqualTo(ExitCode.USAGE);
        assertThat(export("--python", "/no/such/python")).isEqualTo(ExitCode.USAGE);

        assertThat(said().lines()).hasSize(2).allSatisfy(line -> assertThat(line)
                .startsWith("glosstream: python: expected one with PyTorch 1.13 or newer and NumPy, got '/")
                .endsWith("install them (Debian: apt-get install python3-torch python3-numpy) or name another Python"
                        + " with --python"));
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void shouldRefuseAnOldPyTorch() throws IOException {
        assertThat(export("--python", python("echo torch 1.9.1"))).isEqualTo(ExitCode.USAGE);

        assertThat(said()).contains("got '").contains("torch 1.9.1");
    }

    @Test
    void shouldHandOnTheLastWordsOfAProgramThatFails() throws IOException {
        String program =
                python("case \"$1\" in -c) echo torch 2.1.0+cpu;; *) echo noise; echo last words; exit 3;; esac");

        assertThat(export("--python", program)).isEqualTo(ExitCode.FAILED);

        assertThat(said()).contains("expected export.py to end well, got exit code 3: last words");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        assertThat(run("export", "--model", model(), "--out", model())).isEqualTo(ExitCode.USAGE);
        assertThat(run("export", "--torchscript", "--model", model(), "--out", model()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(export("--precision", "int8")).isEqualTo(ExitCode.USAGE);
        assertThat(run("export", "--torchscript", "--model", TORCHSCRIPT, "--out", out()))
                .isEqualTo(ExitCode.USAGE);

        assertThat(said().lines())
                .anySatisfy(line -> assertThat(line).contains("format: expected --torchscript, got none"))
                .anySatisfy(line -> assertThat(line).contains("--out: expected another folder than that of --model"))
                .anySatisfy(line -> assertThat(line).contains("--precision: expected fp32 or bf16, got 'int8'"))
                .anySatisfy(line -> assertThat(line)
                        .contains("--model: expected a bundle of format 'djl-parameters', got small-entities@1.0.0 of"
                                + " format 'torchscript'"));
    }

    /** A Python that is a shell script. */
    private String python(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("python"), "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file.toString();
    }

    private int export(String... more) {
        String[] arguments = new String[more.length + 6];
        System.arraycopy(
                new String[] {"export", "--torchscript", "--model", model(), "--out", out()}, 0, arguments, 0, 6);
        System.arraycopy(more, 0, arguments, 6, more.length);
        return run(arguments);
    }

    private String model() {
        return folder.resolve("model").toString();
    }

    private String out() {
        return folder.resolve("out").toString();
    }

    private int run(String... arguments) {
        return Main.run(
                new Surroundings(
                        new ByteArrayInputStream(new byte[0]),
                        new ByteArrayOutputStream(),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of(),
                        false),
                arguments);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
