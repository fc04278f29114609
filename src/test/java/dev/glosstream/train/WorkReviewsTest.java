package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.infer.FloatMatrix;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.infer.NetworkInspector;
import dev.glosstream.model.IdSpace;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.train.corpus.CorpusReader;
import dev.glosstream.train.evaluate.BundleEvaluator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first model of docs/embedding-and-lstm.md: ten short work reviews, from the shipped file by the shipped recipe. */
class WorkReviewsTest {
    private static final List<CorpusChoice> REVIEWS = List.of(CorpusChoice.parse("samples/train/work-reviews.tsv"));

    @Test
    void shouldLearnTenShortReviewsByHeart(@TempDir Path out) throws IOException {
        TrainingRecipe recipe = RecipeFile.read(Path.of("training/work-reviews.yaml"), List.of());
        TrainingData data = TrainingData.byHeart(recipe, REVIEWS, Path.of(""), new CorpusReader(false));
        assertThat(data.training().examples()).hasSize(10).isEqualTo(data.dev().examples());

        ModelBundle bundle = new ModelTrainer(recipe, "test", new SilentListener()).train(data, Path.of(""), out);

        assertThat(BundleEvaluator.evaluate(bundle, data.training().examples()).metrics())
                .containsEntry("accuracy", 1.0);
        assertThat(bundle.manifest().labels()).containsExactly("negative", "positive");
        try (LoadedModel model = LoadedModel.load(bundle)) {
            FloatMatrix table = NetworkInspector.of(model).orElseThrow().table(0);
            assertThat(table.row(IdSpace.PAD_ID))
                    .as("row of padding after training")
                    .containsOnly(0f);
            assertThat(table.row(IdSpace.UNKNOWN_ID))
                    .as("row of everything unknown")
                    .doesNotContain(0f);
        }
    }
}
