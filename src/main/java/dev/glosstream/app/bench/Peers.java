package dev.glosstream.app.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What people run instead, as processes: Flink with the same models, and CoreNLP. Built by a Maven profile of its own, so it
 * may be missing.
 *
 * @param classPath theirs, before that of this program: they bring libraries of other versions
 */
public record Peers(String classPath) {
    /** How to build them. */
    public static final String BUILD = "mvn -Ppeers -DskipTests package";

    private static final Duration LONGEST_TAGGING = Duration.ofMinutes(20);
    /** Flink reaches into Java, as its own start script allows it to. */
    private static final List<String> FLINK_OPTIONS = List.of(
                    "java.lang",
                    "java.lang.reflect",
                    "java.net",
                    "java.io",
                    "java.nio",
                    "sun.nio.ch",
                    "java.text",
                    "java.time",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.concurrent.atomic",
                    "java.util.concurrent.locks")
            .stream()
            .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED")
            .toList();

    /**
     * Finds them.
     *
     * @param home the project folder
     * @return empty if they are not built
     */
    public static Optional<Peers> in(Path home) {
        Path classes = home.resolve("target/peers/classes");
        Path libraries = home.resolve("target/peers/lib");
        return Files.isDirectory(classes) && Files.isDirectory(libraries)
                ? Optional.of(new Peers(classes + File.pathSeparator + libraries.resolve("*")))
                : Optional.empty();
    }

    private String wholeClassPath() {
        return classPath + File.pathSeparator + System.getProperty("java.class.path");
    }

    /**
     * Returns a starter of a Flink job.
     *
     * @param row one of Flink's
     * @param arguments what it is given besides Kafka and the topics
     */
    Subject.Starter flink(BenchRow row, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("dev.glosstream.peers.FlinkPeer"));
        all.addAll(arguments);
        return Subject.main(row.code(), wholeClassPath(), FLINK_OPTIONS, all);
    }

    /** What {@code CoreNlpPeer} prints. */
    private record Tagged(int texts, long entities, double seconds, double cpuSeconds) {}

    /** Tags the texts of a load with CoreNLP, in memory. */
    Throughput coreNlp(Load load, int threads) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("glosstream-bench-");
        try {
            ObjectMapper json = new ObjectMapper();
            Path file = folder.resolve("texts.json");
            json.writeValue(file.toFile(), load.measured());
            List<String> arguments =
                    List.of("dev.glosstream.peers.CoreNlpPeer", "--texts=" + file, "--threads=" + threads);
            String name = BenchRow.CORENLP.code();
            try (MeasuredProcess process =
                    MeasuredProcess.start(name, folder, wholeClassPath(), List.of(), arguments)) {
                Tagged tagged = json.readValue(process.awaitAnswer(LONGEST_TAGGING), Tagged.class);
                return new Throughput(
                        tagged.texts(),
                        load.measuredTokens(),
                        tagged.seconds(),
                        tagged.cpuSeconds(),
                        0,
                        0,
                        0,
                        Throughput.Inside.UNKNOWN);
            }
        } finally {
            ThroughputRun.delete(folder);
        }
    }
}
