package dev.glosstream.train;

import dev.glosstream.sequence.Entity;
import dev.glosstream.train.corpus.CorpusExample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Copies of sentences with a mention put in front, {@code @ name}, as replies have it.
 *
 * <p>Corpora disagree on whether such a mention is a name. Copies of each kind of corpus in its own convention let a tagger
 * tell them apart by the text that follows, instead of by which of them happened to have more replies.
 *
 * @param named share of sentences also read with a mention whose sign and name are both tagged PER, 0 to 1
 * @param plain share of sentences also read with a mention that is not tagged, 0 to 1
 */
public record ReplyCopies(double named, double plain) {
    /** No copies. */
    public static final ReplyCopies NONE = new ReplyCopies(0, 0);

    private static final String SIGN = "@ ";
    private static final List<String> STARTS = List.of(
            "ma", "jo", "ka", "li", "ste", "an", "ro", "ti", "pe", "sa", "ne", "do", "vi", "chri", "be", "al", "ju",
            "mo");
    private static final List<String> ENDS = List.of(
            "ria", "hn", "ren", "sa", "ve", "na", "bert", "mmy", "ter", "rah", "lson", "nny", "ctor", "stin", "lla",
            "ex");

    /** Validates the shares. */
    public ReplyCopies {
        if (!(named >= 0 && plain >= 0 && named + plain <= 1)) {
            throw new IllegalArgumentException(
                    "replies: expected shares of 0 to 1 that add up to at most 1, got " + named + " and " + plain);
        }
    }

    /** Returns the examples, then the copies; sentences with a mention of their own are not copied. In order, once. */
    Stream<CorpusExample> add(List<CorpusExample> examples) {
        if (this.equals(NONE)) {
            return examples.stream();
        }
        // A draw per sentence, whatever becomes of it, and a seed of its own: the copies belong to the corpus.
        Random random = new Random(examples.size());
        return Stream.concat(examples.stream(), examples.stream().flatMap(example -> copy(example, random).stream()));
    }

    private Optional<CorpusExample> copy(CorpusExample example, Random random) {
        double draw = random.nextDouble();
        return draw < named + plain && !example.text().contains(SIGN)
                ? Optional.of(reply(example, userName(random), draw < named))
                : Optional.empty();
    }

    private static String userName(Random random) {
        StringBuilder name = new StringBuilder();
        int parts = 1 + random.nextInt(2);
        for (int part = 0; part < parts; part++) {
            String start = STARTS.get(random.nextInt(STARTS.size()));
            boolean capital = random.nextBoolean();
            name.append(capital ? Character.toUpperCase(start.charAt(0)) : start.charAt(0))
                    .append(start.substring(1))
                    .append(ENDS.get(random.nextInt(ENDS.size())));
        }
        switch (random.nextInt(5)) {
            case 0 -> name.append(random.nextInt(100));
            case 1 -> name.append('_').append(ENDS.get(random.nextInt(ENDS.size())));
            default -> {}
        }
        return name.toString();
    }

    private static CorpusExample reply(CorpusExample example, String name, boolean tagged) {
        String front = SIGN + name + " ";
        List<Entity> entities = new ArrayList<>();
        if (tagged) {
            entities.add(new Entity("PER", 0, 1, 1));
            entities.add(new Entity("PER", SIGN.length(), SIGN.length() + name.length(), 1));
        }
        for (Entity entity : example.entities()) {
            entities.add(new Entity(
                    entity.type(),
                    entity.charStart() + front.length(),
                    entity.charEnd() + front.length(),
                    entity.score()));
        }
        return CorpusExample.ofEntities(front + example.text(), entities);
    }
}
