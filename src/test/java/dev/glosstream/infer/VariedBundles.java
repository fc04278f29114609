package dev.glosstream.infer;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small bundles of any network with random weights, initial states and normalisation included, the row of padding zero. */
public final class VariedBundles {
    private static final int SEED = 9;

    private VariedBundles() {}

    /** Returns one column of each kind, both readers of characters included. */
    public static List<TokenColumn> everyColumn() {
        return List.of(
                new EntryColumn(EntryColumn.Feature.WORD, 0, 6, "word.txt"),
                new EntryColumn(EntryColumn.Feature.SUFFIX, 3, 3, "suffix.txt"),
                new LexiconColumn(2, 3, "lexicon.gz"),
                new NgramColumn(3, 4, 8, 50, 4),
                new CharacterColumn(CharacterColumn.Reader.CNN, 8, 3, 4, "characters.txt"),
                new CharacterColumn(CharacterColumn.Reader.LSTM, 8, 3, 4, "characters.txt"));
    }

    /** Returns a network that reads max+mean of every column's vectors. */
    public static Architecture architecture(LstmSettings lstm, Architecture.Representation representation) {
        return new Architecture(everyColumn(), lstm, representation, 64, Architecture.Truncation.HEAD);
    }

    /** Writes a bundle into a new folder and opens it. */
    public static ModelBundle write(Path directory, Task task, Architecture architecture) {
        try {
            Files.createDirectories(directory);
            Vocabulary.of(List.of("the", "good", "bad", "not", "paris", ".", "!", "it", "is", "very", "deep"))
                    .write(directory.resolve("word.txt"));
            Vocabulary.of(List.of("the", "ood", "bad", "not", "ris")).write(directory.resolve("suffix.txt"));
            Vocabulary.of("abcdefghijklmnopqrstuvwxyzP!."
                            .chars()
                            .mapToObj(Character::toString)
                            .toList())
                    .write(directory.resolve("characters.txt"));
            Lexicon.write(
                    Map.of("good", List.of("positive"), "bad", List.of("negative"), "not bad", List.of("positive")),
                    directory.resolve("lexicon.gz"));
            ModelManifest manifest = manifest(task, architecture);
            List<String> files = new ArrayList<>(ModelBundle.columnFiles(architecture));
            files.add("weights.params");
            writeWeights(directory, manifest);
            if (task == Task.ENTITIES) {
                ModelBundle.writeTransitions(
                        directory, CrfFixtures.transitions(BioTagSet.of(manifest.labels()), new Random(SEED)));
                files.add(ModelBundle.TRANSITIONS);
            }
            ModelBundle.seal(directory, manifest, files);
            return ModelBundle.open(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
                task == Task.SENTIMENT ? List.of("negative", "neutral", "positive") : List.of("PER", "LOC"),
                architecture,
                new ModelManifest.Weights("weights.params", LoadedModel.DJL_PARAMETERS, "fp32"),
                new ModelManifest.Training(List.of(), Map.of(), "test", SEED, 0),
                ModelManifest.OWN_ENCODER,
                ModelManifest.Calibration.NONE,
                Map.of(),
                Map.of(),
                Map.of());
    }

    private static void writeWeights(Path directory, ModelManifest manifest) throws IOException {
        Engine.getInstance().setRandomSeed(SEED);
        try (Model model = LoadedModel.newModel(manifest.name());
                DataOutputStream out =
                        new DataOutputStream(Files.newOutputStream(directory.resolve("weights.params")))) {
            SequenceNetwork network =
                    LoadedModel.network(manifest, ids(directory, manifest.architecture()), DropoutRates.NONE);
            network.setInitializer(new NormalInitializer(0.8f), parameter -> true);
            network.initialize(model.getNDManager(), DataType.FLOAT32, BatchArrays.shapes(manifest.architecture()));
            network.tables().forEach(table -> clearPadding(table.parameter().getArray()));
            network.saveParameters(out);
        }
    }

    private static List<IdSpace> ids(Path directory, Architecture architecture) throws IOException {
        List<IdSpace> ids = new ArrayList<>();
        for (TokenColumn column : architecture.columns()) {
            if (column instanceof NgramColumn ngrams) {
                ids.add(new HashedNgrams(ngrams.buckets()));
            } else {
                Path file = directory.resolve(column.file().orElseThrow());
                ids.add(column instanceof LexiconColumn ? Lexicon.read(file) : Vocabulary.read(file));
            }
        }
        return ids;
    }

    private static void clearPadding(NDArray table) {
        float[] values = table.toFloatArray();
        Arrays.fill(values, 0, Math.toIntExact(table.getShape().get(1)), 0f);
        table.set(values);
    }
}
