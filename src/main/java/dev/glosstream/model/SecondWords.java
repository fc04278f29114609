package dev.glosstream.model;

import java.util.Arrays;

/**
 * The words that come second in the phrases which start with one word, by their hashes, and how long the longest phrase of each
 * is. One thread.
 */
final class SecondWords {
    /** Hash and length of a phrase as one number, so that they sort by hash and then by length. */
    private long[] phrases = new long[2];

    private int count;

    void add(String second, int phraseLength) {
        if (count == phrases.length) {
            phrases = Arrays.copyOf(phrases, 2 * count);
        }
        phrases[count++] = ((long) second.hashCode() << Integer.SIZE) | phraseLength;
    }

    /** Returns the hashes, each once, in order. */
    int[] hashes() {
        return Arrays.stream(lastOfEach()).mapToInt(SecondWords::hash).toArray();
    }

    /** Returns for each of {@link #hashes} how many words the longest phrase has. */
    int[] longest() {
        return Arrays.stream(lastOfEach()).mapToInt(phrase -> (int) phrase).toArray();
    }

    /** Of the phrases with the same second word, the longest is the last. */
    private long[] lastOfEach() {
        long[] sorted = Arrays.copyOf(phrases, count);
        Arrays.sort(sorted);
        int kept = 0;
        for (int index = 0; index < count; index++) {
            if (index + 1 == count || hash(sorted[index]) != hash(sorted[index + 1])) {
                sorted[kept++] = sorted[index];
            }
        }
        return Arrays.copyOf(sorted, kept);
    }

    private static int hash(long phrase) {
        return (int) (phrase >> Integer.SIZE);
    }
}
