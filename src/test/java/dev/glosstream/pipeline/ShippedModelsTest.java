package dev.glosstream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.batch.BatchStatistics;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Sentiment;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shipped bundles fit the stages of this program: sentences that any sound model gets right. */
class ShippedModelsTest {

    @Test
    void shouldLabelPlainSentences() {
        try (LoadedModel sentiment = LoadedModel.load(ModelBundle.open(Path.of("models/sentiment-en")));
                LoadedModel entities = LoadedModel.load(ModelBundle.open(Path.of("models/entities-en")));
                TextLabeller labeller = new TextLabeller(
                        List.of(TaskModel.of(sentiment), TaskModel.of(entities)),
                        LimitSettings.DEFAULT,
                        BatchingSettings.DEFAULT,
                        new BatchStatistics())) {
            assertLabels(labeller, "The food was amazing and the staff were lovely", "positive");
            assertLabels(labeller, "THIS IS THE WORST PHONE I EVER BOUGHT", "negative");
            assertLabels(labeller, "The meeting is at 3pm on Tuesday in Room 4.", "neutral");
            assertLabels(
                    labeller, "Maria Lopez loves the new tram in Lisbon", "positive", "PER Maria Lopez", "LOC Lisbon");
        }
    }

    private static void assertLabels(TextLabeller labeller, String text, String mood, String... spans) {
        List<PreparedText> window = labeller.prepare(text).fold(List::of, rejection -> List.of());
        Labels labels = labeller.label(window).get(0).fold(answer -> answer, rejection -> {
            throw new AssertionError(rejection);
        });

        assertThat(labels.sentiment().map(Sentiment::label)).as(text).contains(mood);
        assertThat(labels.entities().orElseThrow())
                .extracting(entity -> entity.type() + " " + entity.textOf(text))
                .as(text)
                .containsExactly(spans);
    }
}
