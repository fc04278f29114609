package dev.glosstream.train;

import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.corpus.JoinedList;
import dev.glosstream.train.corpus.NameList;
import dev.glosstream.train.corpus.StoredExamples;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Copies of sentences whose entities are replaced by other names of their type, so that a tagger learns contexts and the
 * look of names instead of the names of one corpus.
 *
 * @see <a href="https://aclanthology.org/2020.coling-main.343/">Dai and Adel, "An Analysis of Simple Data Augmentation for
 *     Named Entity Recognition", 2020</a>
 */
final class MentionCopies {
    private final Map<String, NameList> names;
    private final Random random;

    /**
     * Creates a copier.
     *
     * @param names names to put in, by entity type; entities of other types stay
     */
    MentionCopies(Map<String, NameList> names, Random random) {
        this.names = Map.copyOf(names);
        this.random = random;
    }

    /**
     * Returns the examples and, in a file, the copies.
     *
     * @param share of the examples with entities that are copied
     */
    List<CorpusExample> add(List<CorpusExample> examples, double share) {
        if (names.isEmpty()) {
            return examples;
        }
        List<CorpusExample> copies = StoredExamples.create();
        for (CorpusExample example : examples) {
            if (!example.entities().isEmpty() && random.nextDouble() < share) {
                copies.add(copy(example));
            }
        }
        return new JoinedList<>(examples, copies);
    }

    private CorpusExample copy(CorpusExample example) {
        CorpusExample renamed =
                example.withMentions(entity -> replacement(entity.type(), entity.textOf(example.text())));
        return CorpusExample.ofEntities(renamed.text(), renamed.entities());
    }

    /** Another name of as many words, written in the case of the mention. */
    private String replacement(String type, String mention) {
        NameList list = names.get(type);
        if (list == null) {
            return mention;
        }
        String name = list.pick(mention.split(" ").length, random);
        if (mention.equals(mention.toLowerCase(Locale.ROOT))) {
            return name.toLowerCase(Locale.ROOT);
        }
        boolean shouted = mention.length() > 4 && mention.equals(mention.toUpperCase(Locale.ROOT));
        return shouted ? name.toUpperCase(Locale.ROOT) : name;
    }
}
