package dev.glosstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import dev.glosstream.config.PipelineFile;
import dev.glosstream.config.PipelineSettings;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/kubernetes}: every key is one that Kubernetes or KEDA knows, and the objects fit together. */
class KubernetesTest {
    private static final Path FOLDER = Path.of("deploy/kubernetes");
    private static final Map<String, Class<? extends HasMetadata>> TYPES = Map.of(
            "v1/Namespace", Namespace.class,
            "v1/ConfigMap", ConfigMap.class,
            "v1/Secret", Secret.class,
            "v1/Service", Service.class,
            "apps/v1/Deployment", Deployment.class,
            "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class);

    /** The keys that KEDA and Kustomize know, as far as they are used here: path → keys. */
    private static final Map<String, Set<String>> KNOWN = Map.of(
            "ScaledObject", Set.of("apiVersion", "kind", "metadata", "spec"),
            "ScaledObject.spec",
                    Set.of(
                            "scaleTargetRef",
                            "pollingInterval",
                            "cooldownPeriod",
                            "minReplicaCount",
                            "maxReplicaCount",
                            "advanced",
                            "triggers"),
            "ScaledObject.spec.advanced", Set.of("horizontalPodAutoscalerConfig"),
            "ScaledObject.spec.triggers", Set.of("type", "metadata", "authenticationRef"),
            "ScaledObject.spec.triggers.metadata",
                    Set.of(
                            "bootstrapServers",
                            "consumerGroup",
                            "topic",
                            "lagThreshold",
                            "activationLagThreshold",
                            "offsetResetPolicy",
                            "allowIdleConsumers"),
            "TriggerAuthentication", Set.of("apiVersion", "kind", "metadata", "spec"),
            "TriggerAuthentication.spec", Set.of("secretTargetRef"),
            "TriggerAuthentication.spec.secretTargetRef", Set.of("parameter", "name", "key"),
            "Kustomization", Set.of("apiVersion", "kind", "namespace", "resources", "images", "patches"));

    /** Fails on keys that the types do not name: theirs would otherwise be collected beside. */
    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            });

    private final Deployment deployment = read("deployment.yaml", Deployment.class);
    private final ConfigMap configMap = read("configmap.yaml", ConfigMap.class);
    private final Secret secret = read("secret.example.yaml", Secret.class);

    private static <T extends HasMetadata> T read(String file, Class<T> type) {
        return STRICT.convertValue(YamlFiles.document(FOLDER.resolve(file)), type);
    }

    @Test
    void shouldGiveUpAGpuBeforeItIsAskedForAgain() {
        Deployment gpu = STRICT.convertValue(
                YamlFiles.document(Path.of("deploy/kubernetes-gpu/deployment.yaml")), Deployment.class);

        assertThat(gpu.getSpec().getStrategy().getRollingUpdate().getMaxSurge().getIntVal())
                .isZero();
        assertThat(gpu.getSpec()
                        .getStrategy()
                        .getRollingUpdate()
                        .getMaxUnavailable()
                        .getIntVal())
                .isEqualTo(1);
    }

    @Test
    void shouldKnowEveryKey() throws IOException {
        List<Path> files = new ArrayList<>(YamlFiles.files(FOLDER, ".yaml"));
        files.addAll(YamlFiles.files(Path.of("deploy/kubernetes-gpu"), ".yaml"));
        assertThat(files).hasSizeGreaterThan(8);
        for (Path file : files) {
            YamlFiles.documents(file).forEach(document -> requireKnown(file, document));
        }
    }

    private static void requireKnown(Path file, Map<String, Object> document) {
        String kind = document.get("apiVersion") + "/" + document.get("kind");
        Class<? extends HasMetadata> type = TYPES.get(kind);
        if (type != null) {
            HasMetadata object = STRICT.convertValue(document, type);
            assertThat(object.getMetadata().getName()).as(file.toString()).startsWith("glosstream");
            return;
        }
        assertThat(kind)
                .as(file.toString())
                .isIn(
                        "keda.sh/v1alpha1/ScaledObject",
                        "keda.sh/v1alpha1/TriggerAuthentication",
                        "kustomize.config.k8s.io/v1beta1/Kustomization");
        requireKnownKeys(String.valueOf(document.get("kind")), document);
    }

    private static void requireKnownKeys(String path, Object value) {
        if (value instanceof List<?> items) {
            items.forEach(item -> requireKnownKeys(path, item));
        } else if (value instanceof Map && KNOWN.containsKey(path)) {
            Map<String, Object> map = YamlFiles.map(value);
            assertThat(KNOWN.getOrDefault(path, Set.of())).as(path).containsAll(map.keySet());
            map.forEach((key, inner) -> requireKnownKeys(path + "." + key, inner));
        }
    }

    @Test
    void shouldNoticeATypo(@TempDir Path folder) throws IOException {
        String text = YamlFiles.text(FOLDER.resolve("deployment.yaml"))
                .replace("readOnlyRootFilesystem", "readOnlyRootFileSystem");
        Path typo = Files.writeString(folder.resolve("deployment.yaml"), text);

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> requireKnown(typo, YamlFiles.document(typo))))
                .hasMessageContaining("readOnlyRootFileSystem");
    }

    @Test
    void shouldApplyEveryFileButTheExample() {
        Map<String, Object> kustomization = YamlFiles.document(FOLDER.resolve("kustomization.yaml"));
        List<String> files = YamlFiles.files(FOLDER, ".yaml").stream()
                .map(file -> file.getFileName().toString())
                .filter(file -> !file.equals("kustomization.yaml") && !file.equals("secret.example.yaml"))
                .toList();

        assertThat(YamlFiles.list(kustomization, "resources")).containsExactlyInAnyOrderElementsOf(files);
        assertThat(YamlFiles.list(kustomization, "images"))
                .singleElement()
                .extracting(image -> YamlFiles.map(image).get("name"))
                .isEqualTo(container().getImage());
    }

    @Test
    void shouldSelectThePodsThatItMakes() {
        Map<String, String> labels =
                deployment.getSpec().getTemplate().getMetadata().getLabels();
        PodDisruptionBudget budget = read("poddisruptionbudget.yaml", PodDisruptionBudget.class);
        Service service = read("service.yaml", Service.class);

        assertThat(deployment.getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
        assertThat(budget.getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
        assertThat(service.getSpec().getSelector()).isEqualTo(labels);
        assertThat(pod().getTopologySpreadConstraints())
                .allSatisfy(spread ->
                        assertThat(spread.getLabelSelector().getMatchLabels()).isEqualTo(labels));
    }

    @Test
    void shouldProbeWhatIsServed() {
        Container container = container();
        Service service = read("service.yaml", Service.class);

        assertThat(container.getPorts())
                .singleElement()
                .satisfies(port -> assertThat(port.getName()).isEqualTo("http"))
                .satisfies(port -> assertThat(port.getContainerPort()).isEqualTo(8080));
        assertThat(service.getSpec().getPorts().get(0).getTargetPort().getStrVal())
                .isEqualTo("http");
        assertThat(path(container.getStartupProbe())).isEqualTo("/health/live");
        assertThat(path(container.getLivenessProbe())).isEqualTo("/health/live");
        assertThat(path(container.getReadinessProbe())).isEqualTo("/health/ready");
    }

    private static String path(Probe probe) {
        assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http");
        return probe.getHttpGet().getPath();
    }

    @Test
    void shouldLockThePodsDown() {
        assertThat(pod().getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod().getSecurityContext().getRunAsUser()).isEqualTo(10001);
        assertThat(pod().getAutomountServiceAccountToken()).isFalse();
        assertThat(container().getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container().getSecurityContext().getAllowPrivilegeEscalation())
                .isFalse();
        assertThat(container().getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container().getResources().getRequests()).containsKeys("cpu", "memory");
        assertThat(container().getResources().getLimits()).containsKey("memory");
    }

    @Test
    void shouldMountWhatItDeclares() {
        List<String> declared =
                pod().getVolumes().stream().map(volume -> volume.getName()).toList();
        assertThat(container().getVolumeMounts())
                .allSatisfy(mount -> assertThat(declared).contains(mount.getName()));
        assertThat(container().getVolumeMounts().get(0).getMountPath())
                .isEqualTo(container().getArgs().get(2));
        assertThat(configMap.getData())
                .containsKey(container().getVolumeMounts().get(0).getSubPath());
        assertThat(pod().getVolumes().get(0).getConfigMap().getName())
                .isEqualTo(configMap.getMetadata().getName());
    }

    @Test
    void shouldReadThePipelineInItsEnvironment(@TempDir Path folder) throws IOException {
        Map<String, String> environment = new HashMap<>();
        container().getEnv().forEach((EnvVar variable) -> environment.put(variable.getName(), variable.getValue()));

        PipelineSettings open = pipeline(folder, environment);
        environment.putAll(secret.getStringData());
        PipelineSettings signedIn = pipeline(folder, environment);

        assertThat(open.kafka()).containsEntry("security.protocol", "PLAINTEXT");
        assertThat(signedIn.kafka())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.jaas.config", secret.getStringData().get("KAFKA_SASL_JAAS_CONFIG"));
        assertThat(container().getEnvFrom().get(0).getSecretRef().getName())
                .isEqualTo(secret.getMetadata().getName());
        assertThat(container().getResources().getRequests().get("cpu").getNumericalAmount())
                .isEqualByComparingTo(Integer.toString(open.threads()));
    }

    private PipelineSettings pipeline(Path folder, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(
                folder.resolve("pipeline.yaml"), configMap.getData().get("pipeline.yaml"));
        return PipelineFile.read(file, environment, List.of());
    }

    @Test
    void shouldScaleByTheLagOfThePipeline(@TempDir Path folder) throws IOException {
        List<Map<String, Object>> documents = YamlFiles.documents(FOLDER.resolve("scaledobject.yaml"));
        Map<String, Object> spec = YamlFiles.map(documents.get(0), "spec");
        Map<String, Object> trigger =
                YamlFiles.map(YamlFiles.list(spec, "triggers").get(0));
        Map<String, Object> metadata = YamlFiles.map(trigger, "metadata");
        EnvVar servers = container().getEnv().get(0);
        PipelineSettings settings = pipeline(folder, Map.of(servers.getName(), servers.getValue()));

        assertThat(YamlFiles.map(spec, "scaleTargetRef"))
                .containsEntry("name", deployment.getMetadata().getName());
        assertThat(deployment.getSpec().getReplicas()).isNull();
        assertThat(metadata)
                .containsEntry("bootstrapServers", servers.getValue())
                .containsEntry("consumerGroup", settings.applicationId())
                .containsEntry("topic", settings.topics().input())
                .allSatisfy((key, value) -> assertThat(value).as(key).isInstanceOf(String.class));
    }

    @Test
    void shouldTakeWhatKedaSignsInWithFromTheSecret() {
        Map<String, Object> authentication = YamlFiles.map(
                YamlFiles.documents(FOLDER.resolve("scaledobject.yaml")).get(1), "spec");
        Set<String> keys = new TreeSet<>();
        YamlFiles.list(authentication, "secretTargetRef").forEach(reference -> {
            assertThat(YamlFiles.map(reference))
                    .containsEntry("name", secret.getMetadata().getName());
            keys.add(String.valueOf(YamlFiles.map(reference).get("key")));
        });

        assertThat(secret.getStringData()).containsKeys(keys.toArray(String[]::new));
    }

    private PodSpec pod() {
        return deployment.getSpec().getTemplate().getSpec();
    }

    private Container container() {
        return pod().getContainers().get(0);
    }
}
