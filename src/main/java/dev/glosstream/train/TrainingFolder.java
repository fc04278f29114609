package dev.glosstream.train;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.glosstream.infer.BatchArrays;
import dev.glosstream.infer.DropoutRates;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.infer.NetworkArrays;
import dev.glosstream.infer.SequenceNetwork;
import dev.glosstream.model.IdSpace;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.ModelManifest;
import dev.glosstream.model.NetworkPlan;
import dev.glosstream.model.TorchPlan;
import dev.glosstream.sequence.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * All that a training run reads, in a folder that {@code training/train.py} goes on with: the plan, the examples as ids and
 * targets, the network's first values, the files of the columns, and the manifest of the bundle to be.
 *
 * <p>Whoever trains on it trains on what this program would train on, from where it would start.
 */
final class TrainingFolder {
    /** How a bundle made of the folder will hold its weights. */
    static final ModelManifest.Weights WEIGHTS_TO_BE =
            new ModelManifest.Weights("weights.pt", ModelManifest.Weights.TORCHSCRIPT, ModelManifest.Weights.FP32);

    static final String TRAINING = "train.jsonl.gz";
    static final String DEV = "dev.jsonl.gz";
    static final String INITIAL = "initial.npz";

    private static final JsonFactory JSON = new JsonFactory();

    private final TrainingRecipe recipe;
    private final Path directory;

    /** Creates the writer of a folder that exists. */
    TrainingFolder(TrainingRecipe recipe, Path directory) {
        this.recipe = recipe;
        this.directory = directory;
    }

    /**
     * Writes examples.
     *
     * @param name {@link #TRAINING} or {@link #DEV}
     */
    void writeExamples(String name, List<EncodedExample> examples) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(directory.resolve(name)));
                JsonGenerator json = JSON.createGenerator(out)) {
            json.setRootValueSeparator(null);
            for (EncodedExample example : examples) {
                write(json, example);
                json.writeRaw('\n');
            }
        }
    }

    private void write(JsonGenerator json, EncodedExample example) throws IOException {
        json.writeStartObject();
        json.writeNumberField("length", example.ids().sequenceLength());
        json.writeArrayFieldStart("ids");
        for (int column = 0; column < example.ids().columnCount(); column++) {
            int[] ids = example.ids().ids(column);
            json.writeArray(ids, 0, ids.length);
        }
        json.writeEndArray();
        json.writeNumberField("weight", example.weight());
        if (recipe.task() == Task.ENTITIES) {
            json.writeFieldName("tags");
            json.writeArray(example.tags(), 0, example.tags().length);
        } else {
            json.writeArrayFieldStart("distribution");
            for (float probability : example.distribution()) {
                json.writeNumber(probability);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /**
     * Writes plan, first values and manifest; the files of the columns must be there.
     *
     * @param manifest of the bundle to be
     * @param ids of each column
     */
    void writeNetwork(ModelManifest manifest, List<IdSpace> ids, ColumnFiles files) throws IOException {
        NetworkPlan network = NetworkPlan.of(manifest, ids);
        TorchPlan.of(manifest, network.withTables(tables(network)), training()).write(directory);
        writeFirstValues(manifest, ids, files);
        ModelBundle.begin(directory, manifest, ModelBundle.columnFiles(manifest.architecture()));
    }

    private List<NetworkPlan.Table> tables(NetworkPlan network) {
        NetworkPlan.Table[] tables = network.tables().toArray(NetworkPlan.Table[]::new);
        for (int column = recipe.columns().size() - 1; column >= 0; column--) {
            // From the last to the first: a shared table follows the first of its columns.
            ColumnRecipe.Table table = recipe.columns().get(column).table();
            int number = network.columns().get(column).table();
            tables[number] = new NetworkPlan.Table(
                    tables[number].rows(),
                    tables[number].dimension(),
                    table.frozenEpochs(),
                    table.l2(),
                    table.maxNorm());
        }
        return new ArrayList<>(Arrays.asList(tables));
    }

    private Map<String, @Nullable Object> training() {
        TrainingSettings settings = recipe.training();
        Map<String, @Nullable Object> training = new LinkedHashMap<>();
        training.put("epochs", settings.epochs());
        training.put("patience", settings.patience());
        training.put("batchSize", settings.batchSize());
        training.putAll(optimizer(settings.optimizer()));
        training.put("embeddingDropout", settings.dropout().embedding());
        training.put("layerDropout", settings.dropout().betweenLayers());
        training.put("outputDropout", settings.dropout().output());
        training.put("wordDropout", settings.wordDropout());
        training.put("averaging", settings.averaging());
        training.put("seed", settings.seed());
        training.put("wordColumns", recipe.wordColumns());
        return training;
    }

    private static Map<String, @Nullable Object> optimizer(OptimizerSettings settings) {
        Map<String, @Nullable Object> optimizer = new LinkedHashMap<>();
        optimizer.put("optimizer", lowerCase(settings.kind()));
        optimizer.put("learningRate", settings.learningRate());
        optimizer.put("warmUpSteps", settings.warmUpSteps());
        optimizer.put("decay", lowerCase(settings.decay()));
        optimizer.put("weightDecay", settings.weightDecay());
        optimizer.put("momentum", settings.momentum());
        optimizer.put("clipNorm", bound(settings.clipNorm()));
        optimizer.put("clipValue", bound(settings.clipGradient()));
        return optimizer;
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** JSON has no infinity: no bound is null. */
    private static @Nullable Double bound(double most) {
        return most == Double.POSITIVE_INFINITY ? null : most;
    }

    private void writeFirstValues(ModelManifest manifest, List<IdSpace> ids, ColumnFiles files) throws IOException {
        Engine.getInstance().setRandomSeed(Math.toIntExact(recipe.training().seed()));
        try (Model model = LoadedModel.newModel(manifest.name())) {
            SequenceNetwork network = LoadedModel.network(manifest, ids, DropoutRates.NONE);
            TaskTraining.initialise(network);
            network.initialize(model.getNDManager(), DataType.FLOAT32, BatchArrays.shapes(manifest.architecture()));
            new TableTraining(network, recipe.columns())
                    .start(ids, files, recipe.training().seed());
            NetworkArrays.write(network, manifest.architecture(), model.getNDManager(), directory.resolve(INITIAL));
        }
    }
}
