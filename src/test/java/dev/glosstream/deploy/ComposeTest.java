package dev.glosstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.config.PipelineFile;
import dev.glosstream.config.PipelineSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docker-compose.yml}, {@code .env} and what they name fit together. */
class ComposeTest {
    private static final Path FILE = Path.of("docker-compose.yml");
    private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{?([A-Z_]+)[^}]*}?");
    private static final Pattern PORT = Pattern.compile("\\$\\{BIND_ADDRESS}:\\$\\{[A-Z]+_PORT}:[0-9]+");

    private final Map<String, Object> compose = YamlFiles.document(FILE);
    private final Map<String, Map<String, Object>> services = services(compose);
    private final Map<String, String> variables = variables();

    private static Map<String, Map<String, Object>> services(Map<String, Object> compose) {
        Map<String, Map<String, Object>> services = new LinkedHashMap<>();
        YamlFiles.map(compose, "services").forEach((name, service) -> services.put(name, YamlFiles.map(service)));
        return services;
    }

    private static Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        YamlFiles.text(Path.of(".env"))
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("=", 2))
                .forEach(parts -> variables.put(parts[0], parts[1]));
        return variables;
    }

    @Test
    void shouldHaveEveryService() {
        assertThat(services.keySet())
                .containsExactly("kafka", "registry", "glosstream", "feeder", "prometheus", "grafana");
    }

    @Test
    void shouldBeReadByOldAndNewCompose() {
        assertThat(compose).doesNotContainKeys("version", "name");
        assertThat(services.values()).noneSatisfy(service -> assertThat(service).containsKey("deploy"));
    }

    @Test
    void shouldTakeEveryImageAndPortFromTheEnvironmentFile() {
        services.forEach((name, service) -> {
            assertThat(String.valueOf(service.get("image"))).as(name).matches("\\$\\{[A-Z]+_IMAGE}");
            assertThat(YamlFiles.list(service, "ports")).as(name).allSatisfy(port -> assertThat((String) port)
                    .matches(PORT));
        });
        assertThat(variables.get("BIND_ADDRESS")).isEqualTo("127.0.0.1");
        assertThat(portsOf(variables)).doesNotHaveDuplicates();
    }

    private static List<String> portsOf(Map<String, String> variables) {
        return variables.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("_PORT"))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Test
    void shouldUseExactlyTheVariablesOfTheEnvironmentFile() {
        Set<String> used = new TreeSet<>();
        String both = YamlFiles.text(FILE) + YamlFiles.text(Path.of("docker-compose.gpu.yml"));
        String text = both.replaceAll("(?m)^ *#.*$", "");
        VARIABLE.matcher(text).results().map(found -> found.group(1)).forEach(used::add);

        assertThat(used).isEqualTo(new TreeSet<>(variables.keySet()));
    }

    @Test
    void shouldMountOnlyWhatExists() {
        services.forEach((name, service) -> YamlFiles.list(service, "volumes").forEach(volume -> {
            String mount = (String) volume;
            String source = mount.substring(0, mount.indexOf(':'));
            if (source.startsWith(".")) {
                assertThat(Path.of(source)).as(name).exists();
                assertThat(mount).as(name).endsWith(":ro");
            } else {
                assertThat(YamlFiles.map(compose, "volumes")).as(name).containsKey(source);
            }
        }));
    }

    @Test
    void shouldBoundAndWatchEveryService() {
        services.forEach((name, service) ->
                assertThat(service).as(name).containsKeys("mem_limit", "cpus", "restart", "logging"));
        // The image brings its own check; the feeder serves nothing.
        assertThat(services.entrySet().stream()
                        .filter(service -> !service.getValue().containsKey("healthcheck"))
                        .map(Map.Entry::getKey))
                .containsExactly("glosstream");
        assertThat(YamlFiles.text(Path.of("Dockerfile"))).contains("HEALTHCHECK ");
    }

    @Test
    void shouldStartEachServiceWhenThoseThatItNeedsAreHealthy() {
        services.forEach((name, service) -> YamlFiles.map(service, "depends_on").forEach((needed, how) -> {
            assertThat(services).as(name).containsKey(needed);
            assertThat(YamlFiles.map(how)).as(name).containsEntry("condition", "service_healthy");
        }));
        assertThat(YamlFiles.map(services.get("glosstream"), "depends_on")).containsOnlyKeys("kafka", "registry");
        assertThat(YamlFiles.map(services.get("grafana"), "depends_on")).containsOnlyKeys("prometheus");
    }

    @Test
    void shouldLockTheProgramDown() {
        for (String name : List.of("glosstream", "feeder")) {
            assertThat(services.get(name))
                    .as(name)
                    .containsEntry("user", "10001:10001")
                    .containsEntry("read_only", true)
                    .containsEntry("cap_drop", List.of("ALL"));
        }
    }

    @Test
    void shouldRunTheBrokerWhoseClientsAreBuiltIn() {
        MatchResult version = Pattern.compile("<kafka.version>([^<]+)<")
                .matcher(YamlFiles.text(Path.of("pom.xml")))
                .results()
                .findFirst()
                .orElseThrow();

        assertThat(variables.get("KAFKA_IMAGE")).isEqualTo("apache/kafka:" + version.group(1));
    }

    @Test
    void shouldReadThePipelineOfTheStack() {
        PipelineSettings settings = PipelineFile.read(
                Path.of("deploy/compose/pipeline.yaml"),
                Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092", "GLOSSTREAM_STATE_DIR", "/var/lib/glosstream"),
                List.of());

        assertThat(settings.kafka())
                .containsEntry("bootstrap.servers", "kafka:9092")
                .containsEntry("state.dir", "/var/lib/glosstream");
        assertThat(settings.models()).hasSize(2);
    }

    @Test
    void shouldReachTheBrokerFromThisMachineByTheDefaultOfThePipeline() {
        PipelineSettings settings = PipelineFile.read(Path.of("deploy/compose/pipeline.yaml"), Map.of(), List.of());

        assertThat(settings.kafka()).containsEntry("bootstrap.servers", "localhost:" + variables.get("KAFKA_PORT"));
    }

    @Test
    void shouldCopyIntoTheImageOnlyWhatItsContextHolds() {
        List<String> kept = YamlFiles.text(Path.of(".dockerignore"))
                .lines()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();
        assertThat(kept).allSatisfy(path -> assertThat(Path.of(path)).exists());
        Pattern.compile("COPY --from=build ((?:/src/\\S+ )+)")
                .matcher(YamlFiles.text(Path.of("Dockerfile")))
                .results()
                .flatMap(found -> List.of(found.group(1).trim().split(" ")).stream())
                .map(path -> path.substring("/src/".length()))
                .filter(path -> !path.startsWith("target/"))
                .forEach(path -> {
                    assertThat(Files.exists(Path.of(path))).as(path).isTrue();
                    assertThat(kept).as(path).anyMatch(path::startsWith);
                });
    }

    @Test
    void shouldRunTheProgramItselfSoThatItHearsSigterm() {
        String dockerfile = YamlFiles.text(Path.of("Dockerfile"));

        assertThat(dockerfile).contains("ENTRYPOINT [\"/opt/glosstream/glosstream\"]", "\nUSER 10001:10001\n");
        assertThat(YamlFiles.text(Path.of("glosstream"))).contains("\nexec \"$java\"");
        assertThat(dockerfile.lines().filter(line -> line.startsWith("FROM ")))
                .allSatisfy(line -> assertThat(line).startsWith("FROM ${"));
    }
}
