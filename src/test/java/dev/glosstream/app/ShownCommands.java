package dev.glosstream.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands that the documents show: lines of blocks, and code within a sentence that has arguments. */
final class ShownCommands {
    private static final String STACK = "src/test/java/dev/glosstream/deploy/DocumentedCommandsTest.java";

    /** Documents whose blocks of {@code sh} a test of their own runs from the first to the last → that test. */
    static final Map<Path, String> RUN_WHOLE = Map.of(
            Path.of("docs/quick-start.md"), runner("QuickStartIT"),
            Path.of("docs/your-model.md"), runner("QuickStartIT"),
            Path.of("docs/evaluation.md"), runner("QuickStartIT"),
            Path.of("docs/embedding-and-lstm.md"), runner("GuideIT"),
            Path.of("docs/containers.md"), STACK,
            Path.of("docs/kubernetes.md"), STACK);

    private static final Pattern BLOCK = Pattern.compile("```([^\n]*)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    /** What a command begins with. */
    private static final Pattern COMMAND = Pattern.compile(
            "(?:(?:\\./)?glosstream|mvn|docker|curl|kubectl|kustomize|[a-z-]+\\.sh|java|python3|cp|cat|echo"
                    + "|export|\\(cd|[A-Z_]+=\\S+) .*");
    /** A command that a sentence speaks of by its name. */
    private static final Pattern NAME = Pattern.compile("(?:\\./)?glosstream \\w+");

    private ShownCommands() {}

    private static String runner(String test) {
        return "src/test/java/dev/glosstream/app/" + test + ".java";
    }

    /** Returns the documents for users. */
    static List<Path> documents() {
        List<Path> documents = new ArrayList<>(List.of(
                Path.of("README.md"),
                Path.of("topology/README.md"),
                Path.of("schemas/README.md"),
                Path.of("training/README.md"),
                Path.of("training/python.md"),
                Path.of("samples/README.md"),
                Path.of("examples/review-alerts/README.md")));
        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            files.filter(each -> each.toString().endsWith(".md")).sorted().forEach(documents::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return documents;
    }

    /** Returns the commands, each once, without those of documents that are run whole. */
    static Set<String> all() {
        Set<String> commands = new LinkedHashSet<>();
        documents().forEach(document -> addAll(commands, document));
        return commands;
    }

    private static void addAll(Set<String> commands, Path document) {
        String text = read(document);
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            String language = block.group(1).split(" ", -1)[0];
            boolean shell = language.equals("sh");
            if ((shell && !RUN_WHOLE.containsKey(document)) || language.isEmpty()) {
                block.group(2)
                        .lines()
                        .filter(line -> shell || COMMAND.matcher(line).matches())
                        .filter(line -> !line.isBlank())
                        .forEach(commands::add);
            }
        }
        Matcher code = CODE.matcher(BLOCK.matcher(text).replaceAll(""));
        while (code.find()) {
            String shown = code.group(1);
            if (COMMAND.matcher(shown).matches() && !NAME.matcher(shown).matches()) {
                commands.add(shown);
            }
        }
    }

    /** Returns the text of a file of the project. */
    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
