package dev.glosstream.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Guesses which name was meant. */
public final class Nearest {
    private static final int LONGEST = 100;

    private Nearest() {}

    /** Returns the candidate that differs in the fewest characters, if those are few. */
    static Optional<String> to(String written, Collection<String> candidates) {
        if (written.length() > LONGEST) {
            return Optional.empty();
        }
        return candidates.stream()
                .filter(candidate -> distance(written, candidate) <= mostDifferences(written, candidate))
                .min(Comparator.comparingInt((String candidate) -> distance(written, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /**
     * Returns the candidates that differ in few characters, the nearest first.
     *
     * @param most how many to return
     */
    public static List<String> allTo(String written, Collection<String> candidates, int most) {
        if (written.length() > LONGEST) {
            return List.of();
        }
        return candidates.stream()
                .filter(candidate -> distance(written, candidate) <= mostDifferences(written, candidate))
                .sorted(Comparator.comparingInt((String candidate) -> distance(written, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .toList();
    }

    /** A third of the characters; two in a short name, as swapped letters count twice; never all of them. */
    private static int mostDifferences(String written, String candidate) {
        int shorter = Math.min(written.length(), candidate.length());
        return Math.min(shorter - 1, Math.max(2, candidate.length() / 3));
    }

    /**
     * Returns the number of characters to insert, delete or replace to get from one to the other, capitals not counted.
     * O(length × length) time.
     *
     * @see <a href="https://doi.org/10.1145/321796.321811">Wagner and Fischer, "The String-to-String Correction
     *     Problem", 1974</a>
     */
    static int distance(String one, String other) {
        String from = one.toLowerCase(Locale.ROOT);
        String to = other.toLowerCase(Locale.ROOT);
        int[] row = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[to.length()];
    }
}
