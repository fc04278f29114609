package dev.glosstream.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The entries of one token column and their ids: dense from 0, in file order.
 *
 * <p>Id 0 is padding, id 1 stands for every entry that is not in the list. In a file: one entry a line, UTF-8, the two
 * reserved ones first. Immutable; any number of threads may share one.
 */
public final class Vocabulary implements IdSpace {
    private static final String PAD = "<pad>";
    private static final String UNKNOWN = "<unknown>";

    private final List<String> entries;
    private final Map<String, Integer> ids;

    private Vocabulary(List<String> entries) {
        this.entries = List.copyOf(entries);
        this.ids = new HashMap<>(entries.size() * 2);
        for (int id = 0; id < entries.size(); id++) {
            if (ids.put(entries.get(id), id) != null) {
                throw new IllegalArgumentException(
                        "vocabulary: expected distinct entries, got '" + entries.get(id) + "' twice");
            }
        }
    }

    /**
     * Creates a vocabulary of the two reserved entries and these.
     *
     * @param known distinct entries, most frequent first by convention
     */
    public static Vocabulary of(List<String> known) {
        List<String> entries = new ArrayList<>(known.size() + 2);
        entries.add(PAD);
        entries.add(UNKNOWN);
        entries.addAll(known);
        return new Vocabulary(entries);
    }

    /**
     * Reads a vocabulary file.
     *
     * @throws BundleException if the file does not start with the reserved entries or repeats one
     */
    public static Vocabulary read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        if (lines.size() < 2 || !lines.get(0).equals(PAD) || !lines.get(1).equals(UNKNOWN)) {
            throw new BundleException("vocabulary '" + file + "': expected '" + PAD + "' and '" + UNKNOWN
                    + "' as the first two lines, got " + lines.stream().limit(2).toList());
        }
        try {
            return new Vocabulary(lines);
        } catch (IllegalArgumentException repeated) {
            throw new BundleException("vocabulary '" + file + "': " + repeated.getMessage(), repeated);
        }
    }

    /** Writes the vocabulary, one entry a line. */
    public void write(Path file) throws IOException {
        Files.writeString(file, String.join("\n", entries) + "\n");
    }

    @Override
    public int id(String entry) {
        return ids.getOrDefault(entry, UNKNOWN_ID);
    }

    @Override
    public int size() {
        return entries.size();
    }

    /** Returns whether an entry is the name of one of the two reserved ids, and so cannot be listed. */
    public static boolean isReserved(String entry) {
        return entry.equals(PAD) || entry.equals(UNKNOWN);
    }

    /** Returns the entry of an id. */
    public String entry(int id) {
        return entries.get(id);
    }
}
