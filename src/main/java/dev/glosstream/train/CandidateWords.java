package dev.glosstream.train;

import dev.glosstream.model.IdSpace;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The words that those of a batch are told from: the batch's own, and some drawn by their frequency to the power of 0.75.
 *
 * <p>All foretold words of a batch share them. Reused from batch to batch; one thread.
 */
final class CandidateWords {
    private static final double POWER = 0.75;

    private final double[] shares;
    private final double[] drawnShares;
    private final double[] upTo;
    private final int draws;
    private final int[] numbers;

    /** The candidates of a batch. */
    static final class Candidates {
        private final int[] words;
        private final float[] corrections;
        private final long[] targets;

        private Candidates(int[] words, float[] corrections, long[] targets) {
            this.words = words;
            this.corrections = corrections;
            this.targets = targets;
        }

        /** Returns their ids, all different; not copied. */
        int[] words() {
            return words;
        }

        /** Returns less the logarithm of the probability to be among the candidates, of each; not copied. */
        float[] corrections() {
            return corrections;
        }

        /** Returns the number of each foretold word among the candidates; not copied. */
        long[] targets() {
            return targets;
        }
    }

    /**
     * Creates the drawing.
     *
     * @param counts occurrences of each id of the vocabulary
     * @param draws how many words are drawn for a batch; one that is drawn twice counts once
     */
    CandidateWords(long[] counts, int draws) {
        this.draws = draws;
        this.numbers = new int[counts.length];
        Arrays.fill(numbers, -1);
        this.shares = shares(counts, 1);
        this.drawnShares = shares(counts, POWER);
        this.upTo = drawnShares.clone();
        for (int id = 1; id < upTo.length; id++) {
            upTo[id] += upTo[id - 1];
        }
    }

    private static double[] shares(long[] counts, double power) {
        double[] shares = new double[counts.length];
        for (int id = IdSpace.UNKNOWN_ID + 1; id < counts.length; id++) {
            shares[id] = Math.pow((double) counts[id], power);
        }
        double all = Arrays.stream(shares).sum();
        return Arrays.stream(shares).map(share -> share / all).toArray();
    }

    /** Returns the number of ids of the vocabulary. */
    int vocabulary() {
        return numbers.length;
    }

    /**
     * Returns the candidates of a batch.
     *
     * @param words id of each foretold word
     */
    Candidates draw(int[] words, Random random) {
        int[] found = new int[words.length + draws];
        int size = 0;
        for (int word : words) {
            size = add(word, found, size);
        }
        for (int draw = 0; draw < draws; draw++) {
            size = add(drawn(random), found, size);
        }
        int[] candidates = Arrays.copyOf(found, size);
        float[] corrections = new float[size];
        for (int number = 0; number < size; number++) {
            corrections[number] = correction(candidates[number], words.length);
        }
        return numbered(candidates, corrections, words);
    }

    /** Returns every word as a candidate: the exact probabilities. */
    Candidates all(int[] words) {
        int[] candidates =
                IntStream.range(IdSpace.UNKNOWN_ID + 1, numbers.length).toArray();
        for (int number = 0; number < candidates.length; number++) {
            numbers[candidates[number]] = number;
        }
        return numbered(candidates, new float[candidates.length], words);
    }

    private int add(int word, int[] found, int size) {
        if (numbers[word] >= 0) {
            return size;
        }
        numbers[word] = size;
        found[size] = word;
        return size + 1;
    }

    private int drawn(Random random) {
        // Above 0, so that the first word that reaches it has a share.
        double wanted = (1 - random.nextDouble()) * upTo[upTo.length - 1];
        int place = Arrays.binarySearch(upTo, wanted);
        int word = place < 0 ? -place - 1 : place;
        while (upTo[word - 1] >= wanted) {
            word--;
        }
        return word;
    }

    /** A word is among the candidates unless it is neither foretold nor drawn, every time. */
    private float correction(int word, int foretold) {
        double missing = foretold * Math.log1p(-shares[word]) + draws * Math.log1p(-drawnShares[word]);
        return (float) -Math.log(Math.max(-Math.expm1(missing), 1e-30));
    }

    private Candidates numbered(int[] candidates, float[] corrections, int[] words) {
        long[] targets = Arrays.stream(words).mapToLong(word -> numbers[word]).toArray();
        for (int word : candidates) {
            numbers[word] = -1;
        }
        return new Candidates(candidates, corrections, targets);
    }
}
