package dev.glosstream.infer;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.initializer.NormalInitializer;
import dev.glosstream.label.CrfFixtures;
import dev.glosstream.model.Architecture;
import dev.glosstream.model.CharacterColumn;
import dev.glosstream.model.EntryColumn;
import dev.glosstream.model.HashedNgrams;
import dev.glosstream.model.IdSpace;
import dev.glosstream.model.Lexicon;
import dev.glosstream.model.LexiconColumn;
import dev.glosstream.model.LstmSettings;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.ModelManifest;
import dev.glosstream.model.NgramColumn;
import dev.glosstream.model.TokenColumn;
import dev.glosstream.model.Vocabulary;
import dev.glosstream.sequence.BioTagSet;
import dev.glosstream.sequence.Task;
import dev.glosstream.tokenize.Tokenizer;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Bundles with random weights and a column of every kind, some of which share a table. */
public final class VariedBundles {
    private static final int SEED = 5;
    private static final List<TokenColumn> COLUMNS = List.of(
            new EntryColumn(EntryColumn.Feature.WORD, 0, 8, "words.txt"),
            new EntryColumn(EntryColumn.Feature.PREFIX, 2, 5, "affixes.txt"),
            new NgramColumn(3, 4, 6, 50, 4),
            new EntryColumn(EntryColumn.Feature.SUFFIX, 2, 5, "affixes.txt"),
            new NgramColumn(2, 2, 1, 20, 3),
            new LexiconColumn(3, 4, "lexicon.tsv.gz"),
            new CharacterColumn(CharacterColumn.Reader.CNN, 7, 5, 6, "characters.txt"),
            new CharacterColumn(CharacterColumn.Reader.LSTM, 6, 5, 8, "characters.txt"));

    private VariedBundles() {}

    /** Writes a bundle into a new folder and opens it. */
    public static ModelBundle write(
            Path directory, Task task, LstmSettings lstm, Architecture.Representation representation)
            throws IOException {
        Files.createDirectories(directory);
        List<IdSpace> ids = writeIds(directory);
        ModelManifest manifest =
                manifest(task, new Architecture(COLUMNS, lstm, representation, 64, Architecture.Truncation.HEAD));
        writeWeights(directory, manifest, ids);
        List<String> files = new ArrayList<>(ModelBundle.columnFiles(manifest.architecture()));
        files.add("weights.params");
        if (task == Task.ENTITIES) {
            ModelBundle.writeTransitions(
                    directory, CrfFixtures.transitions(BioTagSet.of(manifest.labels()), new Random(SEED)));
            files.add(ModelBundle.TRANSITIONS);
        }
        ModelBundle.seal(directory, manifest, files);
        return ModelBundle.open(directory);
    }

    private static List<IdSpace> writeIds(Path directory) throws IOException {
        Vocabulary words = Vocabulary.of(List.of("the", "a", "is", "in", "not", "paris", "i", "and", "to", "."));
        Vocabulary affixes = Vocabulary.of(List.of("th", "he", "in", "ng", "pa", "is", "ed", "re"));
        Vocabulary characters = Vocabulary.of(List.of("a", "b", "e", "i", "n", "o", "s", "t", "T", "."));
        words.write(directory.resolve("words.txt"));
        affixes.write(directory.resolve("affixes.txt"));
        characters.write(directory.resolve("characters.txt"));
        Map<String, List<String>> phrases =
                Map.of("the", List.of("article"), "is", List.of("verb", "copula"), "in the", List.of("phrase"));
        Lexicon.write(phrases, directory.resolve("lexicon.tsv.gz"));
        return List.of(
                words,
                affixes,
                new HashedNgrams(50),
                affixes,
                new HashedNgrams(20),
                Lexicon.of(phrases),
                characters,
                characters);
    }

    private static ModelManifest manifest(Task task, Architecture architecture) {
        return new ModelManifest(
                ModelManifest.FORMAT_VERSION,
                "varied-" + task.code(),
                "0.0.1",
                task,
                "Apache-2.0",
                List.of(),
                Tokenizer.NAME,
                task == Task.SENTIMENT ? List.of("negative", "neutral", "positive") : List.of("PER", "LOC", "ORG"),
                architecture,
                new ModelManifest.Weights(
                        "weights.params", ModelManifest.Weights.DJL_PARAMETERS, ModelManifest.Weights.FP32),
                new ModelManifest.Training(List.of(), Map.of(), "test", SEED, 0),
                Map.of(),
                Map.of());
    }

    private static void writeWeights(Path directory, ModelManifest manifest, List<IdSpace> ids) throws IOException {
        Engine.getInstance().setRandomSeed(SEED);
        try (Model model = LoadedModel.newModel(manifest.name());
                DataOutputStream out =
                        new DataOutputStream(Files.newOutputStream(directory.resolve("weights.params")))) {
            SequenceNetwork network = LoadedModel.network(manifest, ids, DropoutRates.NONE);
            network.setInitializer(new NormalInitializer(0.5f), parameter -> true);
            network.initialize(model.getNDManager(), DataType.FLOAT32, BatchArrays.shapes(manifest.architecture()));
            network.saveParameters(out);
        }
    }
}
