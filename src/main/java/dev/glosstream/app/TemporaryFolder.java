package dev.glosstream.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A folder that is gone when it is closed, or when the process ends. */
final class TemporaryFolder implements AutoCloseable {
    private final Path path;
    private final AtExit.Closing closing;

    private TemporaryFolder(Path path) {
        this.path = path;
        this.closing = AtExit.register(this::delete);
    }

    /**
     * Creates a folder below {@code java.io.tmpdir}, for this user only; the id of the process is part of its name.
     *
     * @throws UncheckedIOException if it cannot
     */
    static TemporaryFolder create(String prefix) {
        try {
            return new TemporaryFolder(
                    Files.createTempDirectory(prefix + ProcessHandle.current().pid() + "-"));
        } catch (IOException e) {
            throw new UncheckedIOException("temporary folder: expected to create one, got " + e.getMessage(), e);
        }
    }

    /** Returns where it is. */
    Path path() {
        return path;
    }

    /** Deletes it with all it holds; what cannot be deleted stays. */
    @Override
    public void close() {
        closing.close();
    }

    private void delete() {
        try {
            Files.walkFileTree(path, new Deletion());
        } catch (IOException e) {
            System.err.println("glosstream: temporary folder " + path + " could not be deleted: " + e);
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
