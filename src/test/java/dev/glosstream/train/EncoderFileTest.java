package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.model.Digests;
import dev.glosstream.train.corpus.CorpusException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encoder files that were damaged on their way, or made by somebody else. */
class EncoderFileTest {
    private static final String COLUMN_FILE = "word.vocabulary.txt";

    @TempDir
    private Path folder;

    private TinyPretraining runs;
    private Path file;
    private byte[] whole;

    @BeforeEach
    void pretrain() throws IOException {
        runs = new TinyPretraining(folder);
        runs.train(runs.recipe("pretraining.epochs=1"), "a");
        file = folder.resolve("a/pretrained.encoder");
        whole = Files.readAllBytes(file);
    }

    @Test
    void shouldRefuseAFileWithAnyBitTurned() throws IOException {
        for (int place = Integer.BYTES; place < whole.length; place += 1 + whole.length / 50) {
            byte[] damaged = whole.clone();
            damaged[place] ^= 0x10;
            requireRefused(damaged);
        }
        requireRefused(Arrays.copyOf(whole, whole.length + 1));
        requireRefused(Arrays.copyOf(whole, whole.length - 1));
        requireRefused(Arrays.copyOf(whole, Integer.BYTES));
        requireRefused(new byte[0]);
    }

    @Test
    void shouldRefuseALengthThatIsNone() throws IOException {
        byte[] damaged = whole.clone();
        ByteBuffer.wrap(damaged).putInt(placeOfColumnFile() + COLUMN_FILE.length(), -1);

        requireRefused(sealed(damaged));
    }

    @Test
    void shouldWriteNothingOutsideTheFolderOfTheColumns() throws IOException {
        Files.write(file, sealed(named("../../../escape.txt")));

        assertThatThrownBy(() -> runs.train(runs.sharing("a", "pretraining.vocabulary=all"), "b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file + "': expected the column files [" + COLUMN_FILE
                        + "], got [../../../escape.txt]; pretrain again");
        assertThat(folder.resolve("b")).isDirectoryNotContaining("glob:**escape.txt");
        assertThat(folder).isDirectoryNotContaining("glob:**escape.txt");
    }

    @Test
    void shouldSayThatAColumnFileIsMissing() throws IOException {
        Files.write(file, sealed(named("next.vocabulary.txt")));

        assertThatThrownBy(() -> runs.train(runs.sharing("a"), "b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected the column files [" + COLUMN_FILE + "], got [next.vocabulary.txt]");
    }

    private void requireRefused(byte[] content) throws IOException {
        Files.write(file, content);
        assertThatThrownBy(() -> EncoderFile.read(file))
                .isInstanceOf(CorpusException.class)
                .hasMessage("pretraining.encoder '" + file
                        + "': expected a whole file, got a damaged one; copy it again, or pretrain again");
    }

    private int placeOfColumnFile() {
        return new String(whole, StandardCharsets.ISO_8859_1).indexOf(COLUMN_FILE + "\0");
    }

    /** Returns the file with another name of the same length for its column file. */
    private byte[] named(String other) {
        assertThat(other).hasSameSizeAs(COLUMN_FILE);
        byte[] named = whole.clone();
        byte[] name = other.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(name, 0, named, placeOfColumnFile(), name.length);
        return named;
    }

    /** Returns the content with the digest that somebody who makes such a file gives it. */
    private static byte[] sealed(byte[] content) {
        MessageDigest digest = Digests.sha256();
        int end = content.length - digest.getDigestLength();
        digest.update(content, 0, end);
        System.arraycopy(digest.digest(), 0, content, end, digest.getDigestLength());
        return content;
    }
}
