package dev.glosstream.train.corpus;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads pretrained word vectors in the text formats of GloVe, word2vec and fastText, plain or in gzip: a word and its
 * values a line, separated by spaces; word2vec and fastText have a first line {@code rows dimension}.
 *
 * @see <a href="https://nlp.stanford.edu/projects/glove/">Pennington et al., "GloVe", 2014</a>
 */
public final class WordVectors {
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]*[.]?[0-9]+([eE][-+]?[0-9]+)?");

    private final Path file;
    private final int dimension;
    private final Map<String, float[]> vectors = new LinkedHashMap<>();
    private int number;

    private WordVectors(Path file, int dimension) {
        this.file = file;
        this.dimension = dimension;
    }

    /**
     * Returns word → vector, in the order of the file; the first of a repeated word.
     *
     * @param dimension values per vector
     * @throws CorpusException naming file and line, if a line holds another number of values or something else
     */
    public static Map<String, float[]> read(Path file, int dimension) {
        WordVectors reading = new WordVectors(file, dimension);
        CorpusLines.each(file, reading::add);
        if (reading.vectors.isEmpty()) {
            throw new CorpusException("vectors '" + file + "': expected words with " + dimension + " values, got none");
        }
        return reading.vectors;
    }

    private void add(String line) {
        number++;
        String trimmed = line.stripTrailing();
        if (number == 1 && dimension != 1 && trimmed.matches("[0-9]+ [0-9]+")) {
            requireDimension(trimmed);
        } else if (!trimmed.isEmpty()) {
            int cut = cut(trimmed);
            String word = word(trimmed, cut);
            float[] values = values(trimmed, cut);
            // No token holds white space; some published files have a few such words.
            if (word.chars().noneMatch(unit -> unit == ' ' || unit == '\r')) {
                vectors.putIfAbsent(word, values);
            }
        }
    }

    /** Returns where the values start: the space before the last so many cells; below 1 if there are not enough. */
    private int cut(String line) {
        int cut = line.length();
        for (int values = 0; values < dimension && cut > 0; values++) {
            cut = line.lastIndexOf(' ', cut - 1);
        }
        return cut;
    }

    private void requireDimension(String header) {
        if (!header.endsWith(" " + dimension)) {
            throw new CorpusException("vectors '" + file + "': expected dimension " + dimension
                    + ", as the column has, got the first line '" + header + "'; set the column's dimension to it");
        }
    }

    /** Returns what stands before the values; if that ends in a number, there are more of them than there should be. */
    private String word(String line, int cut) {
        String word = line.substring(0, Math.max(0, cut));
        int space = word.lastIndexOf(' ');
        if (word.isEmpty()
                || (space >= 0 && NUMBER.matcher(word.substring(space + 1)).matches())) {
            throw wrong("a word and as many values as the column's dimension");
        }
        return word;
    }

    private float[] values(String line, int cut) {
        String[] cells = line.substring(cut + 1).split(" ", -1);
        float[] values = new float[dimension];
        try {
            for (int index = 0; index < dimension; index++) {
                values[index] = Float.parseFloat(cells[index]);
            }
        } catch (NumberFormatException e) {
            throw wrong(dimension + " numbers after the word");
        }
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw wrong("finite numbers");
            }
        }
        return values;
    }

    private CorpusException wrong(String expected) {
        return new CorpusException("vectors '" + file + "', line " + number + ": expected " + expected
                + ", got another line; set the column's dimension to that of the file");
    }
}
