package dev.glosstream.train.corpus;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads texts without labels, one a line; blank lines are none. */
final class PlainTexts {
    private PlainTexts() {}

    static List<CorpusExample> read(CorpusFile file) {
        List<CorpusExample> examples = StoredExamples.create();
        CorpusLines.each(file.path(), StandardCharsets.UTF_8, ".txt", (line, number) -> {
            if (!line.isBlank()) {
                examples.add(CorpusExample.ofSentiment(line.strip(), ""));
            }
        });
        return examples;
    }
}
