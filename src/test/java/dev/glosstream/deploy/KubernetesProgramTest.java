package dev.glosstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glosstream.config.ConfigException;
import dev.glosstream.config.PipelineFile;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.topology.StreamsProperties;
import dev.glosstream.web.Health;
import dev.glosstream.web.Route;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/kubernetes} asks of the program what the program does: in the environment of its pods, made of the image's. */
class KubernetesProgramTest {
    private static final Path FOLDER = Path.of("deploy/kubernetes");
    private static final Path GPU = Path.of("deploy/kubernetes-gpu");
    /** In the image, of the project. */
    private static final Path HOME = Path.of("/opt/glosstream");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+)(:[^}]*)?}");
    private static final Pattern IMAGE_VARIABLE =
            Pattern.compile("(?m)^(?:ENV|   ) ([A-Z_]+)=\"?([^\"\\\\\n]*?)\"? *\\\\?$");
    private static final Pattern LONGEST_CLOSE = Pattern.compile("LONGEST_CLOSE = Duration.ofSeconds\\((\\d+)\\)");

    private final PodTemplateSpec template =
            read(FOLDER.resolve("deployment.yaml"), Deployment.class).getSpec().getTemplate();
    private final Container container = template.getSpec().getContainers().get(0);
    private final Secret secret = read(FOLDER.resolve("secret.example.yaml"), Secret.class);
    private final String pipeline =
            read(FOLDER.resolve("configmap.yaml"), ConfigMap.class).getData().get("pipeline.yaml");
    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    private Path project;

    @BeforeEach
    void enterThePod() {
        Matcher ofImage = IMAGE_VARIABLE.matcher(YamlFiles.text(Path.of("Dockerfile")));
        while (ofImage.find()) {
            environment.put(ofImage.group(1), ofImage.group(2));
        }
        assertThat(environment).containsKeys("GLOSSTREAM_HTTP_HOST", "GLOSSTREAM_STATE_DIR", "GLOSSTREAM_JAVA_OPTS");
        container.getEnv().forEach((EnvVar variable) -> environment.put(variable.getName(), variable.getValue()));
    }

    private static <T> T read(Path file, Class<T> type) {
        return new ObjectMapper().convertValue(YamlFiles.document(file), type);
    }

    /** The pipeline as a pod reads it: relative folders count from the one above that of its file. */
    private PipelineSettings settings() throws IOException {
        return settings(pipeline);
    }

    private PipelineSettings settings(String yaml) throws IOException {
        Path inImage = HOME.relativize(Path.of(container.getArgs().get(2)));
        Path file = project.resolve(inImage);
        Files.createDirectories(file.getParent());
        return PipelineFile.read(Files.writeString(file, yaml), environment, List.of());
    }

    @Test
    void shouldListenWhereItIsAsked() throws IOException {
        PipelineSettings settings = settings();
        int port = container.getPorts().get(0).getContainerPort();
        Map<String, String> annotations = template.getMetadata().getAnnotations();

        assertThat(settings.observability().http().enabled()).isTrue();
        assertThat(settings.observability().http().host()).isEqualTo("0.0.0.0");
        assertThat(settings.observability().http().port()).isEqualTo(port);
        assertThat(annotations).containsEntry("prometheus.io/port", Integer.toString(port));
    }

    @Test
    void shouldServeThePathsThatAreAskedFor() {
        List<String> health = new Health(List::of, List::of)
                .routes().stream().map(Route::path).toList();

        assertThat(Stream.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())
                        .map((Probe probe) -> probe.getHttpGet().getPath()))
                .isSubsetOf(health);
        assertThat(YamlFiles.text(Path.of("src/main/java/dev/glosstream/app/RunMetrics.java")))
                .contains(
                        "Route.get(\"" + template.getMetadata().getAnnotations().get("prometheus.io/path") + "\"");
    }

    @Test
    void shouldReadEveryVariableThatThePodsAreGiven() {
        Set<String> given = new TreeSet<>();
        container.getEnv().forEach((EnvVar variable) -> given.add(variable.getName()));
        // KEDA reads the others of the secret.
        secret.getStringData().keySet().stream()
                .filter(key -> key.equals(key.toUpperCase(Locale.ROOT)))
                .forEach(given::add);
        gpuVariables().forEach(variable -> given.add(variable.getName()));

        assertThat(given).hasSizeGreaterThan(4);
        assertThat(variables(false)).containsAll(given);
        assertThat(environment.keySet()).containsAll(variables(true));
    }

    private static List<EnvVar> gpuVariables() {
        return read(GPU.resolve("deployment.yaml"), Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getEnv();
    }

    private Set<String> variables(boolean withoutDefault) {
        Set<String> names = new TreeSet<>();
        VARIABLE.matcher(pipeline)
                .results()
                .filter(found -> !withoutDefault || found.group(2) == null)
                .forEach(found -> names.add(found.group(1)));
        return names;
    }

    @Test
    void shouldBeAPipelineThatKafkaStreamsTakes() throws IOException {
        PipelineSettings settings = settings();

        StreamsConfig config = new StreamsConfig(StreamsProperties.of(settings));
        // Kafka Streams takes what is for its clients as it is; they check it themselves.
        ConsumerConfig consumer =
                new ConsumerConfig(serdes("deserializer", config.getMainConsumerConfigs("group", "client", 0)));
        ProducerConfig producer = new ProducerConfig(serdes("serializer", config.getProducerConfigs("client")));

        assertThat(config.getInt(StreamsConfig.NUM_STREAM_THREADS_CONFIG)).isEqualTo(settings.threads());
        assertThat(config.originals())
                .containsEntry("state.dir", environment.get("GLOSSTREAM_STATE_DIR"))
                .containsKey("session.timeout.ms");
        assertThat(consumer.getInt("session.timeout.ms")).isGreaterThan(consumer.getInt("heartbeat.interval.ms"));
        assertThat(producer.getBoolean("enable.idempotence")).isTrue();
    }

    private static Map<String, Object> serdes(String kind, Map<String, Object> client) {
        String bytes = "org.apache.kafka.common.serialization.ByteArray"
                + kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1);
        client.put("key." + kind, bytes);
        client.put("value." + kind, bytes);
        return client;
    }

    @Test
    void shouldNoticeWhatKafkaDoesNotTake() {
        String wrong = pipeline.replaceAll("(?m)^( *)session\\.timeout\\.ms:.*$", "$1session.timeout.ms: soon");

        assertThat(wrong).isNotEqualTo(pipeline);
        assertThatThrownBy(() -> StreamsProperties.of(settings(wrong)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("kafka.session.timeout.ms: expected a whole number (INT), got 'soon'");
    }

    @Test
    void shouldFindItsModelsInTheImageAndWriteWhereItMay() throws IOException {
        PipelineSettings settings = settings();
        List<String> writable = container.getVolumeMounts().stream()
                .filter((VolumeMount mount) -> !Boolean.TRUE.equals(mount.getReadOnly()))
                .map(VolumeMount::getMountPath)
                .toList();

        assertThat(settings.models().values()).hasSize(2).allSatisfy(folder -> assertThat(
                        project.relativize(folder).resolve("manifest.json"))
                .exists());
        assertThat(YamlFiles.text(Path.of("Dockerfile"))).contains("COPY --from=build /src/models models");
        assertThat(settings.kafka().get("state.dir")).isIn(writable);
        assertThat(writable).contains("/tmp");
    }

    @Test
    void shouldAskForAGpuWhereOneIsGiven() throws IOException {
        assertThat(settings().device().gpu()).isEmpty();

        gpuVariables().forEach(variable -> environment.put(variable.getName(), variable.getValue()));

        assertThat(settings().device().gpu()).isPresent();
    }

    @Test
    void shouldGiveThePipelineTheTimeThatItsEndTakes() {
        Matcher longest =
                LONGEST_CLOSE.matcher(YamlFiles.text(Path.of("src/main/java/dev/glosstream/app/RunningPipeline.java")));

        assertThat(longest.find()).isTrue();
        assertThat(template.getSpec().getTerminationGracePeriodSeconds())
                .isGreaterThan(Long.parseLong(longest.group(1)) + 5);
    }
}
