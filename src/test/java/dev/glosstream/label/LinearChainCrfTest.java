package dev.glosstream.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glosstream.sequence.BioTagSet;
import dev.glosstream.sequence.ScoreMatrix;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LinearChainCrfTest {
    /** Double precision over at most a few thousand additions. */
    private static final double TOLERANCE = 1e-9;

    private static final BioTagSet TAGS = BioTagSet.of(List.of("PER", "LOC"));

    @Property(tries = 60)
    void shouldFindTheBestOfAllLegalPaths(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int length) {
        Random random = new Random(seed);
        LinearChainCrf crf = new LinearChainCrf(TAGS, CrfFixtures.transitions(TAGS, random));
        ScoreMatrix emissions = CrfFixtures.emissions(length, TAGS.size(), random);

        int[] best = CrfFixtures.legalPaths(TAGS, length).stream()
                .max(Comparator.comparing(path -> crf.pathScore(emissions, path)))
                .orElseThrow();

        assertThat(crf.bestPath(emissions)).containsExactly(best);
    }

    @Property(tries = 60)
    void shouldSumOverAllLegalPaths(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int length) {
        Random random = new Random(seed);
        LinearChainCrf crf = new LinearChainCrf(TAGS, CrfFixtures.transitions(TAGS, random));
        ScoreMatrix emissions = CrfFixtures.emissions(length, TAGS.size(), random);

        double sum = CrfFixtures.legalPaths(TAGS, length).stream()
                .mapToDouble(path -> Math.exp(crf.pathScore(emissions, path)))
                .sum();

        assertThat(crf.logZ(emissions)).isCloseTo(Math.log(sum), within(TOLERANCE));
    }

    @Property(tries = 60)
    void shouldGiveEachSpanTheProbabilityOfThePathsThatHoldIt(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 5) int length,
            @ForAll @IntRange(min = 0, max = 1) int type) {
        Random random = new Random(seed);
        LinearChainCrf crf = new LinearChainCrf(TAGS, CrfFixtures.transitions(TAGS, random));
        ScoreMatrix emissions = CrfFixtures.emissions(length, TAGS.size(), random);
        int start = random.nextInt(length);
        TokenSpan span = new TokenSpan(type, start, start + 1 + random.nextInt(length - start));

        double expected = CrfFixtures.legalPaths(TAGS, length).stream()
                .filter(path -> BioCodec.decode(TAGS, path).contains(span))
                .mapToDouble(path -> Math.exp(crf.pathScore(emissions, path) - crf.logZ(emissions)))
                .sum();

        assertThat(crf.spanProbability(emissions, crf.alphas(emissions), crf.betas(emissions), span))
                .isCloseTo(expected, within(TOLERANCE));
    }

    @Property(tries = 60)
    void shouldGiveEachTagTheProbabilityOfThePathsThatHoldIt(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int length) {
        Random random = new Random(seed);
        LinearChainCrf crf = new LinearChainCrf(TAGS, CrfFixtures.transitions(TAGS, random));
        ScoreMatrix emissions = CrfFixtures.emissions(length, TAGS.size(), random);
        int position = random.nextInt(length);
        int tag = random.nextInt(TAGS.size());

        double expected = CrfFixtures.legalPaths(TAGS, length).stream()
                .filter(path -> path[position] == tag)
                .mapToDouble(path -> Math.exp(crf.pathScore(emissions, path) - crf.logZ(emissions)))
                .sum();

        assertThat(crf.tagProbabilities(emissions)[position][tag]).isCloseTo(expected, within(TOLERANCE));
    }

    @Test
    void shouldRefuseEmissionsOfAnotherTagSet() {
        Random random = new Random(1);
        LinearChainCrf crf = new LinearChainCrf(TAGS, CrfFixtures.transitions(TAGS, random));

        assertThatThrownBy(() -> crf.bestPath(CrfFixtures.emissions(2, 3, random)))
                .hasMessage("CRF: expected emissions [T, 5], got [2, 3]");
    }

    @Test
    void shouldRefuseTransitionsOfAnotherTagSet() {
        assertThatThrownBy(() -> new LinearChainCrf(
                        TAGS, CrfFixtures.transitions(BioTagSet.of(List.of("PER", "ORG")), new Random(1))))
                .hasMessageContaining("expected transitions of the tags [O, B-PER, I-PER, B-LOC, I-LOC]");
    }
}
