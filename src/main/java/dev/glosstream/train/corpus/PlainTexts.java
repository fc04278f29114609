package dev.glosstream.train.corpus;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads texts without labels, one a line; blank lines are none. */
final class PlainTexts {
    private PlainTexts() {}

    static List<CorpusExample> read(CorpusFile file) {
        return CorpusLines.read(file.path(), StandardCharsets.UTF_8, ".txt").stream()
                .filter(line -> !line.isBlank())
                .map(line -> CorpusExample.ofSentiment(line.strip(), ""))
                .toList();
    }
}
