package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program as a user starts it: the launcher script, its own JVM. Close it, and it is gone. */
final class GlosstreamProcess implements AutoCloseable {
    private static final Path LAUNCHER = Path.of("glosstream").toAbsolutePath();

    private final Process process;
    private final Lines out;
    private final Lines err;

    private GlosstreamProcess(Process process) {
        this.process = process;
        this.out = new Lines(process.getInputStream());
        this.err = new Lines(process.getErrorStream());
    }

    /** Starts a command with empty standard input. */
    static GlosstreamProcess start(Map<String, String> environment, List<String> arguments) throws IOException {
        GlosstreamProcess started = open(environment, arguments);
        started.process.getOutputStream().close();
        return started;
    }

    /** Starts a command, gives it this input, and waits for its end. */
    static GlosstreamProcess run(Map<String, String> environment, byte[] input, String... arguments)
            throws IOException, InterruptedException {
        GlosstreamProcess started = open(environment, List.of(arguments));
        try (var in = started.process.getOutputStream()) {
            in.write(input);
        }
        started.awaitExit();
        return started;
    }

    private static GlosstreamProcess open(Map<String, String> environment, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(LAUNCHER.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("GLOSSTREAM_SKIP_BUILD", "1");
        // Several may run at once.
        builder.environment().put("GLOSSTREAM_HTTP_PORT", "0");
        builder.environment().put("GLOSSTREAM_JAVA_OPTS", "-Xmx512m -XX:TieredStopAtLevel=1");
        builder.environment().putAll(environment);
        return new GlosstreamProcess(builder.start());
    }

    /** Waits until a line on standard error contains that text. */
    void awaitError(String text) throws InterruptedException {
        err.await(text, process);
    }

    /** Waits for the end and returns the exit code. */
    int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(90, TimeUnit.SECONDS))
                .as("process ended; standard error: %s", err.all())
                .isTrue();
        out.join();
        err.join();
        return process.exitValue();
    }

    /** SIGTERM. */
    void terminate() {
        // Process.destroy() would close its output too, and what it says at the end would be lost.
        process.toHandle().destroy();
    }

    /** SIGKILL, and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    List<String> out() {
        return out.all();
    }

    List<String> err() {
        return err.all();
    }

    /** Returns the last line that the program itself wrote on standard error; threads of Kafka may still log after it. */
    String lastError() {
        return err.all().stream()
                .filter(line -> line.startsWith("glosstream: "))
                .reduce("", (earlier, later) -> later);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Collects the lines of a stream on a thread of its own, so that the process never waits for a reader. */
    private static final class Lines {
        private final List<String> lines = new ArrayList<>();
        private final Thread thread;

        Lines(InputStream in) {
            thread = new Thread(() -> collect(in), "lines");
            thread.setDaemon(true);
            thread.start();
        }

        private void collect(InputStream in) {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    synchronized (lines) {
                        lines.add(line);
                        lines.notifyAll();
                    }
                }
            } catch (IOException closed) {
                throw new UncheckedIOException(closed);
            }
        }

        List<String> all() {
            synchronized (lines) {
                return List.copyOf(lines);
            }
        }

        void join() throws InterruptedException {
            thread.join();
        }

        void await(String text, Process process) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            synchronized (lines) {
                while (lines.stream().noneMatch(line -> line.contains(text))) {
                    assertThat(process.isAlive() && System.nanoTime() < end)
                            .as("process says '%s'; it said %s", text, lines)
                            .isTrue();
                    lines.wait(100);
                }
            }
        }
    }
}
