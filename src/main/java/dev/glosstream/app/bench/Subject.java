package dev.glosstream.app.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A process that reads texts from a topic and writes results to another, and what it tells about itself.
 *
 * @param process at work; closed with the subject
 * @param metricsPort port of its Prometheus metrics on loopback, if it has any
 * @param readySeconds from its start until it was ready, if it tells
 */
record Subject(MeasuredProcess process, OptionalInt metricsPort, OptionalDouble readySeconds) implements AutoCloseable {

    /** Starts a subject on topics that exist. */
    interface Starter {
        /**
         * Starts it; returns once it is ready, or has started if it does not tell.
         *
         * @param folder for its files
         */
        Subject start(BenchTopics topics, Path folder) throws IOException, InterruptedException;
    }

    /** Returns a starter of a process with a main class that takes {@code --servers, --run} and its own arguments. */
    static Starter main(String name, List<String> javaOptions, List<String> arguments) {
        return main(name, System.getProperty("java.class.path"), javaOptions, arguments);
    }

    /** Returns a starter of such a process with another class path. */
    static Starter main(String name, String classPath, List<String> javaOptions, List<String> arguments) {
        return (topics, folder) -> {
            List<String> all = new ArrayList<>(arguments);
            all.addAll(List.of("--servers", topics.servers(), "--run", topics.run()));
            return new Subject(
                    MeasuredProcess.start(name, folder, classPath, javaOptions, all),
                    OptionalInt.empty(),
                    OptionalDouble.empty());
        };
    }

    @Override
    public void close() {
        process.close();
    }
}
