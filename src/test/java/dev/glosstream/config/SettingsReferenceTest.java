package dev.glosstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * docs/settings.md is made of the code: the keys are those that the reader of pipeline files knows, what each may be is what
 * it says of a wrong value, what they mean stands in the settings records, and defaults are those of a file without them.
 *
 * <p>If a change is meant: {@code mvn test -Dtest=SettingsReferenceTest -Dgolden.update=true}.
 */
class SettingsReferenceTest {
    private static final Path REFERENCE = Path.of("docs/settings.md");
    private static final Path RECORDS = Path.of("src/main/java/dev/glosstream/config");
    private static final String SMALLEST = "applicationId: a\nmodels: {sentiment: m}\n";
    private static final String WITH_SOURCE =
            SMALLEST + "sources:\n  - {topics: [t], format: json, text: a, zzz: z, attributes: {b: c}}\n";
    private static final Pattern KNOWN = Pattern.compile("known are (.*)");
    private static final Pattern EXPECTED = Pattern.compile("expected (.*), got ");
    private static final Pattern PARAMETER =
            Pattern.compile("\\* @param (\\w+) (.*?)(?=\\n \\* @|\\n \\*/)", Pattern.DOTALL);

    /** Section → records whose Javadoc explains its keys. */
    private static final Map<String, List<String>> EXPLAINED_BY = Map.ofEntries(
            Map.entry("", List.of("PipelineSettings")),
            Map.entry("topics", List.of("TopicSettings")),
            Map.entry("models", List.of()),
            Map.entry("batching", List.of("BatchingSettings")),
            Map.entry("limits", List.of("LimitSettings")),
            Map.entry("output", List.of("OutputSettings")),
            Map.entry("http", List.of("HttpSettings")),
            Map.entry("log", List.of("LogSettings")),
            Map.entry("tracing", List.of()),
            Map.entry("registry", List.of("RegistrySettings")),
            Map.entry("registry.credentials", List.of("RegistryCredentials")),
            Map.entry("registry.tls", List.of("TlsSettings")),
            Map.entry("registry.serde", List.of("SerdeSettings")),
            Map.entry("sources[]", List.of("SourceTopics", "SourceSettings", "SourceFields")));

    /** Keys that are called otherwise in the records, or stand for a whole record. */
    private static final Map<String, String> WORDS = Map.of(
            "models.sentiment", "folder of the bundle that labels sentiment; an empty text leaves the task out",
            "models.entities", "folder of the bundle that labels entities; an empty text leaves the task out",
            "tracing.enabled", "whether traces are continued: outputs carry the context of a new span in `traceparent`",
            "device", "where the models run",
            "precision", "in which arithmetic the models compute: [precision](precision.md)");

    private static final Map<String, String> RENAMED =
            Map.of("registry.url", "urls", "sources[].topics", "names", "sources[].text", "texts");

