package dev.glosstream.train.corpus;

import dev.glosstream.sequence.Entity;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies of tweets with a mention put in front, as in replies, which the training part of the Broad Twitter Corpus has few
 * of: without them a tagger takes every mention at the start of a text for one of a forum, where mentions are no names.
 */
final class TweetReplies {
    private static final String SIGN = "@ ";
    /** Every so manieth tweet without a mention is copied. */
    private static final int STEP = 3;

    private TweetReplies() {}

    /** Returns the examples and the copies; the names in front are those that the corpus itself mentions, in turn. */
    static List<CorpusExample> add(List<CorpusExample> examples) {
        List<String> names = StoredExamples.texts();
        examples.forEach(each -> names.addAll(mentioned(each)));
        List<CorpusExample> replies = StoredExamples.create();
        int copies = 0;
        for (int index = 0; index < examples.size() && !names.isEmpty(); index += STEP) {
            if (!examples.get(index).text().contains(SIGN)) {
                replies.add(reply(examples.get(index), names.get(copies++ % names.size())));
            }
        }
        return new JoinedList<>(examples, replies);
    }

    private static List<String> mentioned(CorpusExample example) {
        String text = example.text();
        return example.entities().stream()
                .filter(entity ->
                        entity.type().equals("PER") && text.startsWith(SIGN, entity.charStart() - SIGN.length()))
                .map(entity -> entity.textOf(text))
                .toList();
    }

    private static CorpusExample reply(CorpusExample example, String name) {
        String front = SIGN + name + " ";
        List<Entity> entities = new ArrayList<>();
        entities.add(new Entity("PER", 0, 1, 1));
        entities.add(new Entity("PER", SIGN.length(), SIGN.length() + name.length(), 1));
        example.entities()
                .forEach(entity -> entities.add(new Entity(
                        entity.type(),
                        entity.charStart() + front.length(),
                        entity.charEnd() + front.length(),
                        entity.score())));
        return CorpusExample.ofEntities(front + example.text(), entities);
    }
}
