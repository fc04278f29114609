package dev.glosstream.train.corpus;

import java.nio.file.Path;
import java.util.List;

/** Reads TweetEval: texts in one file, classes in another beside it. */
final class TweetEval {
    private static final List<String> LABELS = List.of("negative", "neutral", "positive");

    private TweetEval() {}

    static List<CorpusExample> read(CorpusFile file, List<String> problems) {
        String name = file.path().getFileName().toString();
        Path labelsFile = file.path().resolveSibling(name.replace("_text.", "_labels."));
        List<String> texts = StoredExamples.texts();
        CorpusLines.each(file.path(), texts::add);
        List<String> classes = StoredExamples.texts();
        CorpusLines.each(labelsFile, classes::add);
        if (texts.size() != classes.size()) {
            throw new CorpusException("corpus '" + file.path() + "': expected as many lines as in " + labelsFile
                    + ", got " + texts.size() + " and " + classes.size());
        }
        List<CorpusExample> examples = StoredExamples.create();
        for (int index = 0; index < texts.size(); index++) {
            String given = classes.get(index);
            int label = List.of("0", "1", "2").indexOf(given.trim());
            if (label < 0) {
                problems.add(labelsFile + ":" + (index + 1) + ": expected 0, 1 or 2, got '" + given + "'");
            } else {
                try {
                    CorpusExample.ofSentiment(SentimentTables.unescape(texts.get(index)), LABELS.get(label))
                            .addTo(examples, file.labels());
                } catch (CorpusException e) {
                    problems.add(file.path() + ":" + (index + 1) + ": " + e.getMessage());
                }
            }
        }
        return examples;
    }
}
