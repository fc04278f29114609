package dev.glosstream.train.corpus;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads pretrained word vectors in the text formats of GloVe, word2vec and fastText, plain or in gzip: a word and its
 * values a line, separated by spaces; word2vec and fastText have a first line {@code rows dimension}.
 *
 * @see <a href="https://nlp.stanford.edu/projects/glove/">Pennington et al., "GloVe", 2014</a>
 */
public final class WordVectors {
    private WordVectors() {}

    /**
     * Returns word → vector, in the order of the file; the first of a repeated word.
     *
     * @param dimension values per vector
     * @throws CorpusException naming file and line, if a line holds another number of values or something else
     */
    public static Map<String, float[]> read(Path file, int dimension) {
        Map<String, float[]> vectors = new LinkedHashMap<>();
        int number = 0;
        for (String line : CorpusLines.read(file)) {
            number++;
            String trimmed = line.stripTrailing();
            int cut = trimmed.length();
            for (int values = 0; values < dimension && cut > 0; values++) {
                cut = trimmed.lastIndexOf(' ', cut - 1);
            }
            boolean header = number == 1 && trimmed.matches("[0-9]+ [0-9]+") && dimension != 1;
            if (header) {
                requireDimension(file, trimmed, dimension);
            } else if (!trimmed.isEmpty()) {
                String word = word(file, number, trimmed, cut);
                float[] values = values(file, number, trimmed, cut, dimension);
                // No token holds white space; some published files have a few such words.
                if (word.chars().noneMatch(unit -> unit == ' ' || unit == '\r')) {
                    vectors.putIfAbsent(word, values);
                }
            }
        }
        if (vectors.isEmpty()) {
            throw new CorpusException("vectors '" + file + "': expected words with " + dimension + " values, got none");
        }
        return vectors;
    }

    private static void requireDimension(Path file, String header, int dimension) {
        if (!header.endsWith(" " + dimension)) {
            throw new CorpusException("vectors '" + file + "': expected dimension " + dimension
                    + ", as the column has, got the first line '" + header + "'; set the column's dimension to it");
        }
    }

    /** Returns what stands before the values; if that ends in a number, there are more of them than there should be. */
    private static String word(Path file, int number, String line, int cut) {
        if (cut <= 0 || isNumber(line.substring(line.lastIndexOf(' ', cut - 1) + 1, cut), line, cut)) {
            throw wrong(file, number, "a word and as many values as the column's dimension");
        }
        return line.substring(0, cut);
    }

    /** Returns whether the last part of the word is a number with another part before it. */
    private static boolean isNumber(String last, String line, int cut) {
        return last.length() < cut
                && line.lastIndexOf(' ', cut - 1) >= 0
                && last.matches("[-+]?[0-9]*[.]?[0-9]+([eE][-+]?[0-9]+)?");
    }

    private static float[] values(Path file, int number, String line, int cut, int dimension) {
        String[] cells = line.substring(cut + 1).split(" ", -1);
        float[] values = new float[dimension];
        try {
            for (int index = 0; index < dimension; index++) {
                values[index] = Float.parseFloat(cells[index]);
            }
        } catch (NumberFormatException e) {
            throw wrong(file, number, dimension + " numbers after the word");
        }
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw wrong(file, number, "finite numbers");
            }
        }
        return values;
    }

    private static CorpusException wrong(Path file, int number, String expected) {
        return new CorpusException("vectors '" + file + "', line " + number + ": expected " + expected
                + ", got another line; set the column's dimension to that of the file");
    }
}
