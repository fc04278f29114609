package dev.glosstream.tokenize;

import dev.glosstream.model.CharacterColumn;
import dev.glosstream.model.NgramColumn;
import java.util.ArrayList;
import java.util.List;

/** What the columns below the word look up: the n-grams and the characters of a token. */
public final class SubwordFeatures {
    private SubwordFeatures() {}

    /**
     * Returns the n-grams of {@code <norm>}, shorter ones first, each from left to right, at most as many as the column
     * keeps; none if the token is shorter than the shortest n-gram.
     */
    public static List<String> ngrams(NgramColumn column, String norm) {
        String marked = "<" + norm + ">";
        int points = marked.codePointCount(0, marked.length());
        List<String> ngrams = new ArrayList<>(column.idsPerToken());
        for (int size = column.shortest(); size <= column.longest(); size++) {
            int from = 0;
            for (int start = 0; start + size <= points && ngrams.size() < column.idsPerToken(); start++) {
                ngrams.add(marked.substring(from, marked.offsetByCodePoints(from, size)));
                from = marked.offsetByCodePoints(from, 1);
            }
        }
        return ngrams;
    }

    /**
     * Returns the characters of a token as it is written, at most as many as the column reads: of a longer token the first
     * and the last half.
     */
    public static List<String> characters(CharacterColumn column, CharSequence surface) {
        int[] points = surface.codePoints().toArray();
        int most = column.length();
        int head = points.length <= most ? points.length : most - most / 2;
        int tail = points.length <= most ? 0 : most / 2;
        List<String> characters = new ArrayList<>(head + tail);
        for (int index = 0; index < head; index++) {
            characters.add(Character.toString(points[index]));
        }
        for (int index = points.length - tail; index < points.length; index++) {
            characters.add(Character.toString(points[index]));
        }
        return characters;
    }
}
