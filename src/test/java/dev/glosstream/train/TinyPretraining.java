package dev.glosstream.train;

import dev.glosstream.model.Digests;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.corpus.CorpusReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Trainings of a second that read a language of 16 words first. */
final class TinyPretraining {
    static final int WORDS = 16;
    static final String RECIPE =
            """
            task: sentiment
            name: tiny
            version: 1.0.0
            license: Apache-2.0
            labels: [negative, positive]
            network:
              columns:
                - {feature: word, dimension: 16}
              minCount: 1
              stateSize: 24
            pretraining:
              texts: [text:plain.txt]
              vocabulary: all
              epochs: 6
              candidates: 6
              learningRate: 0.02
              warmUpSteps: 5
              batchSize: 16
              heldOut: 0.1
            training:
              epochs: 1
              patience: 1
              batchSize: 2
              learningRate: 1e-7
              checkpointSteps: 7
              seed: 5
            """;

    final List<Double> heldOut = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    private final Path folder;

    /**
     * Prepares runs.
     *
     * @param folder of all files
     */
    TinyPretraining(Path folder) {
        this.folder = folder;
    }

    /** Ends a run in the middle, as an error does. */
    static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Remembers what it hears, and may end a run. */
    private final class Listener extends SilentListener {
        private final int stopAfter;
        private int steps;

        Listener(int stopAfter) {
            this.stopAfter = stopAfter;
        }

        @Override
        public void onNote(String note) {
            notes.add(note);
        }

        @Override
        public void onPretrainingEpochEnd(int epoch, double meanLoss, double heldOutLoss) {
            heldOut.add(heldOutLoss);
        }

        @Override
        public void onStep(double meanLoss) {
            steps++;
            if (steps == stopAfter) {
                throw new Stop();
            }
        }
    }

    static double distance(float[] one, float[] other) {
        double most = 0;
        for (int cell = 0; cell < one.length; cell++) {
            most = Math.max(most, Math.abs(one[cell] - other[cell]));
        }
        return most;
    }

    static String sha(ModelBundle bundle) throws IOException {
        return Digests.sha256(bundle.directory().resolve("weights.params"));
    }

    TrainingRecipe sharing(String trained, String... overrides) throws IOException {
        String own = RECIPE.replace(
                        "texts: [text:plain.txt]", "encoder: " + folder.resolve(trained + "/pretrained.encoder"))
                .replace("  vocabulary: all\n", "");
        return read(own, overrides);
    }

    TrainingRecipe recipe(String... overrides) throws IOException {
        return read(RECIPE, overrides);
    }

    TrainingRecipe read(String text, String... overrides) throws IOException {
        return RecipeFile.read(Files.writeString(folder.resolve("recipe.yaml"), text), List.of(overrides));
    }

    ModelTrainer trainer(TrainingRecipe recipe, int stopAfter) {
        return new ModelTrainer(recipe, "test", new Listener(stopAfter));
    }

    ModelBundle train(TrainingRecipe recipe, String out) throws IOException {
        return trainer(recipe, 0).train(data(recipe), folder, folder.resolve(out));
    }

    TrainingData data(TrainingRecipe recipe) {
        Corpus training = labelled("labelled", "ba bb good", "bc bd bad");
        return new TrainingData(training, labelled("dev", "ba good", "bc bad"), Map.of())
                .withPretrainingTexts(TrainingData.pretrainingTexts(List.of(recipe), folder, reader()));
    }

    List<String> texts(TrainingRecipe recipe) {
        return TrainingData.pretrainingTexts(List.of(recipe), folder, reader()).examples().stream()
                .map(CorpusExample::text)
                .toList();
    }

    CorpusReader reader() {
        Path file = folder.resolve("plain.txt");
        try {
            return new CorpusReader(!Files.exists(Files.write(file, sentences())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Corpus labelled(String source, String negative, String positive) {
        return Corpus.ofExamples(
                source,
                List.of(
                        CorpusExample.ofSentiment(negative, "negative"),
                        CorpusExample.ofSentiment(positive, "positive")));
    }

    /** Returns a word of the language by its number. */
    static String word(int number) {
        return "b" + (char) ('a' + number);
    }

    /** Sentences of a language in which word {@code i} is followed by {@code 2i} or {@code 2i + 1}, modulo their number. */
    static List<String> sentences() {
        Random random = new Random(3);
        return Stream.generate(() -> {
                    int word = random.nextInt(WORDS);
                    List<String> words = new ArrayList<>();
                    for (int length = 0; length < 16; length++) {
                        words.add(word(word));
                        word = (2 * word + random.nextInt(2)) % WORDS;
                    }
                    return String.join(" ", words);
                })
                .limit(400)
                .toList();
    }
}
