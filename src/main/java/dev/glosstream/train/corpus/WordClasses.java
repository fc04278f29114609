package dev.glosstream.train.corpus;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads files that put words and phrases into classes: lists of names, word clusters, valences. */
public final class WordClasses {
    /** Lengths of the paths in the tree of clusters that are classes. */
    private static final int[] PATH_LENGTHS = {4, 6, 10, 14};

    /** How a file is written. */
    public enum Format {
        /** A name a line. */
        LIST,
        /** The first column of a csv file. */
        CSV1,
        /** Its second column. */
        CSV2,
        /** Its third column. */
        CSV3,
        /** {@code token<TAB>mean valence<TAB>…}, VADER's lexicon: a class for each whole number. */
        VADER,
        /** A zip of {@code positive-words.txt} and {@code negative-words.txt}. */
        OPINION,
        /** {@code bits<TAB>word<TAB>count}: a class for each of several prefixes of the bits (Brown et al., 1992). */
        BROWN
    }

    private WordClasses() {}

    /**
     * Returns the words and phrases of a file, as they are written there, each with its classes.
     *
     * @param name of the class, or what the names of the classes start with
     * @throws CorpusException if the file cannot be read, holds no word, or a valence is no number
     */
    public static Map<String, Set<String>> read(Path file, Format format, String name) {
        Map<String, Set<String>> classes = new LinkedHashMap<>();
        switch (format) {
            case LIST -> CorpusLines.read(file).forEach(line -> add(classes, line, name));
            case CSV1 -> addColumn(classes, file, 0, name);
            case CSV2 -> addColumn(classes, file, 1, name);
            case CSV3 -> addColumn(classes, file, 2, name);
            case VADER -> addValences(classes, file, name);
            case OPINION -> List.of("negative", "positive").forEach(label -> addOpinions(classes, file, label, name));
            case BROWN -> CorpusLines.read(file).forEach(line -> addClusters(classes, line, name));
        }
        if (classes.isEmpty()) {
            throw new CorpusException("lexicon '" + file + "': expected words in the format "
                    + format.name().toLowerCase(Locale.ROOT) + ", found none");
        }
        return classes;
    }

    private static String cell(String line, String separator, int column) {
        String[] cells = line.split(separator, -1);
        return column < cells.length ? cells[column] : "";
    }

    private static void add(Map<String, Set<String>> classes, String phrase, String name) {
        String trimmed = phrase.trim();
        if (!trimmed.isEmpty()) {
            classes.computeIfAbsent(trimmed, key -> new TreeSet<>()).add(name);
        }
    }

    private static void addColumn(Map<String, Set<String>> classes, Path file, int column, String name) {
        CorpusLines.read(file).forEach(line -> add(classes, cell(line, ",", column), name));
    }

    private static void addValences(Map<String, Set<String>> classes, Path file, String name) {
        int number = 0;
        for (String line : CorpusLines.read(file)) {
            number++;
            String valence = cell(line, "\t", 1);
            try {
                if (!valence.isEmpty()) {
                    add(classes, cell(line, "\t", 0), name + Math.round(Double.parseDouble(valence)));
                }
            } catch (NumberFormatException e) {
                throw new CorpusException(
                        "lexicon '" + file + "', line " + number
                                + ": expected a number in the second column, got something else",
                        e);
            }
        }
    }

    private static void addOpinions(Map<String, Set<String>> classes, Path file, String label, String name) {
        CorpusLines.read(file, StandardCharsets.ISO_8859_1, label + "-words.txt").stream()
                .filter(line -> !line.startsWith(";"))
                .forEach(line -> add(classes, line, name + "-" + label));
    }

    private static void addClusters(Map<String, Set<String>> classes, String line, String name) {
        String bits = cell(line, "\t", 0);
        String word = cell(line, "\t", 1);
        for (int length : PATH_LENGTHS) {
            if (bits.length() >= length) {
                add(classes, word, name + bits.substring(0, length));
            }
        }
    }
}
