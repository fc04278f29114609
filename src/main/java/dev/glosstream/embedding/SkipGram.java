package dev.glosstream.embedding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleConsumer;

/**
 * Learns word vectors from plain texts: those of words that stand near one another come to point the same way.
 *
 * <p>Skip-gram with negative sampling and subsampling of frequent words (Mikolov et al., "Distributed Representations of
 * Words and Phrases and their Compositionality", 2013). One thread, on the heap; the same texts and settings give the same
 * vectors bit by bit. Memory: four bytes per token of the texts, eight per value of the table.
 */
public final class SkipGram {
    private static final double NEGATIVE_POWER = 0.75;
    private static final int NOISE_CELLS = 1 << 22;
    private static final double LEAST_RATE = 0.01;

    private final Settings settings;
    private final Random random;
    private final long[] counts;
    private final float[][] inputs;
    private final float[][] outputs;
    private final float[] slope;
    private int[] noise = {};
    private long tokens;
    private long read;

    /**
     * How vectors are learned.
     *
     * @param dimension values per vector, 1 to 1,024
     * @param window farthest distance of two words that count as near, 1 to 50; a nearer one is drawn for each word
     * @param negatives words drawn against each near one, 1 to 50
     * @param epochs passes over the texts, 1 to 1,000
     * @param learningRate at the start, above 0; it falls in a line to a hundredth
     * @param subsampling share of all tokens above which a word is left out more and more often, above 0
     * @param seed of every random choice
     */
    public record Settings(
            int dimension, int window, int negatives, int epochs, double learningRate, double subsampling, long seed) {
        /** What suits some millions of tokens. */
        public static final Settings DEFAULT = new Settings(100, 5, 5, 5, 0.03, 1e-4, 1);

        /** Validates the ranges. */
        public Settings {
            require("dimension", dimension, 1024);
            require("window", window, 50);
            require("negatives", negatives, 50);
            require("epochs", epochs, 1000);
            if (!(learningRate > 0 && learningRate <= 1 && subsampling > 0 && subsampling <= 1)) {
                throw new IllegalArgumentException(
                        "skip-gram: expected learningRate and subsampling above 0, at most 1," + " got " + learningRate
                                + " and " + subsampling);
            }
        }

        private static void require(String name, int value, int most) {
            if (value < 1 || value > most) {
                throw new IllegalArgumentException("skip-gram " + name + ": expected 1 to " + most + ", got " + value);
            }
        }
    }

    private SkipGram(int rows, Settings settings) {
        this.settings = settings;
        this.random = new Random(settings.seed());
        this.counts = new long[rows];
        this.inputs = new float[rows][settings.dimension()];
        this.outputs = new float[rows][settings.dimension()];
        this.slope = new float[settings.dimension()];
    }

    /**
     * Learns the vectors of entries.
     *
     * @param entries distinct, at least one
     * @param texts rows of the entries in their order; a negative number stands for a word that is no entry
     * @param onEpoch told the mean loss of each epoch's near pairs
     * @return a vector per entry; one that no text holds keeps its random start
     * @throws IllegalArgumentException if the texts hold no entry
     */
    public static WordVectors learn(
            List<String> entries, List<int[]> texts, Settings settings, DoubleConsumer onEpoch) {
        SkipGram learning = new SkipGram(entries.size(), settings);
        learning.start(texts);
        List<int[]> shuffled = new ArrayList<>(texts);
        Collections.shuffle(shuffled, learning.random);
        for (int epoch = 0; epoch < settings.epochs(); epoch++) {
            onEpoch.accept(learning.epoch(shuffled));
        }
        return new WordVectors(entries, learning.inputs);
    }

    private void start(List<int[]> texts) {
        for (int[] text : texts) {
            for (int row : text) {
                if (row >= 0) {
                    counts[row]++;
                    tokens++;
                }
            }
        }
        if (tokens == 0) {
            throw new IllegalArgumentException("skip-gram: expected texts with words of the vocabulary, got none");
        }
        for (float[] input : inputs) {
            for (int index = 0; index < input.length; index++) {
                input[index] = (random.nextFloat() - 0.5f) / input.length;
            }
        }
        noise = noise();
    }

    /** Returns rows, each as often as it is to be drawn. */
    private int[] noise() {
        double all = Arrays.stream(counts)
                .mapToDouble(count -> Math.pow((double) count, NEGATIVE_POWER))
                .sum();
        int[] cells = new int[NOISE_CELLS];
        int row = 0;
        double upTo = Math.pow((double) counts[0], NEGATIVE_POWER);
        for (int cell = 0; cell < cells.length; cell++) {
            while (row < counts.length - 1 && upTo < all * (cell + 0.5) / cells.length) {
                row++;
                upTo += Math.pow((double) counts[row], NEGATIVE_POWER);
            }
            cells[cell] = row;
        }
        return cells;
    }

    private double epoch(List<int[]> texts) {
        double loss = 0;
        long pairs = 0;
        for (int[] text : texts) {
            int[] kept = sample(text);
            float rate = rate();
            for (int at = 0; at < kept.length; at++) {
                int reach = 1 + random.nextInt(settings.window());
                for (int near = Math.max(0, at - reach); near <= Math.min(kept.length - 1, at + reach); near++) {
                    if (near != at) {
                        loss += step(kept[near], kept[at], rate);
                        pairs++;
                    }
                }
            }
        }
        return pairs == 0 ? 0 : loss / pairs;
    }

    private float rate() {
        double left = 1 - read / ((double) tokens * settings.epochs());
        return (float) (settings.learningRate() * Math.max(LEAST_RATE, left));
    }

    /** Returns the known words of a text, of the frequent ones some. */
    private int[] sample(int[] text) {
        int[] kept = new int[text.length];
        int size = 0;
        for (int row : text) {
            if (row >= 0) {
                read++;
                double excess = counts[row] / (settings.subsampling() * tokens);
                if (excess <= 1 || random.nextDouble() < Math.sqrt(1 / excess) + 1 / excess) {
                    kept[size++] = row;
                }
            }
        }
        return Arrays.copyOf(kept, size);
    }

    /** Moves the vector of a word towards a near one and away from others; returns the loss of the near one. */
    private double step(int word, int near, float rate) {
        float[] input = inputs[word];
        Arrays.fill(slope, 0);
        double loss = -Math.log(Math.max(1e-12, move(input, near, 1, rate)));
        for (int draw = 0; draw < settings.negatives(); draw++) {
            int other = noise[random.nextInt(noise.length)];
            if (other != near) {
                move(input, other, 0, rate);
            }
        }
        for (int index = 0; index < input.length; index++) {
            input[index] += slope[index];
        }
        return loss;
    }

    /** Returns the probability that the two are near before the move. */
    private double move(float[] input, int other, int target, float rate) {
        float[] output = outputs[other];
        float product = 0;
        for (int index = 0; index < input.length; index++) {
            product += input[index] * output[index];
        }
        double probability = 1 / (1 + Math.exp(-product));
        float amount = (float) ((target - probability) * rate);
        for (int index = 0; index < input.length; index++) {
            slope[index] += amount * output[index];
            output[index] += amount * input[index];
        }
        return probability;
    }
}
