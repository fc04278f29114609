package dev.glosstream.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for the stores of one harness, so that it meets neither those of another nor what a killed test left. */
final class StateFolder {
    private final Path path;

    /** Makes the folder, among the temporary files. */
    StateFolder() {
        try {
            path = Files.createTempDirectory("harness-state");
        } catch (IOException e) {
            throw new UncheckedIOException("harness: expected to make a temporary folder for its stores", e);
        }
    }

    /** Returns the folder. */
    Path path() {
        return path;
    }

    /** Deletes the folder with everything in it; a second time does nothing. */
    void delete() {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("harness: expected to delete " + path, e);
        }
    }
}
