package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glosstream.app.cluster.NewTopics;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of examples/review-alerts in a process of its own, with the shipped models, against a real broker. */
class ExampleIT {
    private static final Path SOURCES = Path.of("examples/review-alerts/src/main/java");
    private static final List<String> TOPICS =
            List.of("reviews", "review-alerts", "negative-reviews", "reviews-dead-letters");

    @TempDir
    private Path folder;

    @Test
    void shouldTurnReviewsIntoAlertsCountsAndDeadLettersAndEndWhenTold() throws Exception {
        Path classes = compile();
        try (EmbeddedBroker broker = EmbeddedBroker.start(8 << 20)) {
            create(broker.bootstrapServers());
            Path log = folder.resolve("log");
            Process program = start(classes, broker.bootstrapServers(), log);
            try (TopicReader outputs = new TopicReader(broker.bootstrapServers(), TOPICS.subList(1, 4))) {
                send(broker.bootstrapServers());

                outputs.readUntil(
                        Duration.ofMinutes(2),
                        () -> outputs.count("review-alerts") > 0
                                && outputs.count("negative-reviews") > 0
                                && outputs.count("reviews-dead-letters") > 0);
                program.toHandle().destroy();

                assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
                // 128 and SIGTERM.
                assertThat(program.exitValue()).as(Files.readString(log)).isEqualTo(143);
                assertResults(outputs);
            } finally {
                program.destroyForcibly();
            }
        }
    }

    private static void assertResults(TopicReader outputs) throws IOException {
        outputs.readToEnd();
        assertThat(outputs.of("review-alerts")).hasSize(1);
        JsonNode alert =
                new ObjectMapper().readTree(outputs.of("review-alerts").get(0).value());
        assertThat(alert.get("reviewId").asText()).isEqualTo("r-1");
        assertThat(alert.get("store").asText()).isEqualTo("Lyon");
        assertThat(outputs.of("negative-reviews")).extracting(ExampleIT::key).containsExactly("Lyon");
        ConsumerRecord<byte[], byte[]> letter =
                outputs.of("reviews-dead-letters").get(0);
        assertThat(key(letter)).isEqualTo("k-3");
        assertThat(new String(letter.headers().lastHeader("glosstream.reason").value(), StandardCharsets.UTF_8))
                .isEqualTo("blank-text");
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    private Path compile() throws IOException {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of(
                "--release",
                "17",
                "-proc:none",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path")));
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
        }
        int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(failed).isZero();
        return classes;
    }

    private Process start(Path classes, String brokers, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        // State and unpacked natives of this life alone.
        command.add("-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("tmp")));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("ai.djl") || name.startsWith("offline"))
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.addAll(List.of("-cp", classes + File.pathSeparator + System.getProperty("java.class.path")));
        command.addAll(List.of("com.example.reviews.Main", brokers, "models"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static void create(String brokers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            NewTopics.create(
                    admin,
                    TOPICS.stream()
                            .map(topic -> new NewTopic(topic, 2, (short) 1))
                            .toList());
        }
    }

    private static void send(String brokers) throws Exception {
        Map<String, Object> client = Map.of("bootstrap.servers", brokers);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
            List<String> reviews = List.of(
                    "{'id':'r-1','store':'Lyon','stars':1,'body':'Terrible service, the worst shop I have ever been to.'}",
                    "{'id':'r-2','store':'Lyon','stars':5,'body':'Wonderful, I love this shop and everybody in it!'}",
                    "{'id':'r-3','store':'Bonn','stars':3,'body':' '}");
            for (int number = 0; number < reviews.size(); number++) {
                String review = reviews.get(number).replace('\'', '"');
                producer.send(new ProducerRecord<>("reviews", "k-" + (number + 1), review))
                        .get();
            }
        }
    }
}
