package dev.glosstream.app.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** {@code glosstream run} as a user would start it: a pipeline file, exactly-once. */
final class GlosstreamSubject implements Subject.Starter {
    private static final long LONGEST_START_SECONDS = 120;
    private static final long GLANCE_MS = 50;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Map<String, Path> models;
    private final int threads;
    private final Map<String, Object> batching;
    private final Map<String, Object> settings;

    /**
     * Describes a pipeline.
     *
     * @param models folder of the bundle of each task
     * @param threads stream threads
     * @param batching keys of the section {@code batching}; the others keep their defaults
     * @param settings other keys of the file
     */
    GlosstreamSubject(
            Map<String, Path> models, int threads, Map<String, Object> batching, Map<String, Object> settings) {
        this.models = models;
        this.threads = threads;
        this.batching = batching;
        this.settings = settings;
    }

    @Override
    public Subject start(BenchTopics topics, Path folder) throws IOException, InterruptedException {
        int port = freePort();
        Path file = folder.resolve("pipeline.yaml");
        // JSON is YAML too.
        Files.writeString(file, new ObjectMapper().writeValueAsString(pipeline(topics, port)));
        long start = System.nanoTime();
        MeasuredProcess process = MeasuredProcess.start(
                "glosstream run",
                folder,
                List.of(),
                List.of("dev.glosstream.app.Main", "run", "--pipeline", file.toString()));
        try {
            awaitReady(process, port, start + TimeUnit.SECONDS.toNanos(LONGEST_START_SECONDS));
            double ready = (System.nanoTime() - start) / 1e9;
            return new Subject(process, OptionalInt.of(port), OptionalDouble.of(ready));
        } catch (RuntimeException | InterruptedException e) {
            process.close();
            throw e;
        }
    }

    private Map<String, Object> pipeline(BenchTopics topics, int port) {
        Map<String, Object> names = new LinkedHashMap<>(topics.others());
        names.put("input", topics.input());
        names.put("enriched", topics.results());
        Map<String, Object> pipeline = new LinkedHashMap<>();
        pipeline.put("applicationId", "bench-" + topics.run());
        pipeline.put("topics", names);
        Map<String, String> folders = new LinkedHashMap<>();
        models.forEach(
                (task, folder) -> folders.put(task, folder.toAbsolutePath().toString()));
        pipeline.put("models", folders);
        pipeline.put("batching", batching);
        pipeline.put("threads", threads);
        pipeline.put("http", Map.of("port", port));
        pipeline.put("kafka", Map.of("bootstrap.servers", topics.servers()));
        pipeline.putAll(settings);
        return pipeline;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitReady(MeasuredProcess process, int port, long endNanos) throws InterruptedException {
        while (System.nanoTime() < endNanos) {
            process.requireAlive();
            try {
                if (get(port, "/health/ready").statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // It does not listen yet.
            }
            TimeUnit.MILLISECONDS.sleep(GLANCE_MS);
        }
        throw new BenchException(
                "glosstream run: expected to be ready within " + LONGEST_START_SECONDS + " s, it was not");
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return HTTP.send(
                HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    /**
     * Returns the sums of all series of counters, of one moment.
     *
     * @param port where the metrics are served
     */
    static List<Double> counters(int port, List<String> names) throws InterruptedException {
        try {
            List<String> lines = get(port, "/metrics").body().lines().toList();
            return names.stream()
                    .map(name -> lines.stream()
                            .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                            .sum())
                    .toList();
        } catch (IOException e) {
            throw new BenchException("metrics of glosstream run: expected an answer, got " + e);
        }
    }
}
