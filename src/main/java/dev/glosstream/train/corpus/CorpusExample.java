package dev.glosstream.train.corpus;

import dev.glosstream.ingest.UnicodeRules;
import dev.glosstream.sequence.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One labelled text.
 *
 * @param text the text, well-formed Unicode
 * @param label its class; empty in a corpus of entities
 * @param entities its entities, in order, score 1; empty in a corpus of sentiment
 * @param weight how much it counts against others, above 0
 * @param taught whether teachers may say something of it too; false: its label alone counts
 */
public record CorpusExample(String text, String label, List<Entity> entities, double weight, boolean taught) {

    /**
     * Copies the entities.
     *
     * @throws CorpusException if the text is one that nobody could write: serving refuses it too
     */
    public CorpusExample {
        entities = List.copyOf(entities);
        int lone = UnicodeRules.loneSurrogate(text);
        if (lone >= 0) {
            throw new CorpusException(
                    "text: expected well-formed Unicode, got half a surrogate pair at UTF-16 unit " + lone);
        }
    }

    /** Returns an example of sentiment. */
    public static CorpusExample ofSentiment(String text, String label) {
        return new CorpusExample(text, label, List.of(), 1, true);
    }

    /** Returns an example of entities. */
    public static CorpusExample ofEntities(String text, List<Entity> entities) {
        return new CorpusExample(text, "", entities, 1, true);
    }

    /** Returns the same labels on another writing of the text of the same length. */
    public CorpusExample withText(String sameLength) {
        return new CorpusExample(sameLength, label, entities, weight, taught);
    }

    /** Returns the same text and labels with another weight. */
    public CorpusExample withWeight(double other) {
        return new CorpusExample(text, label, entities, other, taught);
    }

    /** Returns the same text and labels, of which teachers say nothing. */
    public CorpusExample untaught() {
        return new CorpusExample(text, label, entities, weight, false);
    }

    /**
     * Adds this example of sentiment to others, with what becomes of its label, unless that is left out.
     *
     * @throws CorpusException if the label is not known
     */
    void addTo(List<CorpusExample> others, LabelMap labels) {
        String becomes = labels.ofClass(label);
        if (becomes != null) {
            others.add(new CorpusExample(text, becomes, entities, weight, taught));
        }
    }

    /**
     * Returns the same with other words in the place of its entities.
     *
     * @param words what becomes of an entity's text
     */
    public CorpusExample withMentions(Function<Entity, String> words) {
        StringBuilder other = new StringBuilder();
        List<Entity> mentions = new ArrayList<>();
        int copied = 0;
        for (Entity entity : entities) {
            other.append(text, copied, entity.charStart());
            int start = other.length();
            other.append(words.apply(entity));
            mentions.add(new Entity(entity.type(), start, other.length(), 1));
            copied = entity.charEnd();
        }
        other.append(text.substring(copied));
        return new CorpusExample(other.toString(), label, mentions, weight, taught);
    }

    /** Returns the same text with other entities. */
    public CorpusExample withEntities(List<Entity> others) {
        return new CorpusExample(text, label, others, weight, taught);
    }
}
