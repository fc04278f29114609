package dev.glosstream.app.bench;

import dev.glosstream.app.process.ProcessorTime;
import dev.glosstream.app.process.ResidentMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java process that is measured from outside. One thread; closing it ends the process. */
final class MeasuredProcess implements AutoCloseable {
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);
    private static final int SHOWN_LINES = 12;

    private final String name;
    private final Process process;
    private final Path out;
    private final Path err;

    private MeasuredProcess(String name, Process process, Path out, Path err) {
        this.name = name;
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts a class of this program in a Java like this one.
     *
     * @param name for messages
     * @param folder where its output goes; a fresh one for each process
     * @param javaOptions options of Java before the class
     * @param arguments the class and what it is given
     */
    static MeasuredProcess start(String name, Path folder, List<String> javaOptions, List<String> arguments)
            throws IOException {
        return start(name, folder, System.getProperty("java.class.path"), javaOptions, arguments);
    }

    /** Starts a class of another class path. */
    static MeasuredProcess start(
            String name, Path folder, String classPath, List<String> javaOptions, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // As the launcher starts what serves; the same for every row.
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.contains("TieredCompilation"))
                .toList());
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", classPath));
        command.addAll(arguments);
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        process.getOutputStream().close();
        return new MeasuredProcess(name, process, out, err);
    }

    /**
     * Requires that it is at work.
     *
     * @throws BenchException with the end of what it said, if not
     */
    void requireAlive() {
        if (!process.isAlive()) {
            throw ended();
        }
    }

    private BenchException ended() {
        List<String> said = new ArrayList<>(lines(err));
        List<String> last = said.subList(Math.max(0, said.size() - SHOWN_LINES), said.size());
        return new BenchException(name + ": expected it to work on, ended with exit code " + process.exitValue() + ":\n"
                + String.join("\n", last));
    }

    /** Waits until it has ended by itself, and returns what it printed. */
    String awaitAnswer(Duration longest) throws InterruptedException {
        if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new BenchException(name + ": expected an answer within " + longest.toSeconds() + " s, got none");
        }
        if (process.exitValue() != 0) {
            throw ended();
        }
        return String.join("\n", lines(out));
    }

    /** Returns what it has printed so far, line by line. */
    List<String> printed() {
        return lines(out);
    }

    /** Returns the processor time that all its threads have used, in seconds. */
    double cpuSeconds() {
        return ProcessorTime.seconds(process.toHandle());
    }

    /** Returns the most memory that it had resident, in bytes; 0 where the system does not tell. */
    long peakResidentBytes() {
        return ResidentMemory.peakBytes(process.toHandle());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to stop, and waits until it has. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
