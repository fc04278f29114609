package dev.glosstream.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SpanMemoTest {
    private final List<String> computed = new ArrayList<>();
    private final SpanMemo<Answer> lengths = new SpanMemo<>((span, kind) -> {
        computed.add(span);
        return new Answer(span, kind, "");
    });

    private static final class Answer extends SpanMemo.Entry {
        private final String value;

        Answer(String span, String kind, String value) {
            super(span, kind);
            this.value = value;
        }
    }

    @Property
    void shouldAnswerAsTheFunctionWould(@ForAll List<String> texts) {
        SpanMemo<Answer> memo =
                new SpanMemo<>((span, kind) -> new Answer(span, kind, kind + span.toUpperCase(Locale.ROOT)));
        for (String text : texts) {
            for (int start = 0; start < text.length(); start++) {
                int end = Math.min(text.length(), start + 3);
                assertThat(memo.get(text, start, end, "a").value)
                        .isEqualTo("a" + text.substring(start, end).toUpperCase(Locale.ROOT));
                assertThat(memo.get(text, start, end, "b").value)
                        .isEqualTo("b" + text.substring(start, end).toUpperCase(Locale.ROOT));
            }
        }
    }

    @Test
    void shouldComputeAWordOnce() {
        lengths.get("the cat and the dog", 0, 3, "");
        lengths.get("the cat and the dog", 12, 15, "");

        assertThat(computed).containsExactly("the");
    }

    @Test
    void shouldTellWordsApartThatAreNearlyTheSameAsNumbers() {
        SpanMemo<Answer> memo = new SpanMemo<>((span, kind) -> new Answer(span, kind, span));
        List<String> words = List.of(
                "a", "\0a", "\0\0a", "aa", "", "\u00e9", "\u0101", "\u0100a", "abcdefgh", "abcdefghi", "bcdefghi");

        for (int round = 0; round < 2; round++) {
            assertThat(words).allSatisfy(word -> assertThat(memo.get(word, 0, word.length(), "").value)
                    .isEqualTo(word));
        }
    }

    @Test
    void shouldKeepNoLongWords() {
        String word = "x".repeat(25);

        lengths.get(word, 0, 25, "");
        lengths.get(word, 0, 25, "");

        assertThat(computed).hasSize(2);
    }
}
