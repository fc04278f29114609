package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every command of the documents that {@link CommandPlan} gives a way to: those that need no shell in this process,
 * the others by {@code bash} and the launcher. A pipeline is stopped, by SIGTERM, when it says that it runs.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class DocumentedCommandsIT {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
    /** What needs a shell. */
    private static final Pattern ALONE = Pattern.compile(".*[|<>].*");

    private static final String PIPELINE = "./glosstream run";
    private static final int STOPPED = 143;

    @TempDir
    private Path folder;

    private String servers = "";

    @Test
    void shouldRunEveryCommandOfTheDocumentsThatItCan() throws Exception {
        writeFiles();
        Set<String> done = new HashSet<>();
        List<String> failed = new ArrayList<>();
        try (EmbeddedBroker broker = EmbeddedBroker.start(8 << 20)) {
            servers = broker.bootstrapServers();
            for (CommandPlan plan : CommandPlan.all()) {
                String command = here(plan.written());
                // Two documents may show the same under other names.
                if (plan.run() && done.add(command)) {
                    failure(plan, command).ifPresent(failed::add);
                }
            }
        }
        assertThat(failed).isEmpty();
        assertThat(done).hasSizeGreaterThan(25);
    }

    /** One that fails must not hide the next. */
    private Optional<String> failure(CommandPlan plan, String command) throws IOException, InterruptedException {
        try {
            String printed = printed(command);
            plan.prints().forEach(text -> assertThat(printed).as(command).contains(text));
            return Optional.empty();
        } catch (AssertionError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private String here(String command) {
        return command.replace("/tmp/", folder + "/")
                .replaceAll("\\b(DATA|CORPORA)/", folder + "/corpora/")
                .replaceAll("\\b(broker:9092|HOST:PORT)", servers);
    }

    private String printed(String command) throws IOException, InterruptedException {
        if (command.contains(PIPELINE)) {
            return startedAndStopped(command);
        }
        return command.startsWith("./glosstream ") && !ALONE.matcher(command).matches()
                ? printedHere(command)
                : printedByBash(command);
    }

    private String printedHere(String command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] arguments = WORD.matcher(command)
                .results()
                .skip(1)
                .map(word -> word.group().replaceAll("^['\"]|['\"]$", ""))
                .toArray(String[]::new);

        int code = Main.run(
                new Surroundings(
                        InputStream.nullInputStream(),
                        out,
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        environment(),
                        false),
                arguments);

        assertThat(code)
                .as("%s: %s", command, err.toString(StandardCharsets.UTF_8))
                .isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private String printedByBash(String command) throws IOException, InterruptedException {
        Path errors = folder.resolve("errors.txt");
        Process process = bash(command).redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("%s: %s", command, Files.readString(errors))
                .isZero();
        return printed;
    }

    private String startedAndStopped(String command) throws IOException, InterruptedException {
        Process process = bash(command.replace(PIPELINE, "exec " + PIPELINE)).start();
        try (var said = process.errorReader(StandardCharsets.UTF_8)) {
            StringBuilder all = new StringBuilder();
            String line = said.readLine();
            while (line != null && !line.contains(" is running")) {
                all.append(line).append('\n');
                line = said.readLine();
            }
            process.destroy();
            assertThat(process.waitFor()).as("%s: %s", command, all).isEqualTo(STOPPED);
            return all.toString();
        } finally {
            process.destroyForcibly();
        }
    }

    private ProcessBuilder bash(String command) {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command);
        builder.environment().putAll(environment());
        builder.environment().put("GLOSSTREAM_SKIP_BUILD", "1");
        builder.environment().put("GLOSSTREAM_JAVA_OPTS", "-Xmx512m -XX:TieredStopAtLevel=1");
        return builder;
    }

    private Map<String, String> environment() {
        return Map.of("KAFKA_BOOTSTRAP_SERVERS", servers, "GLOSSTREAM_HTTP_PORT", "0");
    }

    /** What the commands take as given: texts, and a few rows of each corpus in the form of that corpus. */
    private void writeFiles() throws IOException {
        List<String> words = Files.readAllLines(Path.of("samples/words.txt")).subList(0, 30);
        write("texts.txt", words.stream().map(word -> "Maria Lopez loves " + word + " in Lisbon"));
        for (String part : List.of("dev", "test")) {
            write(
                    "corpora/sentiment/en/goemotions/" + part + ".tsv",
                    IntStream.range(0, 30)
                            .mapToObj(number -> "I liked number " + number + "\t" + (1 + number % 3) + "\tid"));
        }
        write(
                "corpora/sentiment/en/tweeteval/test_text.txt",
                IntStream.range(0, 30).mapToObj(number -> "tweet " + number));
        write(
                "corpora/sentiment/en/tweeteval/test_labels.txt",
                IntStream.range(0, 30).mapToObj(number -> Integer.toString(number % 3)));
        for (String file : List.of("wnut17/emerging.dev.conll", "btc/h.conll")) {
            write(
                    "corpora/ner/en/" + file,
                    IntStream.range(0, 30).mapToObj(number -> "Anna\tB-PER\nlikes\tO\nParis\tB-LOC\n"));
        }
        copy(Path.of("models/entities-en"), folder.resolve("entities"));
    }

    private void write(String name, Stream<String> lines) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, lines.toList());
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
    }
}
