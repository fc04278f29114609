package dev.glosstream.embedding;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The text format of word2vec: a line {@code rows dimension}, then a line per entry with the entry and its values, separated
 * by single spaces; UTF-8; compressed if the file's name ends in {@code .gz}.
 *
 * <p>Values are the shortest decimals that give the same float back. White space within an entry, which the format has no
 * place for, is written as {@code _}, word2vec's own way with phrases.
 */
public final class Word2VecText {
    private static final Pattern WHITE_SPACE = Pattern.compile("[\\s\\p{Z}\\p{Cc}]");
    private static final int BUFFER_BYTES = 1 << 16;

    private Word2VecText() {}

    /**
     * Writes a table. The file is there whole or as it was before.
     *
     * @throws IllegalArgumentException if two entries are one in this format; nothing is written then
     */
    public static void write(WordVectors vectors, Path file) throws IOException {
        List<String> names = names(vectors);
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (BufferedWriter writer = new BufferedWriter(
                    new OutputStreamWriter(packed(file, Files.newOutputStream(beside)), StandardCharsets.UTF_8))) {
                writer.write(vectors.size() + " " + vectors.dimension() + "\n");
                for (int row = 0; row < vectors.size(); row++) {
                    writer.write(line(names.get(row), vectors, row));
                }
            }
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static OutputStream packed(Path file, OutputStream out) throws IOException {
        return isGzip(file) ? new GZIPOutputStream(out, BUFFER_BYTES) : out;
    }

    private static boolean isGzip(Path file) {
        return file.toString().endsWith(".gz");
    }

    private static List<String> names(WordVectors vectors) {
        List<String> names = new ArrayList<>(vectors.size());
        Set<String> taken = new HashSet<>();
        for (String entry : vectors.entries()) {
            String name = WHITE_SPACE.matcher(entry).replaceAll("_");
            if (name.isEmpty() || !taken.add(name)) {
                throw new IllegalArgumentException(
                        "word2vec text: expected entries that differ after '_' took the place"
                                + " of white space, got '" + name + "' twice or an empty one");
            }
            names.add(name);
        }
        return names;
    }

    private static String line(String name, WordVectors vectors, int row) {
        StringBuilder line = new StringBuilder(name);
        for (int index = 0; index < vectors.dimension(); index++) {
            line.append(' ').append(vectors.at(row, index));
        }
        return line.append('\n').toString();
    }

    /**
     * Reads a table that {@link #write} wrote.
     *
     * @throws IOException if the file is not in the format; the message says which line
     */
    public static WordVectors read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(
                        isGzip(file) ? new GZIPInputStream(in, BUFFER_BYTES) : in, StandardCharsets.UTF_8))) {
            String header = String.valueOf(reader.readLine());
            require(header.matches("[1-9][0-9]{0,8} [1-9][0-9]{0,8}"), file, 1, "'rows dimension'");
            String[] sizes = header.split(" ", -1);
            int size = Integer.parseInt(sizes[0]);
            int dimension = Integer.parseInt(sizes[1]);
            List<String> entries = new ArrayList<>();
            List<float[]> rows = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] fields = line.split(" ", -1);
                require(fields.length == dimension + 1, file, rows.size() + 2, "an entry and " + dimension + " values");
                entries.add(fields[0]);
                rows.add(values(fields));
            }
            require(rows.size() == size, file, rows.size() + 1, size + " entries before the end");
            return new WordVectors(entries, rows.toArray(float[][]::new));
        }
    }

    private static float[] values(String[] fields) {
        float[] values = new float[fields.length - 1];
        for (int index = 0; index < values.length; index++) {
            values[index] = Float.parseFloat(fields[index + 1]);
        }
        return values;
    }

    private static void require(boolean holds, Path file, int line, String expected) throws IOException {
        if (!holds) {
            throw new IOException(
                    "word vectors '" + file + "' line " + line + ": expected " + expected + ", got something else");
        }
    }
}
