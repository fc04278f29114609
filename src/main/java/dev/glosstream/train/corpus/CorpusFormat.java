package dev.glosstream.train.corpus;

import dev.glosstream.sequence.Task;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The formats of labelled data that can be read; all may be compressed with gzip. */
public enum CorpusFormat {
    /** {@code label<TAB>text}. */
    TSV("tsv", Task.SENTIMENT),
    /** GoEmotions with sentiment groups: {@code text<TAB>group ids<TAB>id}; rows of one group 1, 2 or 3 count. */
    GOEMOTIONS("goemotions", Task.SENTIMENT),
    /** SemEval task 4A: {@code id<TAB>label<TAB>text}. */
    SEMEVAL("semeval", Task.SENTIMENT),
    /** TweetEval: texts in {@code X_text.txt}, classes 0, 1, 2 in {@code X_labels.txt} beside it. */
    TWEETEVAL("tweeteval", Task.SENTIMENT),
    /** NewsMTSC: JSON lines; sentences whose targets all have one polarity count. */
    NEWSMTSC("newsmtsc", Task.SENTIMENT),
    /** Pros and cons: one {@code <Pros>…</Pros>} or {@code <Cons>…</Cons>} a line, in a zip. */
    PROS_CONS("pros-cons", Task.SENTIMENT),
    /** VADER: {@code token<TAB>mean valence<TAB>…}; each clearly positive or negative token is a text. */
    VADER("vader", Task.SENTIMENT),
    /** Opinion lexicon: a zip of positive and negative words; each is a text. */
    OPINION_LEXICON("opinion-lexicon", Task.SENTIMENT),
    /** {@code token … tag} in columns, IOB2, first column the token, last the tag, blank line between sentences. */
    CONLL("conll", Task.ENTITIES),
    /**
     * The Broad Twitter Corpus for training: as {@link #CONLL}, made to agree with itself. Most of its files tag the sign
     * {@code @} of a mention as the name after it; where it is not, it is here, and sentences with a mention without any tag
     * are left out.
     */
    BTC("btc", Task.ENTITIES),
    /** Universal NER: {@code id<TAB>token<TAB>tag …}, comments with #. */
    UNER("uner", Task.ENTITIES),
    /** Groningen Meaning Bank export: a zip of csv, Sentence #, Word, POS, Tag. */
    GMB("gmb", Task.ENTITIES),
    /** Texts in a table's first column in which names of persons are masked, {@code [NAME]}; other entities have no label. */
    MASKED_NAMES("masked-names", Task.ENTITIES),
    /** A text a line, without labels; in a zip, the lines of its {@code .txt} files. */
    TEXT("text", null),
    /** Not told by the name or first line. */
    UNKNOWN("", null);

    private final String code;
    private final @Nullable Task task;

    CorpusFormat(String code, @Nullable Task task) {
        this.code = code;
        this.task = task;
    }

    /** Returns the name that stands before a path. */
    public String code() {
        return code;
    }

    /** Returns whether the format carries labels of the task. */
    public boolean isFor(Task wanted) {
        return task == wanted;
    }

    /** Returns the format of that code, null if there is none. */
    static @Nullable CorpusFormat ofCode(String code) {
        return Arrays.stream(values())
                .filter(format -> !format.code.isEmpty() && format.code.equals(code))
                .findFirst()
                .orElse(null);
    }

    static String codes() {
        return Arrays.stream(values())
                .map(CorpusFormat::code)
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** Tells the format from the file's name and, for tables, its first line. */
    static CorpusFormat detect(Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        if (name.endsWith(".jsonl")) {
            return NEWSMTSC;
        }
        if (name.endsWith("_text.txt")) {
            return TWEETEVAL;
        }
        if (name.endsWith(".iob2")) {
            return UNER;
        }
        if (name.endsWith(".conll") || name.endsWith(".annotated") || name.startsWith("conll")) {
            return CONLL;
        }
        if (name.endsWith(".zip")) {
            return name.contains("pros_cons") ? PROS_CONS : GMB;
        }
        if (name.endsWith(".txt")) {
            return TEXT;
        }
        return name.endsWith(".tsv") ? ofTable(CorpusLines.first(path)) : UNKNOWN;
    }

    private static CorpusFormat ofTable(String firstLine) {
        String[] cells = firstLine.split("\t", -1);
        if (cells.length == 2) {
            return TSV;
        }
        if (cells.length < 3) {
            return UNKNOWN;
        }
        return cells[1].matches("[0-9,]+") ? GOEMOTIONS : SEMEVAL;
    }
}
