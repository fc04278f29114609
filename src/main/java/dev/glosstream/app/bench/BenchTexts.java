package dev.glosstream.app.bench;

import dev.glosstream.sequence.TokenizedText;
import dev.glosstream.tokenize.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Texts to measure with.
 *
 * @param name what the report calls them
 * @param texts at least one, none of them blank
 */
public record BenchTexts(String name, List<String> texts) {
    /** Median of the lengths of {@link #mixed}, in tokens. */
    static final int MEDIAN_TOKENS = 20;
    /** 95th percentile of the lengths of {@link #mixed}, in tokens. */
    static final int HIGH_TOKENS = 200;

    private static final int MOST_TOKENS = 512;
    /** The normal distribution's 95th percentile. */
    private static final double Z_95 = 1.6449;

    private static final int SEED = 11;

    /** Copies the texts. */
    public BenchTexts {
        texts = List.copyOf(texts);
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("texts: expected at least one, got none");
        }
    }

    /**
     * Reads a file of one text per line; blank lines are left out.
     *
     * @throws IOException if it cannot be read as UTF-8
     */
    public static BenchTexts ofFile(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                .filter(line -> !line.isBlank())
                .toList();
        Path name = file.getFileName();
        return new BenchTexts(name == null ? "texts" : name.toString(), lines);
    }

    /**
     * Returns texts of very different lengths: log-normal, median {@value #MEDIAN_TOKENS} tokens, 95th percentile {@value
     * #HIGH_TOKENS}, at most 512. The same for the same arguments.
     *
     * @param base texts that the words are taken from, in order
     * @param count how many to make
     */
    public static BenchTexts mixed(List<String> base, int count) {
        Random random = new Random(SEED);
        double spread = Math.log((double) HIGH_TOKENS / MEDIAN_TOKENS) / Z_95;
        Words words = new Words(base, random);
        List<String> texts = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            double length = MEDIAN_TOKENS * Math.exp(spread * random.nextGaussian());
            texts.add(words.text((int) Math.max(1, Math.min(MOST_TOKENS, Math.round(length)))));
        }
        return new BenchTexts("mixed", texts);
    }

    /**
     * Returns texts of so many tokens each. The same for the same arguments.
     *
     * @param base texts that the words are taken from, in order
     * @param count how many to make
     */
    static BenchTexts ofLength(BenchTexts base, int tokens, int count) {
        Words words = new Words(base.texts(), new Random(SEED));
        return new BenchTexts(
                base.name() + ", " + tokens + " tokens each",
                IntStream.range(0, count).mapToObj(unused -> words.text(tokens)).toList());
    }

    /** Tokens of the base texts one after the other, from a random text on, with their spaces. */
    private static final class Words {
        private final List<TokenizedText> base;
        private final Random random;

        Words(List<String> base, Random random) {
            Tokenizer tokenizer = new Tokenizer();
            this.base = base.stream()
                    .map(tokenizer::tokenize)
                    .filter(text -> !text.tokens().isEmpty())
                    .toList();
            this.random = random;
        }

        /** Returns a text of so many tokens. */
        String text(int tokens) {
            StringBuilder text = new StringBuilder();
            int left = tokens;
            while (left > 0) {
                TokenizedText next = base.get(random.nextInt(base.size()));
                int taken = Math.min(left, next.tokens().size());
                int end = next.tokens().get(taken - 1).charEnd();
                text.append(text.isEmpty() ? "" : " ").append(next.text(), 0, end);
                left -= taken;
            }
            return text.toString();
        }
    }

    /** Returns so many texts: these in another order, again and again. */
    List<String> shuffled(int count) {
        Random random = new Random(SEED);
        List<String> taken = new ArrayList<>(count);
        List<String> order = new ArrayList<>(texts);
        while (taken.size() < count) {
            Collections.shuffle(order, random);
            taken.addAll(order.subList(0, Math.min(order.size(), count - taken.size())));
        }
        return taken;
    }
}
