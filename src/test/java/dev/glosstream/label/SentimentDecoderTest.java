package dev.glosstream.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.Sentiment;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentimentDecoderTest {
    private static final SentimentDecoder DECODER = new SentimentDecoder(List.of("negative", "neutral", "positive"));

    @Test
    void shouldGiveTheSoftmaxOfEachLabel() {
        // ln 1, ln 2, ln 5: probabilities 1/8, 2/8, 5/8
        Sentiment sentiment = DECODER.decode(logits(0f, (float) Math.log(2), (float) Math.log(5)));

        assertThat(sentiment.label()).isEqualTo("positive");
        assertThat(sentiment.score()).isCloseTo(0.625, within(1e-6));
        assertThat(sentiment.scores().keySet()).containsExactly("negative", "neutral", "positive");
        assertThat(sentiment.scores().get("negative")).isCloseTo(0.125, within(1e-6));
    }

    @Test
    void shouldStandLogitsThatOverflowAnExponential() {
        Sentiment sentiment = DECODER.decode(logits(-1000f, 1000f, 0f));

        assertThat(sentiment.label()).isEqualTo("neutral");
        assertThat(sentiment.scores().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void shouldGiveTiesToTheFirstLabel() {
        assertThat(DECODER.decode(logits(1f, 1f, 1f)).label()).isEqualTo("negative");
    }

    @Test
    void shouldDivideLogitsByTheTemperature() {
        // At temperature 2 the square roots count: 1, sqrt 4, sqrt 9
        Sentiment sentiment = new SentimentDecoder(List.of("a", "b", "c"), 2)
                .decode(logits(0f, (float) Math.log(4), (float) Math.log(9)));

        assertThat(sentiment.label()).isEqualTo("c");
        assertThat(sentiment.score()).isCloseTo(3 / 6.0, within(1e-6));
        assertThat(sentiment.scores().get("a")).isCloseTo(1 / 6.0, within(1e-6));
    }

    @Test
    void shouldNeverChangeTheLabelByTheTemperature() {
        // Two logits so close that their probabilities are equal once they are divided
        float second = Math.nextUp(1e-30f);
        for (double temperature : new double[] {0.05, 1, 20}) {
            SentimentDecoder decoder = new SentimentDecoder(List.of("a", "b", "c"), temperature);

            assertThat(decoder.decode(logits(1e-30f, second, -1f)).label()).isEqualTo("b");
            assertThat(decoder.decode(logits(300f, -300f, 299f)).label()).isEqualTo("a");
        }
    }

    @Test
    void shouldRefuseATemperatureThatIsNone() {
        assertThatThrownBy(() -> new SentimentDecoder(List.of("a", "b"), 0))
                .hasMessage("sentiment: expected a temperature above 0, got 0.0");
    }

    @Test
    void shouldRefuseLogitsOfAnotherShape() {
        assertThatThrownBy(() -> DECODER.decode(new ScoreMatrix(new float[] {1, 2}, 2)))
                .hasMessage("sentiment: expected logits [1, 3], got [1, 2]");
    }

    private static ScoreMatrix logits(float... values) {
        return new ScoreMatrix(values, values.length);
    }
}
