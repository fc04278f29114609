package dev.glosstream.infer;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.initializer.NormalInitializer;
import dev.glosstream.label.CrfFixtures;
import dev.glosstream.model.Architecture;
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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Small bundles with random weights: real networks on the real engine, whose answers mean nothing. */
public final class TinyBundles {
    private static final int SEED = 5;
    private static final List<String> WORDS =
            List.of("the", "a", "good", "bad", "not", "paris", "anna", "works", "in", "is", ".", ",", "!", "i", "it");
    private static final List<String> SHAPES = List.of("xx", "Xxx", "XX", "00", ".", "!");

    private static final List<String> AFFIXES = List.of("pa", "is", "an", "na", "wo", "ks", "go", "od", "ba", "th");
    private static final List<String> LETTERS =
            Stream.of("abcdefghiklmnoprstuwyPAW.,!".split("")).toList();
    private static final Map<String, List<String>> PHRASES = Map.of(
            "paris", List.of("city", "given"),
            "anna", List.of("given"),
            "anna works", List.of("company"),
            "good", List.of("valence2"),
            "not bad", List.of("valence1"));

    private TinyBundles() {}

    /** Writes a bundle of either task into a new folder and opens it. */
    public static ModelBundle write(Path directory, Task task) {
        return write(directory, task, 64);
    }

    /** Writes a bundle that reads that many tokens of a text. */
    public static ModelBundle write(Path directory, Task task, int maxSequenceLength) {
        return write(
                directory,
                task,
                Architecture.of(
                        List.of(
                                new EntryColumn(EntryColumn.Feature.WORD, 0, 8, "word.txt"),
                                new EntryColumn(EntryColumn.Feature.SHAPE, 0, 4, "shape.txt")),
                        LstmSettings.bidirectional(6, 1),
                        maxSequenceLength));
    }

    /** Writes a bundle of any network. */
    public static ModelBundle write(Path directory, Task task, Architecture architecture) {
        try {
            Files.createDirectories(directory);
            List<String> files = new ArrayList<>(List.of("weights.params"));
            files.addAll(ModelBundle.columnFiles(architecture));
            List<IdSpace> ids = writeColumns(directory, architecture);
            ModelManifest manifest = manifest(task, architecture);
            writeWeights(directory, manifest, ids);
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

    /** Columns that name the same file are of one kind: what the last of them writes is what the first wrote. */
    private static List<IdSpace> writeColumns(Path directory, Architecture architecture) throws IOException {
        List<IdSpace> ids = new ArrayList<>();
        for (TokenColumn column : architecture.columns()) {
            if (column instanceof NgramColumn ngrams) {
                ids.add(new HashedNgrams(ngrams.buckets()));
            } else if (column instanceof LexiconColumn lexicon) {
                Lexicon.write(PHRASES, directory.resolve(lexicon.lexicon()));
                ids.add(Lexicon.of(PHRASES));
            } else {
                Vocabulary vocabulary = Vocabulary.of(entries(column));
                vocabulary.write(directory.resolve(column.file().orElseThrow()));
                ids.add(vocabulary);
            }
        }
        return ids;
    }

    private static List<String> entries(TokenColumn column) {
        if (!(column instanceof EntryColumn entry)) {
            return LETTERS;
        }
        return switch (entry.feature()) {
            case WORD -> WORDS;
            case SHAPE -> SHAPES;
            case PREFIX, SUFFIX -> AFFIXES;
        };
    }

    private static ModelManifest manifest(Task task, Architecture architecture) {
        return new ModelManifest(
                ModelManifest.FORMAT_VERSION,
                "tiny-" + task.code(),
                "0.0.1",
                task,
                "Apache-2.0",
                List.of(),
                Tokenizer.NAME,
                task == Task.SENTIMENT ? List.of("negative", "neutral", "positive") : List.of("PER", "LOC", "ORG"),
                architecture,
                new ModelManifest.Weights("weights.params", ModelManifest.Weights.DJL_PARAMETERS, "fp32"),
                new ModelManifest.Training(List.of(), Map.of(), "test", SEED, 0),
                ModelManifest.OWN_ENCODER,
                ModelManifest.Calibration.NONE,
                Map.of(),
                Map.of(),
                Map.of());
    }

    private static void writeWeights(Path directory, ModelManifest manifest, List<IdSpace> ids) throws IOException {
        Engine.getInstance().setRandomSeed(SEED);
        try (Model model = LoadedModel.newModel(manifest.name());
                DataOutputStream out =
                        new DataOutputStream(Files.newOutputStream(directory.resolve("weights.params")))) {
            SequenceNetwork network = LoadedModel.network(manifest, ids, DropoutRates.NONE);
            network.setInitializer(new NormalInitializer(0.8f), parameter -> true);
            network.initialize(model.getNDManager(), DataType.FLOAT32, BatchArrays.shapes(manifest.architecture()));
            network.saveParameters(out);
        }
    }
}
