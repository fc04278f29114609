package dev.glosstream.train.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How conlleval counts, tag by tag, without ever making spans: for each row it asks of both columns whether a phrase ends
 * before it and whether one starts at it. A second way to the same figures.
 */
final class ConllevalRules {
    private static final String OUTSIDE = "O";

    private final Map<String, int[]> byType = new TreeMap<>();
    private int tokens;
    private int equalTags;

    private ConllevalRules() {}

    /** Returns what it prints of rows {@code token truth answer}, blank between sentences; accuracy on request. */
    static String print(List<String> rows, boolean accuracy) {
        ConllevalRules rules = new ConllevalRules();
        String truth = OUTSIDE;
        String found = OUTSIDE;
        String open = "";
        for (int index = 0; index <= rows.size(); index++) {
            boolean token = index < rows.size() && !rows.get(index).isEmpty();
            String[] cells = token ? rows.get(index).split(" ", -1) : new String[] {"", OUTSIDE, OUTSIDE};
            boolean truthEnds = ends(truth, cells[1]);
            boolean foundEnds = ends(found, cells[2]);
            if (!open.isEmpty() && truthEnds && foundEnds) {
                rules.of(open)[0]++;
            }
            open = truthEnds || foundEnds ? "" : open;
            boolean truthStarts = starts(truth, cells[1]);
            boolean foundStarts = starts(found, cells[2]);
            rules.of(type(cells[1]))[1] += truthStarts ? 1 : 0;
            rules.of(type(cells[2]))[2] += foundStarts ? 1 : 0;
            if (truthStarts && foundStarts && type(cells[1]).equals(type(cells[2]))) {
                open = type(cells[1]);
            }
            rules.tokens += token ? 1 : 0;
            rules.equalTags += token && cells[1].equals(cells[2]) ? 1 : 0;
            truth = cells[1];
            found = cells[2];
        }
        return rules.printed(accuracy);
    }

    /** Returns a tag of an IOB2 sentence as IOB1 writes it: B only after an entity of the same type. */
    static String iob1(List<String> tags, int token) {
        String tag = tags.get(token);
        boolean adjacent = token > 0 && type(tags.get(token - 1)).equals(type(tag));
        return tag.startsWith("B") && !adjacent ? "I" + tag.substring(1) : tag;
    }

    private static boolean ends(String previous, String tag) {
        return !previous.equals(OUTSIDE)
                && (tag.equals(OUTSIDE)
                        || tag.startsWith("B")
                        || !type(previous).equals(type(tag)));
    }

    private static boolean starts(String previous, String tag) {
        return !tag.equals(OUTSIDE)
                && (tag.startsWith("B")
                        || previous.equals(OUTSIDE)
                        || !type(previous).equals(type(tag)));
    }

    private static String type(String tag) {
        return tag.equals(OUTSIDE) ? "" : tag.substring(2);
    }

    private int[] of(String type) {
        return byType.computeIfAbsent(type, unused -> new int[3]);
    }

    private String printed(boolean accuracy) {
        byType.remove("");
        int[] all = new int[3];
        byType.values().forEach(counts -> {
            for (int index = 0; index < all.length; index++) {
                all[index] += counts[index];
            }
        });
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "processed %d tokens with %d phrases; found: %d phrases; correct: %d.%n",
                tokens,
                all[1],
                all[2],
                all[0]));
        if (accuracy) {
            text.append(String.format(Locale.ROOT, "accuracy: %6.2f%%; ", 100.0 * equalTags / tokens));
        }
        text.append(figures(all)).append('\n');
        byType.forEach((type, counts) ->
                text.append(String.format(Locale.ROOT, "%17s: %s  %d%n", type, figures(counts), counts[2])));
        return text.toString();
    }

    private static String figures(int[] counts) {
        double precision = counts[2] == 0 ? 0 : 100.0 * counts[0] / counts[2];
        double recall = counts[1] == 0 ? 0 : 100.0 * counts[0] / counts[1];
        double f1 = precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
        return String.format(Locale.ROOT, "precision: %6.2f%%; recall: %6.2f%%; FB1: %6.2f", precision, recall, f1);
    }
}
