package dev.glosstream.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.sequence.Token;
import dev.glosstream.sequence.TokenizedText;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {
    private static final Tokenizer TOKENIZER = new Tokenizer();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "I don't like Anna's dog.             | I do n't like Anna 's dog .",
                "I do n't like Anna 's dog .          | I do n't like Anna 's dog .",
                "We can\u2019t, they\u2019re late     | We ca n\u2019t , they \u2019re late",
                "O'Brien works for the U.S. at 3 p.m. | O'Brien works for the U.S. at 3 p.m.",
                "costs $3.50, not 1,000!!!            | costs $ 3.50 , not 1,000 !!!",
                "see https://example.com/a?b=1, ok    | see https://example.com/a?b=1 , ok",
                "mail a.b+c@example.com.              | mail a.b+c@example.com .",
                "x.y a@b a@b. a@.b a@b-. a@b.c-. a@.  | x . y a @b a @b . a @ . b a @b - . a@b.c - . a @ .",
                "@ana_b said #hello to Rock-n-Roll    | @ana_b said # hello to Rock - n - Roll",
                "great :-) or :( <3 ;D                | great :-) or :( <3 ;D",
                "at 8:30, note: x                     | at 8 : 30 , note : x",
                "\u4F60\u597D\u4E16\u754C             | \u4F60 \u597D \u4E16 \u754C",
                "\u041F\u0440\u0438\u0432\u0435\u0442, \u043C\u0438\u0440 | \u041F\u0440\u0438\u0432\u0435\u0442 , \u043C\u0438\u0440",
                "snake_case \u00E9t\u00E9 e\u0301t\u00E9 | snake_case \u00E9t\u00E9 e\u0301t\u00E9",
            })
    void shouldCutText(String text, String expected) {
        assertThat(surfaces(text))
                .containsExactlyElementsOf(Arrays.asList(expected.trim().split(" ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uD83D\uDC4D\uD83C\uDFFD", // thumb with skin tone
                "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67", // family
                "\uD83C\uDDEB\uD83C\uDDF7", // flag
                "\u2764\uFE0F", // heart with presentation selector
            })
    void shouldKeepAnEmojiWhole(String emoji) {
        assertThat(surfaces("ok " + emoji + " ok")).containsExactly("ok", emoji, "ok");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "SOOOOO, soo",
        "Paris, paris",
        "2024, 0000",
        "https://example.com, <url>",
        "@someone, <user>",
        "a@example.com, <email>",
        "\uFF21\uFF22, ab",
        "\uD83D\uDC4D\uD83C\uDFFD, \uD83D\uDC4D",
        "!!!!!!, !!!",
    })
    void shouldNormalise(String text, String norm) {
        assertThat(TOKENIZER.tokenize(text).tokens()).extracting(Token::norm).containsExactly(norm);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \t\r\n", "\u200B\u200E\u00A0\u3000", "\u0000\u0007", "\uFE0F"})
    void shouldFindNothingWhereNothingIsVisible(String text) {
        assertThat(surfaces(text)).isEmpty();
    }

    @Property(tries = 2000)
    void shouldGiveIncreasingSpansInsideAnyText(@ForAll("anything") String text) {
        int previousEnd = 0;
        for (Token token : TOKENIZER.tokenize(text).tokens()) {
            assertThat(token.charStart()).isGreaterThanOrEqualTo(previousEnd);
            assertThat(token.charEnd()).isGreaterThan(token.charStart()).isLessThanOrEqualTo(text.length());
            assertThat(splitsPair(text, token.charStart()) || splitsPair(text, token.charEnd()))
                    .isFalse();
            assertThat(token.norm()).isNotEmpty();
            previousEnd = token.charEnd();
        }
    }

    @Property(tries = 2000)
    void shouldCoverEveryVisibleCharacterOfAnyText(@ForAll("anything") String text) {
        TokenizedText tokenized = TOKENIZER.tokenize(text);
        boolean[] covered = new boolean[text.length()];
        tokenized.tokens().forEach(token -> Arrays.fill(covered, token.charStart(), token.charEnd(), true));
        for (int index = 0; index < text.length(); index++) {
            char unit = text.charAt(index);
            if (Character.isLetterOrDigit(unit) || "!?.,;:#@$%".indexOf(unit) >= 0) {
                assertThat(covered[index])
                        .as("UTF-16 unit %d of %s", index, text)
                        .isTrue();
            }
        }
    }

    private static boolean splitsPair(String text, int index) {
        return index > 0
                && index < text.length()
                && Character.isHighSurrogate(text.charAt(index - 1))
                && Character.isLowSurrogate(text.charAt(index));
    }

    /** Any UTF-16 units, half pairs included, thick with the characters that the tokenizer looks at. */
    @Provide
    Arbitrary<String> anything() {
        Arbitrary<String> piece = Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(8),
                Arbitraries.strings()
                        .withChars("aZ09.'\u2019@#_-:;()/<3wn't \n")
                        .ofMaxLength(12),
                Arbitraries.of(
                        "http://",
                        "www.",
                        "n't",
                        "U.S.",
                        "\uD83D",
                        "\uDC4D",
                        "\uD83D\uDC4D",
                        "\u200D",
                        "\uFE0F",
                        "\uD83C\uDDEB",
                        "\u0301\u0301",
                        "\u202E",
                        "\u20E3",
                        "\u0000",
                        "\uFDFA"));
        return piece.list().ofMaxSize(12).map(pieces -> String.join("", pieces));
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {
                "a",
                "\u0301",
                "a.",
                "'",
                "@",
                "www.",
                "a@",
                "a@b ",
                "\uD83D\uDC4D\u200D",
                "(",
                "1,",
                "\uD83C\uDDEB"
            })
    void shouldTakeLinearTimeOnLongRuns(String piece) {
        // The end makes a scanner that looked ahead in vain go back to where it started.
        String text = piece.repeat(1_000_000 / piece.length()) + "zz";

        // Quadratic work on a million units would take minutes.
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> TOKENIZER.tokenize(text));
    }

    @Test
    void shouldBoundTheNormOfALongToken() {
        List<Token> tokens = TOKENIZER.tokenize("x1".repeat(25_000)).tokens();

        assertThat(tokens).hasSize(1);
        assertThat(tokens.get(0).charEnd()).isEqualTo(50_000);
        assertThat(tokens.get(0).norm()).hasSizeLessThan(64);
    }

    private static List<String> surfaces(String text) {
        TokenizedText tokenized = TOKENIZER.tokenize(text);
        return tokenized.tokens().stream().map(tokenized::surface).toList();
    }
}
