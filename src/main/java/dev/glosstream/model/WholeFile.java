package dev.glosstream.model;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Replaces a file as a whole: whoever opens it, and whenever the process dies, finds all of the old content or all of the new.
 *
 * <p>The new content is written beside the file, forced to disk, and moved into place in one go. One writer per file.
 */
public final class WholeFile {
    private WholeFile() {}

    /** Writes what a file is to hold. */
    public interface Content {
        /** Writes it; the stream is buffered, and closed by others. */
        void write(OutputStream out) throws IOException;
    }

    /**
     * Replaces a file, or makes it.
     *
     * @throws IOException if its folder cannot be written, or the content throws it; the old file is then left as it was
     */
    public static void replace(Path file, Content content) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            try (FileOutputStream bytes = new FileOutputStream(next.toFile());
                    OutputStream out = new BufferedOutputStream(bytes)) {
                content.write(out);
                out.flush();
                bytes.getFD().sync();
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /**
     * Replaces a file by a text in UTF-8, or makes it.
     *
     * @throws IOException if its folder cannot be written; the old file is then left as it was
     */
    public static void replace(Path file, String text) throws IOException {
        replace(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
