package dev.glosstream.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.training.loss.Loss;
import dev.glosstream.infer.BatchArrays;
import dev.glosstream.infer.DropoutRates;
import dev.glosstream.infer.EmbeddingTable;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.infer.SequenceNetwork;
import dev.glosstream.model.EntryColumn;
import dev.glosstream.model.IdSpace;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.TokenColumn;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.TokenIds;
import dev.glosstream.tokenize.TokenEncoder;
import dev.glosstream.tokenize.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Small networks to train for a step or two, with a loss that is easy to differentiate. */
final class TinyNetworks implements AutoCloseable {
    static final ColumnRecipe.Entries TEXTS = new ColumnRecipe.Entries(ColumnRecipe.Entries.Source.TEXTS, 1, 100);

    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final SequenceNetwork network;
    private final List<IdSpace> ids;
    private final TableTraining tables;
    private final NetworkTrainer.Objective objective;
    private final NetworkTrainer trainer;
    private final TokenEncoder encoder;

    /**
     * Makes the network of a bundle anew.
     *
     * @param table how all its tables start and change
     */
    TinyNetworks(ModelBundle bundle, ColumnRecipe.Table table, WeightOptimizer optimizer) {
        this.ids = bundle.ids();
        this.encoder = TokenEncoder.of(bundle);
        this.network = LoadedModel.network(bundle.manifest(), ids, DropoutRates.NONE);
        network.setInitializer(new NormalInitializer(0.5f), parameter -> true);
        network.initialize(
                manager, DataType.FLOAT32, BatchArrays.shapes(bundle.manifest().architecture()));
        List<ColumnRecipe> columns = bundle.manifest().architecture().columns().stream()
                .map(column -> recipe(column, table))
                .toList();
        this.tables = new TableTraining(network, columns);
        tables.start(ids, new ColumnFiles(columns, Path.of("")), 3);
        this.objective = new NetworkTrainer.Objective(network, new WeightedSum());
        this.trainer = new NetworkTrainer(
                manager,
                List.of(objective),
                tables,
                optimizer,
                new GradientClipping(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY));
    }

    static ColumnRecipe recipe(TokenColumn column, ColumnRecipe.Table table) {
        return new ColumnRecipe(column, TEXTS, table, List.of());
    }

    static TokenColumn word(int dimension) {
        return new EntryColumn(EntryColumn.Feature.WORD, 0, dimension, "word.txt");
    }

    static ColumnRecipe.Table table(ColumnRecipe.Table.Start start, double scale) {
        return new ColumnRecipe.Table(start, scale, Optional.empty(), 0, 0, 0);
    }

    SequenceNetwork network() {
        return network;
    }

    TableTraining tables() {
        return tables;
    }

    NetworkTrainer trainer() {
        return trainer;
    }

    TokenIds encode(String text) {
        return encoder.encode(new Tokenizer().tokenize(text));
    }

    /** Takes a step on texts: the loss is the sum of the scores, each weighted by its class, of the real tokens. */
    double step(float weight, String... texts) {
        List<TokenIds> rows = java.util.Arrays.stream(texts).map(this::encode).toList();
        PaddedBatch batch = new PaddedBatch(rows);
        return trainer.step(
                objective,
                rows.stream()
                        .map(row -> EncodedExample.ofClass(row, new float[] {1, 0, 0}, 1))
                        .toList(),
                scratch -> new NDList(
                        scratch.create(weight),
                        scratch.create(batch.attentionMask(), new Shape(batch.batchSize(), batch.paddedLength(), 1))));
    }

    /** Returns the values of the table of a column on the heap; not copied. */
    float[] table(int column) {
        return heap(network.tables().get(column)).values();
    }

    private HeapParameter heap(EmbeddingTable table) {
        return heap(table.parameter());
    }

    HeapParameter heap(Parameter parameter) {
        return trainer.parameters().stream()
                .filter(each -> each.parameter().equals(parameter))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        manager.close();
    }

    /** Weighs the scores of class {@code k} by {@code k + 1}, those of padding by 0, and adds them up. */
    private static final class WeightedSum extends Loss {
        WeightedSum() {
            super("weightedSum");
        }

        @Override
        public NDArray evaluate(NDList labels, NDList predictions) {
            NDArray scores = predictions.head();
            long classes = scores.getShape().get(scores.getShape().dimension() - 1);
            NDArray weights = scores.getManager().arange(1f, classes + 1f).mul(labels.head());
            NDArray weighted = scores.mul(weights);
            return (scores.getShape().dimension() == 3 ? weighted.mul(labels.get(1)) : weighted).sum();
        }
    }
}
