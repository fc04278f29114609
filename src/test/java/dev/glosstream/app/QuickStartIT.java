package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of docs/quick-start.md, docs/your-model.md and docs/evaluation.md, against a broker: {@code sh} blocks run
 * to their end and succeed; {@code sh background} goes on until the document ends; {@code sh eventually} is tried until it
 * prints something.
 */
// In a thread of its own: who reads what a process says is not to be interrupted.
@Timeout(value = 6, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QuickStartIT {
    private static final Pattern BLOCK = Pattern.compile("```sh ?(\\w*)\n(.*?)```", Pattern.DOTALL);
    private static final int TRIES = 30;

    @TempDir
    private Path folder;

    private EmbeddedBroker broker;
    private List<Process> background = List.of();

    @BeforeEach
    void startBroker() {
        broker = EmbeddedBroker.start(8 << 20);
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : background) {
            process.destroy();
            process.waitFor();
        }
        broker.close();
    }

    @Test
    void shouldLabelWhatTheQuickStartFeeds() throws Exception {
        String printed = runAll(Path.of("docs/quick-start.md"));

        assertThat(printed)
                .contains("[Maria Lopez PER]", "[Lisbon LOC]", "events in", "refused  ")
                .containsPattern("(?m)^(positive|negative|neutral) ");
        assertThat(background).singleElement().satisfies(pipeline -> assertThat(pipeline.isAlive())
                .isTrue());
        background.get(0).destroy();
        assertThat(background.get(0).waitFor()).as("exit code after SIGTERM").isEqualTo(143);
    }

    @Test
    void shouldServeAModelOfTheUsersOwn() throws Exception {
        String printed = runAll(Path.of("docs/your-model.md"));

        assertThat(printed).contains("macroF1", "events in", "exactly once         yes");
        assertThat(Files.readAllLines(folder.resolve("words.vec")).get(0)).endsWith(" 16");
    }

    @Test
    void shouldJudgeAsTheGuideOfEvaluationShows() throws Exception {
        String printed = runAll(Path.of("docs/evaluation.md"));

        assertThat(printed).contains("macroF1", "\"macroF1\"", "temperature", "sentiment-en@");
        assertThat(Files.readString(folder.resolve("report.html"))).contains("<html", "data:image/png");
    }

    /** Runs every command of a document; returns what they printed. */
    private String runAll(Path document) throws IOException, InterruptedException {
        StringBuilder printed = new StringBuilder();
        Matcher block = BLOCK.matcher(Files.readString(document));
        while (block.find()) {
            for (String command : block.group(2).lines().toList()) {
                switch (block.group(1)) {
                    case "" -> printed.append(succeeding(command));
                    case "background" -> background = List.of(running(command));
                    case "eventually" -> printed.append(eventually(command));
                    default ->
                        throw new AssertionError("expected sh, sh background or sh eventually, got " + block.group());
                }
            }
        }
        return printed.toString();
    }

    private String succeeding(String command) throws IOException, InterruptedException {
        Process process = start(command);
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command, errors()).isZero();
        return printed;
    }

    /** Starts a pipeline and waits until it says that it runs. */
    private Process running(String command) throws IOException {
        Process process = builder(command).start();
        BufferedReader said = process.errorReader(StandardCharsets.UTF_8);
        String line = said.readLine();
        while (line != null && !line.contains(" is running")) {
            line = said.readLine();
        }
        assertThat(line).as("%s: ended before it ran", command).isNotNull();
        return process;
    }

    private String eventually(String command) throws IOException, InterruptedException {
        String printed = "";
        for (int tries = 0; tries < TRIES && !printed.contains("refused"); tries++) {
            printed = succeeding(command);
        }
        return printed;
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("errors.txt"));
    }

    private Process start(String command) throws IOException {
        return builder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("errors.txt").toFile()))
                .start();
    }

    private ProcessBuilder builder(String command) {
        // exec, so that a signal reaches the program itself.
        String shell = command.startsWith("./glosstream") && !command.contains("|") ? "exec " + command : command;
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", shell.replace("/tmp/", folder + "/"));
        builder.environment().put("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        builder.environment().put("GLOSSTREAM_SKIP_BUILD", "1");
        builder.environment().put("GLOSSTREAM_HTTP_PORT", "0");
        builder.environment().put("GLOSSTREAM_JAVA_OPTS", "-Xmx512m -XX:TieredStopAtLevel=1");
        return builder;
    }
}
