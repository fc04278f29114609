package dev.glosstream.train.corpus;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads corpora of any format, and collects the rows that cannot be read.
 *
 * <p>Bad rows are an error unless skipping was asked for: silently smaller data is worse than none.
 */
public final class CorpusReader {
    private static final int SHOWN = 10;

    private final boolean skipBadRows;
    private final List<String> problems = new ArrayList<>();

    /** Creates a reader. */
    public CorpusReader(boolean skipBadRows) {
        this.skipBadRows = skipBadRows;
    }

    /**
     * Reads one file.
     *
     * @throws CorpusException if a row cannot be read and skipping was not asked for; names the first ten
     */
    public List<CorpusExample> read(CorpusFile file) {
        List<String> found = new ArrayList<>();
        List<CorpusExample> examples = parse(file, found);
        problems.addAll(found);
        if (!found.isEmpty() && !skipBadRows) {
            throw new CorpusException(found.size() + " bad rows in " + file.path() + ":\n"
                    + String.join("\n", found.subList(0, Math.min(SHOWN, found.size())))
                    + "\nmend them, or skip them with --skip-bad-rows");
        }
        if (examples.isEmpty()) {
            throw new CorpusException("corpus '" + file.path() + "': expected at least one example of format '"
                    + file.format().code() + "', found none");
        }
        return examples;
    }

    private static List<CorpusExample> parse(CorpusFile file, List<String> problems) {
        return switch (file.format()) {
            case TSV, GOEMOTIONS, SEMEVAL, PROS_CONS -> SentimentTables.read(file, problems);
            case TWEETEVAL -> TweetEval.read(file, problems);
            case NEWSMTSC -> NewsSentences.read(file, problems);
            case VADER -> SentimentLexicons.vader(file, problems);
            case OPINION_LEXICON -> SentimentLexicons.opinionLexicon(file);
            case CONLL, BTC, UNER, GMB -> TaggedSentences.read(file, problems);
            case MASKED_NAMES -> MaskedNames.read(file);
            case TEXT -> PlainTexts.read(file);
            case UNKNOWN -> throw new CorpusException("corpus '" + file.path() + "': unknown format");
        };
    }

    /** Returns the rows that were skipped, as {@code file:line: what was expected}. */
    public List<String> problems() {
        return List.copyOf(problems);
    }
}
