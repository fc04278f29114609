package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.config.PipelineFile;
import dev.glosstream.config.PipelineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The documents say what the program says, show settings that it takes, and lead to files that are there. */
class DocumentsTest {
    private static final Path DOCS = Path.of("docs");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+)}");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Pattern PIPELINE = Pattern.compile("```yaml pipeline\n(.*?)```", Pattern.DOTALL);
    /** A command of a block, up to a redirection, a pipe, a comment or an optional part. */
    private static final Pattern COMMAND =
            Pattern.compile("(?m)^(?:[A-Z_a-z0-9=:/]+ |[^`\n]* \\| )*\\./glosstream ([a-z][^<>|#\\[\n]*)");

    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
    private static final String REST = "applicationId: a\nmodels: {sentiment: m}\n";

    @TempDir
    private Path folder;

    @Test
    void shouldExplainOnlyMessagesThatTheProgramHas() throws IOException {
        String said = sources();
        List<String> missing = new ArrayList<>();
        int messages = 0;
        for (String row : Files.readAllLines(DOCS.resolve("troubleshooting.md"))) {
            String first = row.startsWith("| `") && !row.contains("(Kafka's)") ? row.split(" \\| ", -1)[0] : "";
            Matcher quoted = QUOTED.matcher(first);
            while (quoted.find()) {
                messages++;
                if (!said.contains(quoted.group(1))) {
                    missing.add(quoted.group(1));
                }
            }
        }

        assertThat(messages).isGreaterThan(12);
        assertThat(missing).as("messages that nothing says").isEmpty();
    }

    /** The program's own words: string literals that stand in several parts are put together. */
    private static String sources() throws IOException {
        StringBuilder said = new StringBuilder(Files.readString(Path.of("glosstream")));
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                said.append(Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", ""));
            }
        }
        return said.toString();
    }

    @Test
    void shouldShowSettingsThatArePipelinesAndPropertiesThatKafkaKnows() throws IOException {
        Matcher shown = PIPELINE.matcher(Files.readString(DOCS.resolve("connect.md")));
        Set<String> known = new TreeSet<>(ConsumerConfig.configNames());
        known.addAll(AdminClientConfig.configNames());
        known.addAll(StreamsConfig.configDef().names());
        int examples = 0;
        while (shown.find()) {
            examples++;
            Path file = Files.writeString(folder.resolve("pipeline.yaml"), REST + shown.group(1));

            PipelineSettings settings = PipelineFile.read(file, variables(shown.group(1)), List.of());

            assertThat(settings.kafka().keySet()).isNotEmpty().isSubsetOf(known);
            assertThat(settings.kafka().values()).noneMatch(value -> value.contains("${"));
            assertThat(PipelineOptions.streamsProperties(settings)).isNotEmpty();
        }
        assertThat(examples).isGreaterThan(5);
    }

    private static Map<String, String> variables(String yaml) {
        Map<String, String> variables = new TreeMap<>();
        Matcher named = VARIABLE.matcher(yaml);
        while (named.find()) {
            variables.put(named.group(1), "x");
        }
        return variables;
    }

    @Test
    void shouldShowCommandsThatTheProgramTakes() throws IOException {
        List<String> refused = new ArrayList<>();
        int commands = 0;
        for (Path document : ShownCommands.documents()) {
            Matcher command = COMMAND.matcher(Files.readString(document));
            while (command.find()) {
                commands++;
                String[] arguments = WORD.matcher(command.group(1))
                        .results()
                        .map(word -> word.group().replaceAll("^['\"]|['\"]$", ""))
                        .toArray(String[]::new);
                try {
                    Main.commands(Surroundings.ofProcess()).parseArgs(arguments);
                } catch (CommandLine.ParameterException e) {
                    refused.add(document + ": " + command.group(1) + ": " + e.getMessage());
                }
            }
        }

        assertThat(commands).isGreaterThan(40);
        assertThat(refused).isEmpty();
    }

    @Test
    void shouldLeadToFilesThatAreThere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : ShownCommands.documents()) {
            Matcher link = LINK.matcher(Files.readString(document).replaceAll("(?s)```.*?```", ""));
            while (link.find()) {
                if (!Files.exists(document.resolveSibling(link.group(1)))) {
                    broken.add(document + " → " + link.group(1));
                }
            }
        }

        assertThat(broken).isEmpty();
    }
}
