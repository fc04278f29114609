package dev.glosstream.train.corpus;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads TweetEval: texts in one file, classes in another beside it. */
final class TweetEval {
    private static final List<String> LABELS = List.of("negative", "neutral", "positive");

    private TweetEval() {}

    static List<CorpusExample> read(CorpusFile file, List<String> problems) {
        String name = file.path().getFileName().toString();
        Path labelsFile = file.path().resolveSibling(name.replace("_text.", "_labels."));
        List<String> texts = CorpusLines.read(file.path());
        List<String> classes = CorpusLines.read(labelsFile);
        if (texts.size() != classes.size()) {
            throw new CorpusException("corpus '" + file.path() + "': expected as many lines as in " + labelsFile
                    + ", got " + texts.size() + " and " + classes.size());
        }
        List<CorpusExample> examples = new ArrayList<>();
        for (int index = 0; index < texts.size(); index++) {
            int label = List.of("0", "1", "2").indexOf(classes.get(index).trim());
            if (label < 0) {
                problems.add(labelsFile + ":" + (index + 1) + ": expected 0, 1 or 2, got '" + classes.get(index) + "'");
            } else {
                CorpusExample.ofSentiment(SentimentTables.unescape(texts.get(index)), LABELS.get(label))
                        .addTo(examples, file.labels());
            }
        }
        return examples;
    }
}
