package dev.glosstream.train.corpus;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads lists of words with a sentiment: each word is a text of its own, so that rare ones are learned too. */
final class SentimentLexicons {
    /** Least absolute mean valence, on VADER's scale of -4 to 4, of a word that is clearly positive or negative. */
    private static final double CLEAR = 1.0;

    private SentimentLexicons() {}

    /** Reads VADER: {@code token<TAB>mean valence<TAB>…}; words in between are left out. */
    static List<CorpusExample> vader(CorpusFile file, List<String> problems) {
        List<String> lines = CorpusLines.read(file.path());
        List<CorpusExample> examples = new ArrayList<>();
        for (int index = 0; index < lines.size(); index++) {
            String[] cells = lines.get(index).split("\t", -1);
            try {
                double valence = Double.parseDouble(cells.length > 1 ? cells[1] : "");
                if (Math.abs(valence) >= CLEAR && !cells[0].isBlank()) {
                    CorpusExample.ofSentiment(cells[0], valence > 0 ? "positive" : "negative")
                            .addTo(examples, file.labels());
                }
            } catch (CorpusException e) {
                problems.add(file.path() + ":" + (index + 1) + ": " + e.getMessage());
            } catch (NumberFormatException e) {
                problems.add(file.path() + ":" + (index + 1) + ": expected token, tab and a number, got " + cells.length
                        + " cells");
            }
        }
        return examples;
    }

    /** Reads the opinion lexicon: a zip of {@code negative-words.txt} and {@code positive-words.txt}, ; for comments. */
    static List<CorpusExample> opinionLexicon(CorpusFile file) {
        List<CorpusExample> examples = new ArrayList<>();
        for (String label : List.of("negative", "positive")) {
            CorpusLines.read(file.path(), StandardCharsets.ISO_8859_1, label + "-words.txt").stream()
                    .filter(line -> !line.isBlank() && !line.startsWith(";"))
                    .forEach(line ->
                            CorpusExample.ofSentiment(line.trim(), label).addTo(examples, file.labels()));
        }
        return examples;
    }
}
