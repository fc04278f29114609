package dev.glosstream.train.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.sequence.Entity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StoredListTest {
    @Test
    void shouldReturnWhatWasAddedInAnyOrder() {
        // Given texts that fill several buffers, some longer than one
        List<CorpusExample> examples = new ArrayList<>();
        for (int index = 0; index < 3000; index++) {
            String text = (index % 2 == 0 ? "größer " : "smile 😀 ").repeat(1 + index % 50) + index;
            examples.add(CorpusExample.ofEntities(text, List.of(new Entity("PER", 0, 3, 1)))
                    .withWeight(index));
        }
        examples.add(
                CorpusExample.ofSentiment("long ".repeat(40_000), "positive").untaught());

        // When they are stored, and read between two writes
        List<CorpusExample> stored = StoredExamples.create();
        for (CorpusExample example : examples) {
            stored.add(example);
            assertThat(stored.get(stored.size() / 2)).isEqualTo(examples.get(stored.size() / 2));
        }

        // Then they come back unit by unit, one after another and in any order
        assertThat(stored).isEqualTo(examples);
        List<Integer> order = new ArrayList<>();
        for (int index = 0; index < examples.size(); index++) {
            order.add(index);
        }
        Collections.shuffle(order, new Random(1));
        order.forEach(index -> assertThat(stored.get(index)).isEqualTo(examples.get(index)));
    }

    @Test
    void shouldTakeElementsOut() {
        List<String> stored = StoredExamples.texts();
        Collections.addAll(stored, "a", "b", "half an emoji \uD83D", "d");

        assertThat(stored.remove(1)).isEqualTo("b");
        stored.add("e");

        assertThat(stored).containsExactly("a", "half an emoji \uD83D", "d", "e");
        assertThatThrownBy(() -> stored.get(4)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void shouldJoinListsWithoutACopy() {
        assertThat(new JoinedList<>(List.of("a", "b"), List.of("c"))).containsExactly("a", "b", "c");
    }
}
