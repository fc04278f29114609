package dev.glosstream.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Apicurio Registry in memory, in a process of its own on loopback. Close it, and it is gone. */
public final class RegistryProcess implements AutoCloseable {
    private static final Path FOLDER = Path.of("target/apicurio-registry");
    private static final String JAR = "quarkus-run.jar";
    private static final int LEAST_JAVA = 21;
    private static final Duration LONGEST_START = Duration.ofSeconds(90);

    private final Process process;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();

    private RegistryProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a registry and waits until it answers; a test that asks for one is skipped where no Java can run it. */
    public static RegistryProcess start() throws IOException, InterruptedException {
        assumeTrue(
                Files.exists(FOLDER.resolve(JAR)),
                "skipped: expected the registry in " + FOLDER + ", found none; 'mvn verify' unpacks it");
        Optional<Path> java = newerJava();
        assumeTrue(
                java.isPresent(),
                "skipped: expected a Java " + LEAST_JAVA + " or newer for the registry, in JAVA21_HOME or below"
                        + " /usr/lib/jvm, found none");
        RegistryProcess registry = open(java.orElseThrow());
        try {
            registry.awaitAnswer();
            return registry;
        } catch (RuntimeException | InterruptedException | AssertionError e) {
            registry.close();
            throw e;
        }
    }

    private static RegistryProcess open(Path java) throws IOException {
        int port = freePort();
        Path log = Path.of("target/apicurio-registry-" + port + ".log");
        ProcessBuilder builder = new ProcessBuilder(
                java.toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.management.host=127.0.0.1",
                "-Dquarkus.management.port=" + freePort(),
                "-jar",
                JAR);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.directory(FOLDER.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
        return new RegistryProcess(builder.start(), port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Optional<Path> newerJava() throws IOException {
        List<Path> homes = new ArrayList<>();
        Optional.ofNullable(System.getenv("JAVA21_HOME")).map(Path::of).ifPresent(homes::add);
        homes.add(Path.of(System.getProperty("java.home")));
        Path installed = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(installed)) {
            try (Stream<Path> found = Files.list(installed)) {
                found.sorted().forEach(homes::add);
            }
        }
        return homes.stream()
                .filter(home -> version(home) >= LEAST_JAVA)
                .map(home -> home.resolve("bin/java"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Reads JAVA_VERSION="25.0.1"; 0 if it does not say. */
    private static int version(Path home) {
        Path release = home.resolve("release");
        if (!Files.isReadable(release)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(release)) {
            return lines.filter(line -> line.matches("JAVA_VERSION=\"[0-9]+\\b.*"))
                    .map(line -> line.replaceFirst("JAVA_VERSION=\"([0-9]+).*", "$1"))
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitAnswer() throws InterruptedException {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (!answers()) {
            assertThat(process.isAlive() && System.nanoTime() < end)
                    .as("registry answers; see target/apicurio-registry-%s.log", port)
                    .isTrue();
            process.waitFor(200, TimeUnit.MILLISECONDS);
        }
    }

    private boolean answers() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/subjects"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the address of its Confluent-compatible API. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port + "/apis/ccompat/v7");
    }

    /** Sends JSON to its API and returns what it says. */
    public String send(String method, String path, String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    /** SIGKILL, and waits until it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
