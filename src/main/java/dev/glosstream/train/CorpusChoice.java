package dev.glosstream.train;

import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.corpus.LabelMap;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A corpus of a recipe.
 *
 * @param source {@code FORMAT:PATH} or a path
 * @param keep share of its examples that is used, in blocks spread evenly over the file; above 0, at most 1
 * @param weight how much each of its examples counts, against 1 for others; above 0
 * @param balance power of how much rarer a label is within a file than it would be if all were as frequent, by which its
 *     examples count more; 0 leaves them as they are, 1 makes all labels count the same; sentiment
 * @param taught whether teachers have a share in the targets of its labelled texts; sentiment
 * @param replies copies of its sentences with a mention in front; entities
 * @param labels what becomes of its labels where it is not the same: another label, or {@value LabelMap#DROP}
 */
public record CorpusChoice(
        String source,
        double keep,
        double weight,
        double balance,
        boolean taught,
        ReplyCopies replies,
        Map<String, String> labels) {

    /** Validates the numbers; a label that becomes nothing is dropped. */
    public CorpusChoice {
        if (keep <= 0 || keep > 1) {
            throw new IllegalArgumentException(
                    "corpus '" + source + "': expected keep above 0 and at most 1, got " + keep);
        }
        if (weight <= 0) {
            throw new IllegalArgumentException("corpus '" + source + "': expected weight above 0, got " + weight);
        }
        if (balance < 0 || balance > 1) {
            throw new IllegalArgumentException("corpus '" + source + "': expected balance 0 to 1, got " + balance);
        }
        Map<String, String> renamed = new TreeMap<>(labels);
        renamed.replaceAll((from, to) -> to.isEmpty() ? LabelMap.DROP : to);
        labels = Map.copyOf(renamed);
    }

    /** Creates a choice whose examples count once and keep their labels. */
    public CorpusChoice(String source, double keep) {
        this(source, keep, 1, 0, true, ReplyCopies.NONE, Map.of());
    }

    /** Returns the path without the format before it. */
    public String path() {
        return source.substring(source.indexOf(':') + 1);
    }

    /** Understands {@code SOURCE} or {@code SOURCE * SHARE}. */
    public static CorpusChoice parse(String argument) {
        int star = argument.lastIndexOf(" * ");
        if (star < 0) {
            return new CorpusChoice(argument, 1);
        }
        return new CorpusChoice(
                argument.substring(0, star).trim(),
                Double.parseDouble(argument.substring(star + 3).trim()));
    }

    /**
     * Returns this corpus with a path that starts with {@code ./} as one beside the recipe; any other path is left as it is,
     * to be found below the folder of the data.
     *
     * @param folder of the recipe
     */
    CorpusChoice beside(Path folder) {
        if (!path().startsWith("./")) {
            return this;
        }
        String format = source.substring(0, source.length() - path().length());
        Path own = folder.resolve(path()).toAbsolutePath().normalize();
        return new CorpusChoice(format + own, keep, weight, balance, taught, replies, labels);
    }

    /** Returns this corpus with more label names; its own come first. */
    public CorpusChoice withLabels(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(more);
        all.putAll(labels);
        return new CorpusChoice(source, keep, weight, balance, taught, replies, all);
    }

    /** Returns the examples of a file, and copies of them, with the weights that this choice gives them. */
    Stream<CorpusExample> weighted(List<CorpusExample> examples) {
        Map<String, Long> counts =
                examples.stream().collect(Collectors.groupingBy(CorpusExample::label, Collectors.counting()));
        return replies.add(examples).map(example -> {
            double evenly = (double) examples.size() / counts.size();
            double rarity = evenly / counts.getOrDefault(example.label(), 1L);
            CorpusExample weighted = example.withWeight(weight * Math.pow(rarity, balance));
            return taught ? weighted : weighted.untaught();
        });
    }
}
