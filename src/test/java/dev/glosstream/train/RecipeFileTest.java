package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.config.ConfigException;
import dev.glosstream.config.SettingsFile;
import dev.glosstream.config.SettingsSection;
import dev.glosstream.train.corpus.CorpusException;
import dev.glosstream.train.corpus.CorpusReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeFileTest {
    private static final String HEAD =
            """
            task: entities
            name: x
            version: 1.0.0
            license: MIT
            labels: [PER, ORG]
            network: {columns: [{feature: word, dimension: 4}], stateSize: 4}
            training: {epochs: 1, patience: 1, batchSize: 1, learningRate: 0.1}
            """;

    @TempDir
    private Path folder;

    @Test
    void shouldReadCorporaInTheShortAndInTheLongForm() throws IOException {
        TrainingRecipe recipe = recipe(
                """
                corpora:
                  - conll:a.conll * 0.5
                  - {source: b.conll, keep: 0.25, weight: 2.0, labels: {corporation: ORG, product: null, art: drop}}
                  - {source: c.conll, balance: 0.5, taught: false, namedReplies: 0.3, plainReplies: 0.1}
                """);

        assertThat(recipe.corpora())
                .containsExactly(
                        new CorpusChoice("conll:a.conll", 0.5),
                        new CorpusChoice(
                                "b.conll",
                                0.25,
                                2,
                                0,
                                true,
                                ReplyCopies.NONE,
                                Map.of("corporation", "ORG", "product", "drop", "art", "drop")),
                        new CorpusChoice("c.conll", 1, 1, 0.5, false, new ReplyCopies(0.3, 0.1), Map.of()));
    }

    @Test
    void shouldNameTheLineOfAMistakeInACorpus() {
        assertThatThrownBy(() -> recipe("corpora:\n  - a.conll\n  - {source: b.conll, wieght: 2}\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("recipe.yaml:10: corpora[1].wieght: expected a known key");
    }

    @Test
    void shouldReplaceCorporaOnTheCommandLine() throws IOException {
        assertThat(recipe("corpora: [a.conll]\n", "corpora=b.conll,uner:c.iob2").corpora())
                .containsExactly(new CorpusChoice("b.conll", 1), new CorpusChoice("uner:c.iob2", 1));
    }

    @Test
    void shouldRenameAndDropTheLabelsOfACorpusAndWeighIt() throws IOException {
        Files.writeString(
                folder.resolve("a.conll"), "Ann\tB-person\nlikes\tO\nACME\tB-firm\nX1\tB-product\nY\tI-product\n");
        Files.writeString(folder.resolve("dev.conll"), "Bob\tB-PER\n");
        TrainingRecipe recipe = recipe(
                """
                corpora: [{source: a.conll, weight: 3, labels: {firm: ORG, product: null}}]
                dev: [dev.conll]
                """);

        TrainingData data = TrainingData.ofRecipe(recipe, folder, new CorpusReader(false));

        assertThat(data.training().examples()).singleElement().satisfies(example -> {
            assertThat(example.entities().stream().map(entity -> entity.type() + " " + entity.textOf(example.text())))
                    .containsExactly("PER Ann", "ORG ACME");
            assertThat(example.weight()).isEqualTo(3);
        });
    }

    @Test
    void shouldRefuseALabelThatNeitherTheCorpusNorTheRecipeKnows() throws IOException {
        Files.writeString(folder.resolve("a.conll"), "Ann\tB-person\n\nX1\tB-product\n");
        TrainingRecipe recipe = recipe("corpora: [a.conll]\ndev: [a.conll]\n");

        assertThatThrownBy(() -> TrainingData.ofRecipe(recipe, folder, new CorpusReader(false)))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("a.conll:3: expected a label of [ORG, PER], got 'product'");
    }

    @Test
    void shouldRefuseToRenameALabelToAnUnknownOne() throws IOException {
        Files.writeString(folder.resolve("a.conll"), "Ann\tB-person\n");
        TrainingRecipe recipe = recipe("corpora: [{source: a.conll, labels: {person: HUMAN}}]\n");

        assertThatThrownBy(() -> TrainingData.ofRecipe(recipe, folder, new CorpusReader(false)))
                .hasMessageContaining("expected 'person' to become one of [ORG, PER] or drop, got 'HUMAN'");
    }

    @Test
    void shouldReadEverySettingOfTraining() throws IOException {
        TrainingSettings settings = recipe(
                        "",
                        "training.optimizer=adamw",
                        "training.weightDecay=0.01",
                        "training.decay=linear",
                        "training.clipNorm=5",
                        "training.labelSmoothing=0.1",
                        "training.classWeights=sqrt-balanced",
                        "training.distillation=0.5",
                        "training.distillationTemperature=2")
                .training();

        assertThat(settings.asText())
                .containsEntry("optimizer", "adamw")
                .containsEntry("weightDecay", "0.01")
                .containsEntry("decay", "linear")
                .containsEntry("clipNorm", "5.0")
                .containsEntry("labelSmoothing", "0.1")
                .containsEntry("classWeights", "sqrt_balanced")
                .containsEntry("distillation", "0.5")
                .containsEntry("distillationTemperature", "2.0");
    }

    @Test
    void shouldReadWeightsOfClassesAndRefuseThoseOfOthers() throws IOException {
        String own = HEAD.replace("learningRate: 0.1", "learningRate: 0.1, classWeights: {PER: 2, MISC: 1}");
        Files.writeString(folder.resolve("recipe.yaml"), own);

        assertThatThrownBy(() -> RecipeFile.read(folder.resolve("recipe.yaml"), List.of()))
                .hasMessageContaining("training.classWeights: expected labels of [PER, ORG], got 'MISC'");
    }

    @Test
    void shouldRefuseUnlabelledTextsWithoutTeachers() {
        assertThatThrownBy(() -> recipe("unlabelled: [text:a.txt]\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("unlabelled: expected teachers to label it, got none");
    }

    @Test
    void shouldExplainEveryKeyOfTrainingInItsReadme() throws IOException {
        SettingsSection section =
                SettingsFile.parse("x", HEAD, Map.of(), List.of()).root().section("training");
        TrainingSection.read(section);
        String readme = Files.readString(Path.of("training/README.md"));
        String table = readme.substring(readme.indexOf("## Settings of training"), readme.indexOf("## Interrupted"));

        assertThat(table.lines()
                        .filter(line -> line.startsWith("| `"))
                        .map(line -> line.substring(3, line.indexOf('`', 3))))
                .containsExactlyInAnyOrderElementsOf(section.keys(false));
    }

    @Test
    void shouldExplainEveryKeyOfPretrainingInItsReadme() throws IOException {
        SettingsSection section =
                SettingsFile.parse("x", HEAD, Map.of(), List.of()).root().section("pretraining");
        PretrainingSection.read(section, folder);
        String readme = Files.readString(Path.of("training/README.md"));
        String table = readme.substring(readme.indexOf("## Pretraining on"), readme.indexOf("## What is written"));

        assertThat(table.lines()
                        .filter(line -> line.startsWith("| `"))
                        .map(line -> line.substring(3, line.indexOf('`', 3))))
                .containsExactlyInAnyOrderElementsOf(section.keys(false));
    }

    @Test
    void shouldReadPretraining() throws IOException {
        PretrainingSettings settings = recipe(
                        "pretraining: {texts: [text:a.txt * 0.25, {source: ./b.tsv, keep: 0.5}], epochs: 7}\n",
                        "pretraining.candidates=99",
                        "pretraining.dropout=0.2",
                        "pretraining.vocabulary=all")
                .pretraining();

        assertThat(settings.texts())
                .containsExactly(
                        new CorpusChoice("text:a.txt", 0.25),
                        new CorpusChoice(folder.resolve("b.tsv").toString(), 0.5));
        assertThat(settings.asText())
                .containsEntry("pretraining.epochs", "7")
                .containsEntry("pretraining.candidates", "99")
                .containsEntry("pretraining.dropout", "0.2")
                .containsEntry("pretraining.vocabulary", "all");
        String texts = "pretraining: {texts: [text:a.txt], epochs: 7}\n";
        PretrainingSettings shared = recipe(texts, "pretraining.encoder=b").pretraining();
        assertThat(shared.encoder()).contains(Path.of("b"));
        assertThat(shared.texts()).isEmpty();
        assertThat(recipe(texts, "pretraining.epochs=0").pretraining().isAsked())
                .isFalse();
        assertThat(recipe("").pretraining().isAsked()).isFalse();
        assertThat(recipe("").pretraining().asText()).isEmpty();
    }

    @Test
    void shouldRefuseNetworksThatWouldSeeWhatTheyForetell() {
        String texts = "pretraining: {texts: [text:a.txt]}\n";

        assertThatThrownBy(() -> recipe(texts, "network.layers=2"))
                .hasMessageContaining("pretraining: expected network.layers 1, got 2");
        assertThatThrownBy(() -> recipe(texts, "network.layerNorm=true"))
                .hasMessageContaining("pretraining: expected network.layerNorm false, got true");
    }

    @Test
    void shouldRefuseAPretrainingOfNothing() {
        assertThatThrownBy(() -> recipe("pretraining: {epochs: 3}\n"))
                .hasMessageContaining(
                        "pretraining.texts: expected texts or encoder beside the other keys, got neither");
    }

    private TrainingRecipe recipe(String tail, String... overrides) throws IOException {
        Path file = Files.writeString(folder.resolve("recipe.yaml"), HEAD + tail);
        return RecipeFile.read(file, Arrays.asList(overrides));
    }
}
