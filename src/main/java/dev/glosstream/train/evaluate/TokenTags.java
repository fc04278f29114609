package dev.glosstream.train.evaluate;

import dev.glosstream.sequence.Entity;
import java.util.ArrayList;
import java.util.List;

/**
 * The IOB2 tags of a corpus's own tokens: the parts of a text between its spaces.
 *
 * <p>A token has the tag of the first entity it shares a character with: {@code B-} if that entity starts in it, {@code I-}
 * if it started before.
 */
final class TokenTags {
    private TokenTags() {}

    /**
     * Returns one tag per token.
     *
     * @param entities in text order, not overlapping
     */
    static List<String> of(String text, List<Entity> entities) {
        List<String> tags = new ArrayList<>();
        int next = 0;
        int start = 0;
        while (start <= text.length()) {
            int space = text.indexOf(' ', start);
            int end = space < 0 ? text.length() : space;
            if (end > start) {
                while (next < entities.size() && entities.get(next).charEnd() <= start) {
                    next++;
                }
                tags.add(next < entities.size() ? tag(entities.get(next), start, end) : "O");
            }
            start = end + 1;
        }
        return tags;
    }

    private static String tag(Entity entity, int start, int end) {
        if (entity.charStart() >= end) {
            return "O";
        }
        return (entity.charStart() >= start ? "B-" : "I-") + entity.type();
    }

    /** Returns at how many tokens both say the same. */
    static int agreeing(List<String> left, List<String> right) {
        int agreeing = 0;
        for (int token = 0; token < left.size(); token++) {
            agreeing += left.get(token).equals(right.get(token)) ? 1 : 0;
        }
        return agreeing;
    }
}
