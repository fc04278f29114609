package dev.glosstream.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.sequence.BioTagSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BioCodecTest {
    private static final BioTagSet TAGS = BioTagSet.of(List.of("PER", "LOC", "ORG"));

    @Property
    void shouldDecodeWhatItEncoded(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int length) {
        List<TokenSpan> spans = randomSpans(new Random(seed), length);

        int[] path = BioCodec.encode(TAGS, spans, length);

        assertThat(BioCodec.decode(TAGS, path)).isEqualTo(spans);
    }

    private static List<TokenSpan> randomSpans(Random random, int length) {
        List<TokenSpan> spans = new ArrayList<>();
        int position = random.nextInt(3);
        while (position < length) {
            int end = Math.min(length, position + 1 + random.nextInt(3));
            spans.add(new TokenSpan(random.nextInt(3), position, end));
            position = end + random.nextInt(3);
        }
        return spans;
    }

    @Test
    void shouldKeepNeighboursOfOneTypeApart() {
        // B-LOC I-LOC B-LOC: two places side by side
        assertThat(BioCodec.decode(TAGS, new int[] {3, 4, 3}))
                .containsExactly(new TokenSpan(1, 0, 2), new TokenSpan(1, 2, 3));
    }

    @Test
    void shouldRefuseAContinuationOfAnotherType() {
        assertThatThrownBy(() -> BioCodec.decode(TAGS, new int[] {1, 4}))
                .hasMessageContaining("expected 'I-LOC' at token 1 to continue an entity of its type, got 'B-PER'");
    }

    @Test
    void shouldRefuseAContinuationAtTheStart() {
        assertThatThrownBy(() -> BioCodec.decode(TAGS, new int[] {2})).hasMessageContaining("got the start before it");
    }
}
