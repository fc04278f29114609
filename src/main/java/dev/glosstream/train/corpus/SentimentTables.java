package dev.glosstream.train.corpus;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads sentiment corpora that are tables of one text a line. */
final class SentimentTables {
    private static final Pattern MASK = Pattern.compile("\\[(NAME|RELIGION)\\]");
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-fA-F]{4})");
    private static final Pattern PROS_CONS = Pattern.compile("\\s*<(Pros|Cons)>(.*)</(Pros|Cons)>\\s*");

    private SentimentTables() {}

    static List<CorpusExample> read(CorpusFile file, List<String> problems) {
        List<CorpusExample> examples = StoredExamples.create();
        CorpusLines.each(file.path(), StandardCharsets.UTF_8, ".txt", (line, number) -> {
            try {
                CorpusExample example = parse(file.format(), line);
                if (example != null) {
                    example.addTo(examples, file.labels());
                }
            } catch (CorpusException e) {
                problems.add(file.path() + ":" + number + ": " + e.getMessage());
            }
        });
        return examples;
    }

    /** Returns the example of a line, or null if the line holds none by design. */
    private static @Nullable CorpusExample parse(CorpusFormat format, String line) {
        if (line.isBlank()) {
            return null;
        }
        return switch (format) {
            case TSV -> tsv(line);
            case GOEMOTIONS -> goEmotions(line);
            case SEMEVAL -> semEval(line);
            case PROS_CONS -> prosCons(line);
            default -> throw new IllegalArgumentException("not a table of sentiment: " + format);
        };
    }

    private static CorpusExample tsv(String line) {
        String[] cells = cells(line, 2);
        return CorpusExample.ofSentiment(cells[1], cells[0]);
    }

    private static @Nullable CorpusExample goEmotions(String line) {
        String[] cells = cells(line, 3);
        String text = MASK.matcher(cells[0]).replaceAll("@user");
        return switch (cells[1]) {
            case "1" -> CorpusExample.ofSentiment(text, "negative");
            case "2" -> CorpusExample.ofSentiment(text, "neutral");
            case "3" -> CorpusExample.ofSentiment(text, "positive");
            default -> null;
        };
    }

    private static CorpusExample semEval(String line) {
        String[] cells = cells(line, 3);
        return CorpusExample.ofSentiment(unescape(cells[2]), cells[1]);
    }

    private static @Nullable CorpusExample prosCons(String line) {
        Matcher phrase = PROS_CONS.matcher(line);
        if (!phrase.matches()) {
            return null;
        }
        String label = phrase.group(1).equals("Pros") ? "positive" : "negative";
        return phrase.group(2).isBlank()
                ? null
                : CorpusExample.ofSentiment(unescape(phrase.group(2).trim()), label);
    }

    private static String[] cells(String line, int least) {
        String[] cells = line.split("\t", -1);
        if (cells.length < least) {
            throw new CorpusException("expected " + least + " cells separated by tabs, got " + cells.length);
        }
        return cells;
    }

    /** Undoes what the collectors of tweets did to characters. */
    static String unescape(String text) {
        String plain = ESCAPE.matcher(text)
                .replaceAll(
                        match -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))));
        return plain.replace("\\\"", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }
}
