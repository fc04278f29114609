package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glosstream.infer.TinyBundles;
import dev.glosstream.sequence.Task;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code glosstream run} shows of itself: metrics, health, log; from outside, as those who watch it see it. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServiceIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LABELLED = 40;
    private static final String SECRET = "Zanzibar good";

    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() {
        TinyBundles.write(folder.resolve("sentiment"), Task.SENTIMENT);
        TinyBundles.write(folder.resolve("entities"), Task.ENTITIES);
        broker = EmbeddedBroker.start(8 << 20);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void shouldShowEveryMetricThatIsDocumentedDrawnOrAlertedOn() throws Exception {
        try (GlosstreamProcess run = run("metrics")) {
            run.awaitError("metrics is running");
            sendEverything("metrics");
            ServiceClient client = ServiceClient.of(run);

            HttpResponse<String> response = client.get("/metrics");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type"))
                    .hasValue("text/plain; version=0.0.4; charset=utf-8");
            Exposition exposed = Exposition.parse(response.body());
            assertThat(exposed.value("glosstream_events_received_total", Map.of()))
                    .isEqualTo(LABELLED + 2);
            assertThat(exposed.value("glosstream_events_labelled_total", Map.of()))
                    .isEqualTo(LABELLED);
            assertThat(exposed.value("glosstream_dead_letters_total", Map.of("reason", "not-avro")))
                    .isEqualTo(1);
            assertThat(exposed.value("glosstream_ready", Map.of())).isEqualTo(1);
            assertThat(exposed.sum("glosstream_labels_total", Map.of("task", "sentiment")))
                    .isEqualTo(LABELLED);
            requireDocumented(exposed);
            requireDeployed(exposed);
            Files.writeString(Path.of("target/metrics-of-a-run.txt"), response.body());
        }
    }

    /** The table of the documentation and what a pipeline exposes are the same. */
    private static void requireDocumented(Exposition exposed) throws IOException {
        Map<String, DocumentedMetrics.Row> documented = DocumentedMetrics.read();
        Set<String> withMaximum = Set.of("histogram", "summary");
        Set<String> own = new TreeSet<>();
        exposed.types().keySet().stream()
                .filter(name -> name.startsWith("glosstream_"))
                .filter(name ->
                        !withMaximum.contains(exposed.types().getOrDefault(name.replaceFirst("_max$", ""), "none")))
                .forEach(own::add);
        own.addAll(exposed.types().keySet().stream()
                .filter(name -> name.startsWith("glosstream_") && !name.endsWith("_max"))
                .toList());
        assertThat(documented.keySet()).as("documented and exposed").isEqualTo(own);
        documented.forEach((name, row) -> {
            Set<String> labels = exposed.labels(name, name + "_count");
            assertThat(row.type()).as(name).isEqualTo(exposed.types().get(name));
            assertThat(row.labels()).as("labels of %s", name).isEqualTo(labels);
        });
    }

    /** What dashboard and alerts name, the pipeline exposes, with those labels. */
    private static void requireDeployed(Exposition exposed) throws IOException {
        Map<String, Set<String>> asked = new TreeMap<>(DeployedQueries.metrics());
        assertThat(asked.remove("up"))
                .as("Prometheus' own, whether a scrape succeeded")
                .isNotNull();
        assertThat(exposed.names()).containsAll(asked.keySet());
        asked.forEach((metric, labels) ->
                assertThat(exposed.labels(metric)).as("labels of %s", metric).containsAll(labels));
    }

    @Test
    void shouldTellWhatItWaitsForAndWhenItIsReady() throws Exception {
        try (GlosstreamProcess run = run("health")) {
            ServiceClient client = ServiceClient.of(run);
            HttpResponse<String> early = client.get("/health/ready");
            assertThat(client.get("/health/live").statusCode()).isEqualTo(200);
            run.awaitError("health is running");
            HttpResponse<String> ready = client.get("/health/ready");

            assertThat(early.statusCode()).isEqualTo(503);
            assertThat(JSON.readTree(early.body()).get("status").asText()).isEqualTo("down");
            assertThat(ready.statusCode()).isEqualTo(200);
            JsonNode checks = JSON.readTree(ready.body()).get("checks");
            assertThat(checks.findValuesAsText("name")).containsExactly("models", "streams", "fault");
            assertThat(checks.get(1).get("detail").asText()).isEqualTo("RUNNING");
            assertThat(ready.headers().firstValue("Content-Security-Policy")).isPresent();
        }
    }

    @Test
    void shouldWriteOneJsonObjectALineAndNoText() throws Exception {
        try (GlosstreamProcess run = run("json", "--set=log.format=json")) {
            run.awaitError("json is running");
            sendEverything("json");
            run.terminate();
            assertThat(run.awaitExit()).isEqualTo(143);

            List<String> actions = new ArrayList<>();
            for (String line : run.err()) {
                JsonNode object = JSON.readTree(line);
                assertThat(object.hasNonNull("@timestamp")).as(line).isTrue();
                assertThat(object.get("service.name").asText()).isEqualTo("glosstream");
                actions.add(object.path("event.action").asText());
            }
            assertThat(actions).contains("start", "listen", "model", "models-warm", "message", "state");
            assertThat(String.join("\n", run.err())).doesNotContain("Zanzibar");
        }
    }

    @Test
    void shouldShowResultsOnTheConsoleAndLabelTypedTexts() throws Exception {
        try (GlosstreamProcess run = run("console", "--set=http.console=true")) {
            run.awaitError("console is running");
            ServiceClient client = ServiceClient.of(run);
            sendEverything("console");

            HttpResponse<String> typed = client.post("/api/label", "application/json", "{\"text\": \"Good <b> !\"}");
            List<JsonNode> shown = new ArrayList<>();
            try (ServiceClient.Events events = client.events("/api/events")) {
                while (shown.stream().noneMatch(result -> result.has("rejected"))
                        || shown.stream().noneMatch(result -> result.has("sentiment"))) {
                    shown.add(JSON.readTree(events.next()));
                }
            }

            assertThat(client.get("/").body()).contains("<title>Glosstream console</title>");
            assertThat(JSON.readTree(typed.body()).get("text").asText()).isEqualTo("Good <b> !");
            assertThat(JSON.readTree(typed.body()).at("/sentiment/scores").size())
                    .isEqualTo(3);
        }
    }

    @Test
    void shouldServeNoConsoleUnlessItIsWanted() throws Exception {
        try (GlosstreamProcess run = run("plain")) {
            ServiceClient client = ServiceClient.of(run);

            assertThat(client.get("/").statusCode()).isEqualTo(404);
            assertThat(client.get("/api/events").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void shouldNameThePortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                GlosstreamProcess run = run("taken", "--set=http.port=" + taken.getLocalPort())) {
            assertThat(run.awaitExit()).isEqualTo(ExitCode.FAILED);
            assertThat(run.lastError())
                    .contains("expected to listen on 127.0.0.1:" + taken.getLocalPort(), "set http.port");
        }
    }

    private static void sendEverything(String name) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
                TopicReader outputs =
                        new TopicReader(broker.bootstrapServers(), List.of(name + "-out", name + "-dead"))) {
            TextEventBytes events = new TextEventBytes();
            for (int number = 0; number < LABELLED; number++) {
                DemoRecord event =
                        events.record(Integer.toString(number), SECRET + " works in Paris .".repeat(number % 5));
                producer.send(new ProducerRecord<>(name + "-in", event.key(), event.value()))
                        .get();
            }
            byte[] junk = "junk".getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(name + "-in", junk, junk)).get();
            DemoRecord blank = events.record("blank", " \n");
            producer.send(new ProducerRecord<>(name + "-in", blank.key(), blank.value()))
                    .get();
            outputs.readUntil(
                    Duration.ofSeconds(60), () -> outputs.count(name + "-out", name + "-dead") == LABELLED + 2);
        }
    }

    private static GlosstreamProcess run(String name, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("run", "--create-topics", "--partitions=2"));
        for (String setting : List.of(
                "applicationId=" + name,
                "topics.input=" + name + "-in",
                "topics.enriched=" + name + "-out",
                "topics.sentiment=" + name + "-sentiment",
                "topics.entities=" + name + "-entities",
                "topics.deadLetters=" + name + "-dead",
                "models.sentiment=" + folder.resolve("sentiment"),
                "models.entities=" + folder.resolve("entities"),
                "http.port=0",
                "kafka.bootstrap.servers=" + broker.bootstrapServers(),
                "kafka.state.dir=" + folder.resolve("state-" + name))) {
            all.add("--set=" + setting);
        }
        all.addAll(List.of(arguments));
        return GlosstreamProcess.start(Map.of(), all);
    }
}
