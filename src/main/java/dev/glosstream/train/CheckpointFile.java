package dev.glosstream.train;

import dev.glosstream.model.WholeFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file from which a killed run goes on: everything that changes while it runs.
 *
 * <p>It is replaced as a whole: whenever a process dies, the file is either the old one or the new one. It begins with
 * what it belongs to, and is refused by a run of anything else.
 */
final class CheckpointFile {
    private static final int FORMAT = 0x474C4302;

    private final Path file;
    private final String recipe;
    private final String data;

    /**
     * Creates a checkpoint; nothing is written yet.
     *
     * @param recipe fingerprint of all settings
     * @param data fingerprint of all examples, and of the other files that are learned from
     */
    CheckpointFile(Path file, String recipe, String data) {
        this.file = file;
        this.recipe = recipe;
        this.data = data;
    }

    /** Writes or reads the parts of a state. */
    interface Transfer<S> {
        void apply(S stream) throws IOException;
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** Replaces the checkpoint. */
    void write(Transfer<DataOutputStream> state) throws IOException {
        WholeFile.replace(file, bytes -> {
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(FORMAT);
            out.writeUTF(recipe);
            out.writeUTF(data);
            state.apply(out);
            out.flush();
        });
    }

    /**
     * Reads the checkpoint.
     *
     * @param state reads all that was written
     * @throws IllegalArgumentException if it is of another recipe, of other data, or of another version of this program, or
     *     holds anything but such a state
     */
    void read(Transfer<DataInputStream> state) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            require(in.readInt() == FORMAT, "the version of this program that wrote it", "another");
            require(in.readUTF().equals(recipe), "the recipe and settings it began with", "others");
            require(in.readUTF().equals(data), "the data it began with", "other data, lexicons, vectors or teachers");
            state.apply(in);
            if (in.read() >= 0) {
                throw new StreamCorruptedException("something after it");
            }
        } catch (EOFException e) {
            throw damaged("a file that ends early", e);
        } catch (StreamCorruptedException e) {
            throw damaged(e.getMessage(), e);
        }
    }

    private IllegalArgumentException damaged(@Nullable String got, IOException e) {
        return new IllegalArgumentException(
                "checkpoint '" + file + "': expected the state of this network and nothing else, got " + got
                        + "; start again without --resume",
                e);
    }

    private void require(boolean holds, String expected, String got) {
        if (!holds) {
            throw new IllegalArgumentException("unfinished training '" + file.getParent() + "': expected " + expected
                    + ", got " + got + "; go on with those, or start again without --resume");
        }
    }
}
