package dev.glosstream.app.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs of which each may fail without taking along what the others found. One thread. */
final class Attempts {
    private final Consumer<String> say;
    private final List<Failed> failures = new ArrayList<>();

    /**
     * Begins without failures.
     *
     * @param say is told of each failure
     */
    Attempts(Consumer<String> say) {
        this.say = say;
    }

    /** Something that may fail. */
    interface Attempt<T> {
        /** Does it. */
        T make() throws IOException, InterruptedException;
    }

    /**
     * Attempts it. Whatever goes wrong is kept as a failure: wrong results, a process that ended, none that answers, a disk
     * that is full.
     *
     * @param what the report calls it
     * @return empty if it failed
     */
    <T> Optional<T> make(String what, Attempt<T> attempt) throws InterruptedException {
        try {
            return Optional.of(attempt.make());
        } catch (IOException | RuntimeException e) {
            Failed failed = new Failed(what, why(e));
            failures.add(failed);
            say.accept(what + ": failed: " + failed.why());
            return Optional.empty();
        }
    }

    private static String why(Exception failure) {
        return failure instanceof BenchException && failure.getMessage() != null
                ? failure.getMessage()
                : failure.toString();
    }

    /** Returns what failed so far. */
    List<Failed> failures() {
        return List.copyOf(failures);
    }
}
