package dev.glosstream.train.corpus;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells IOB2 from IOB1 as the tags of a file go by, and finds tags that fit neither.
 *
 * <p>In IOB2 every entity opens with {@code B-}. In IOB1 it opens with {@code I-}, and with {@code B-} only if it directly
 * follows another of its type. An {@code I-} that continues nothing is therefore right in IOB1 and a fault in IOB2. A file
 * is IOB2 as soon as one {@code B-} stands where IOB1 would not have it; a file without any may be read as either.
 *
 * @see <a href="https://aclanthology.org/E99-1023/">Tjong Kim Sang and Veenstra, "Representing Text Chunks", 1999</a>
 */
final class TagScheme {
    private static final String OUTSIDE = "O";

    private final List<Orphan> orphans = new ArrayList<>();
    private final List<Orphan> ofSentence = new ArrayList<>();
    private String previous = OUTSIDE;
    private boolean iob2;

    /**
     * An {@code I-} that continues nothing.
     *
     * @param line its line in the file, from 1
     * @param tag as it stands there
     * @param previous tag before it, {@code O} at the start of a sentence
     * @param sentence what {@link #endSentence} was told, -1 if the sentence is left out anyway
     */
    record Orphan(int line, String tag, String previous, int sentence) {}

    /** Hears the tag of one row. */
    void tag(String tag, int line) {
        boolean follows = !previous.equals(OUTSIDE) && type(previous).equals(type(tag));
        if (tag.startsWith("B")) {
            iob2 |= !follows;
        } else if (tag.startsWith("I") && !follows) {
            ofSentence.add(new Orphan(line, tag, previous, -1));
        }
        previous = tag;
    }

    private static String type(String tag) {
        return tag.substring(1);
    }

    /**
     * Hears that a sentence is over.
     *
     * @param index of the sentence among those that are read, -1 if it is left out
     */
    void endSentence(int index) {
        ofSentence.forEach(orphan -> orphans.add(new Orphan(orphan.line(), orphan.tag(), orphan.previous(), index)));
        ofSentence.clear();
        previous = OUTSIDE;
    }

    /** Returns the faults, in the order of their lines; none if the file is IOB1. To be asked at the end of the file. */
    List<Orphan> faults() {
        return iob2 ? List.copyOf(orphans) : List.of();
    }
}