    @Test
    void shouldListEverySettingWithWhatTheCodeSaysOfIt() throws IOException {
        String made = reference();

        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(REFERENCE, made);
        }
        assertThat(made.lines().filter(line -> line.startsWith("| `")).count()).isGreaterThan(40);
        assertThat(Files.readString(REFERENCE)).isEqualTo(made);
    }

    private static String reference() throws IOException {
        StringBuilder text = new StringBuilder(
                """
                # Settings of a pipeline

                Every key of a pipeline file such as [topology/enrichment.yaml](../topology/enrichment.yaml), which has examples. This page is
                made from the code (`mvn test -Dtest=SettingsReferenceTest -Dgolden.update=true`).

                Any key may be given on the command line: `--set batching.maxWait=5ms`; `${NAME}` and `${NAME:default}` in the file come from
                the environment. `registry.serde.properties.*` and `kafka.*` take any property of the libraries behind them.

                | key | may be | default | meaning |
                | --- | --- | --- | --- |
                """);
        for (String key : keys()) {
            text.append("| `")
                    .append(key)
                    .append("` | ")
                    .append(expected(key))
                    .append(" | ")
                    .append(fallback(key))
                    .append(" | ")
                    .append(meaning(key))
                    .append(" |\n");
        }
        return text.toString();
    }

    private static List<String> keys() {
        List<String> keys = new ArrayList<>(known(mistakes(SMALLEST, "zzzzzzzzzzzzzzzzzzzzzz=1")));
        known(mistakes(WITH_SOURCE)).forEach(key -> keys.add("sources[]." + key));
        List<String> sections = List.copyOf(EXPLAINED_BY.keySet());
        return keys.stream()
                .filter(key -> !sections.contains(key) && !key.equals("sources"))
                .distinct()
                .toList();
    }

    private static List<String> known(List<String> mistakes) {
        return mistakes.stream()
                .map(KNOWN::matcher)
                .filter(Matcher::find)
                .flatMap(found -> Arrays.stream(found.group(1).split(", ", -1)))
                .sorted()
                .toList();
    }

    private static List<String> mistakes(String yaml, String... overrides) {
        try {
            PipelineFile.pipeline(
                    SettingsFile.parse("p.yaml", yaml, Map.of(), List.of(overrides)), Path.of("/project"));
            return List.of();
        } catch (ConfigException e) {
            return e.mistakes();
        }
    }

    /** Returns what the reader says it wants when it gets something else. */
    private static String expected(String key) {
        List<String> said = key.startsWith("sources[].")
                ? mistakes(SMALLEST + "sources:\n  - {" + key.substring("sources[].".length()) + ": [[x]]}\n")
                : mistakes(SMALLEST, key + "=\u0001");
        return said.stream()
                .filter(line -> line.contains(key.replace("[]", "[0]")))
                .map(EXPECTED::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1).replace("|", "\\|").replace("[0]", "[]"))
                .findFirst()
                .orElse("a text");
    }

    private static String meaning(String key) throws IOException {
        if (WORDS.containsKey(key)) {
            return WORDS.get(key);
        }
        int point = key.lastIndexOf('.');
        String section = point < 0 ? "" : key.substring(0, point);
        String name = RENAMED.getOrDefault(key, key.substring(point + 1));
        for (String explaining : EXPLAINED_BY.getOrDefault(section, List.of())) {
            String said = parameters(explaining).get(name);
            if (said != null) {
                return said;
            }
        }
        throw new AssertionError("setting '" + key + "': expected a record of " + section + " that explains it");
    }

    private static Map<String, String> parameters(String type) throws IOException {
        Map<String, String> said = new TreeMap<>();
        Matcher parameter = PARAMETER.matcher(Files.readString(RECORDS.resolve(type + ".java")));
        while (parameter.find()) {
            said.putIfAbsent(
                    parameter.group(1),
                    parameter.group(2).replaceAll("\\n \\*\\s*", " ").replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`"));
        }
        return said;
    }

    private static String fallback(String key) {
        String yaml = key.startsWith("registry.") ? SMALLEST + "registry: {url: 'http://r:1'}\n" : SMALLEST;
        PipelineSettings usual =
                PipelineFile.pipeline(SettingsFile.parse("p.yaml", yaml, Map.of(), List.of()), Path.of("/project"));
        if (key.equals("applicationId") || key.equals("registry.url")) {
            return key.equals("applicationId") ? "required" : "none";
        }
        if (key.startsWith("models.") || key.startsWith("sources[]")) {
            return "";
        }
        return found(usual, key).map(value -> "`" + written(value) + "`").orElse("");
    }

    /** Follows a key through the records; nothing for what they hold in another form. */
    private static Optional<Object> found(PipelineSettings usual, String key) {
        Object at = usual;
        for (String name : key.split("\\.", -1)) {
            Optional<Object> next = component(at, name);
            if (next.isEmpty() && at == usual) {
                next = component(usual.observability(), name);
            }
            if (next.isEmpty()) {
                return Optional.empty();
            }
            at = next.get();
        }
        return Optional.of(at);
    }

    private static Optional<Object> component(Object of, String name) {
        if (!of.getClass().isRecord()) {
            return name.equals("enabled") && of instanceof Boolean ? Optional.of(of) : Optional.empty();
        }
        return Arrays.stream(of.getClass().getRecordComponents())
                .filter(component -> component.getName().equals(name))
                .findFirst()
                .map(component -> {
                    try {
                        Object value = component.getAccessor().invoke(of);
                        return value instanceof Optional<?> held ? held.orElse(null) : value;
                    } catch (ReflectiveOperationException e) {
                        throw new LinkageError(String.valueOf(e.getMessage()), e);
                    }
                });
    }

    private static String written(Object value) {
        if (value instanceof Duration duration) {
            return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
        }
        if (value instanceof DeviceChoice device) {
            return device.code();
        }
        if (value instanceof Guarantee guarantee) {
            return guarantee.code();
        }
        if (value instanceof PrecisionChoice precision) {
            return precision.code();
        }
        return value instanceof Enum<?> ? value.toString().toLowerCase(Locale.ROOT) : value.toString();
    }
}
