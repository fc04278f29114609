package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glosstream.sequence.Entity;
import dev.glosstream.train.corpus.CorpusExample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CorpusChoiceTest {
    private static final double EXACT = 1e-12;

    @Test
    void shouldMakeRareLabelsCountMoreByThePowerOfTheirRarity() {
        // Given three positive texts and one negative
        List<CorpusExample> examples = List.of(
                CorpusExample.ofSentiment("a", "positive"),
                CorpusExample.ofSentiment("b", "positive"),
                CorpusExample.ofSentiment("c", "positive"),
                CorpusExample.ofSentiment("d", "negative"));

        // Then 4 / 2 / 3 and 4 / 2 / 1 times the weight, or the roots of that, or the weight alone
        assertThat(weights(examples, 1)).containsExactly(new double[] {2, 2, 2, 6}, within(EXACT));
        assertThat(weights(examples, 0.5))
                .containsExactly(
                        new double[] {
                            3 * Math.sqrt(2 / 3.0), 3 * Math.sqrt(2 / 3.0), 3 * Math.sqrt(2 / 3.0), 3 * Math.sqrt(2)
                        },
                        within(EXACT));
        assertThat(weights(examples, 0)).containsExactly(new double[] {3, 3, 3, 3}, within(EXACT));
    }

    private static double[] weights(List<CorpusExample> examples, double balance) {
        return new CorpusChoice("x.tsv", 1, 3, balance, true, ReplyCopies.NONE, Map.of())
                .weighted(examples)
                .mapToDouble(CorpusExample::weight)
                .toArray();
    }

    @Test
    void shouldPutMentionsInFrontOfCopiesInTheConventionAskedFor() {
        CorpusExample tweet = CorpusExample.ofEntities(
                "Anna is in Rome", List.of(new Entity("PER", 0, 4, 1), new Entity("LOC", 11, 15, 1)));
        CorpusExample reply = CorpusExample.ofEntities("so says @ anna", List.of());

        List<CorpusExample> named =
                new ReplyCopies(1, 0).add(List.of(tweet, reply)).toList();
        List<CorpusExample> plain =
                new ReplyCopies(0, 1).add(List.of(tweet, reply)).toList();

        // Then the tweet without a mention has one copy, whose own names stay where they are
        assertThat(named).hasSize(3).startsWith(tweet, reply);
        assertThat(named.get(2).text()).matches("@ [A-Za-z]\\w+ Anna is in Rome");
        assertThat(mentions(named.get(2))).hasSize(4).startsWith("PER @").endsWith("PER Anna", "LOC Rome");
        assertThat(mentions(named.get(2)).get(1)).matches("PER [A-Za-z]\\w+");
        assertThat(mentions(plain.get(2))).containsExactly("PER Anna", "LOC Rome");
    }

    private static List<String> mentions(CorpusExample example) {
        List<String> mentions = new ArrayList<>();
        example.entities().forEach(entity -> mentions.add(entity.type() + " " + entity.textOf(example.text())));
        return mentions;
    }

    @Test
    void shouldRefuseSharesThatAreNone() {
        assertThatThrownBy(() -> new ReplyCopies(0.7, 0.4)).hasMessageContaining("add up to at most 1");
        assertThatThrownBy(() -> new CorpusChoice("x", 1, 1, 2, true, ReplyCopies.NONE, Map.of()))
                .hasMessageContaining("balance 0 to 1, got 2");
    }

    @Test
    void shouldFindPathsBesideTheRecipe() {
        CorpusChoice own = new CorpusChoice("tsv:./own/a.tsv", 1).beside(Path.of("/recipes"));

        assertThat(own.source()).isEqualTo("tsv:/recipes/own/a.tsv");
        assertThat(new CorpusChoice("tsv:own/a.tsv", 1)
                        .beside(Path.of("/recipes"))
                        .source())
                .isEqualTo("tsv:own/a.tsv");
    }

    @Test
    void shouldKeepTeachersFromACorpusThatIsNotToBeTaught() {
        List<CorpusExample> examples = List.of(CorpusExample.ofSentiment("fine", "positive"));
        CorpusChoice alone = new CorpusChoice("x.tsv", 1, 3, 0, false, ReplyCopies.NONE, Map.of());

        assertThat(alone.withLabels(Map.of("a", "b")).beside(Path.of("/")).weighted(examples))
                .containsExactly(new CorpusExample("fine", "positive", List.of(), 3, false));
        assertThat(new CorpusChoice("x.tsv", 1).weighted(examples)).allMatch(CorpusExample::taught);
    }
}
