package dev.glosstream.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.glosstream.infer.EmbeddingTable;
import dev.glosstream.infer.SequenceNetwork;
import dev.glosstream.model.IdSpace;
import dev.glosstream.model.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * What is particular to embedding tables while they are trained: how they start, when they are frozen, how long their rows
 * may become. The row of padding is zero from the start, gets no gradient, and so stays zero.
 */
final class TableTraining {
    private final Map<EmbeddingTable, ColumnRecipe> recipes = new LinkedHashMap<>();
    private final List<String> coverage = new ArrayList<>();

    /** Creates the training of a network's tables; a shared table follows the first of its columns. */
    TableTraining(SequenceNetwork network, List<ColumnRecipe> columns) {
        for (int column = 0; column < columns.size(); column++) {
            recipes.putIfAbsent(network.tables().get(column), columns.get(column));
        }
    }

    /**
     * Gives the tables their first values; to be called when the parameters have arrays.
     *
     * @param ids of each column
     * @param files reads pretrained vectors
     */
    void start(List<? extends IdSpace> ids, ColumnFiles files, long seed) {
        Random random = new Random(seed);
        int column = 0;
        for (Map.Entry<EmbeddingTable, ColumnRecipe> entry : recipes.entrySet()) {
            ColumnRecipe recipe = entry.getValue();
            NDArray array = entry.getKey().parameter().getArray();
            float[] values = draw(recipe.table(), array.getShape(), random);
            IdSpace space = ids.get(column++);
            if (space instanceof Vocabulary vocabulary) {
                fill(values, vocabulary, recipe, files.vectors(recipe));
            }
            copy(values, array);
        }
    }

    private static float[] draw(ColumnRecipe.Table table, Shape shape, Random random) {
        float[] values = new float[Math.toIntExact(shape.size())];
        int dimension = Math.toIntExact(shape.get(1));
        double width = Math.sqrt(6.0 / (shape.get(0) + shape.get(1)));
        for (int cell = dimension; cell < values.length; cell++) {
            values[cell] = (float)
                    switch (table.start()) {
                        case NORMAL -> table.scale() * random.nextGaussian();
                        case UNIFORM -> table.scale() * (2 * random.nextDouble() - 1);
                        case XAVIER -> width * (2 * random.nextDouble() - 1);
                    };
        }
        return values;
    }

    private void fill(float[] values, Vocabulary vocabulary, ColumnRecipe recipe, Map<String, float[]> vectors) {
        if (vectors.isEmpty()) {
            return;
        }
        int dimension = recipe.column().dimension();
        int found = 0;
        for (int id = IdSpace.UNKNOWN_ID + 1; id < vocabulary.size(); id++) {
            float[] vector = vectors.get(vocabulary.entry(id));
            if (vector != null) {
                System.arraycopy(vector, 0, values, id * dimension, dimension);
                found++;
            }
        }
        coverage.add(recipe.column().describe() + ": " + found + " of " + (vocabulary.size() - 2)
                + " entries have pretrained vectors");
    }

    private static void copy(float[] values, NDArray array) {
        try (NDManager scratch = array.getManager().newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray source = scratch.create(values, array.getShape());
            array.subi(array);
            array.addi(source);
        }
    }

    /** Returns how many entries of each table have pretrained vectors, a line each. */
    List<String> coverage() {
        return List.copyOf(coverage);
    }

    /** Freezes or frees the tables for an epoch, counted from 1. */
    void onEpochStart(int epoch) {
        recipes.forEach((table, recipe) -> {
            boolean frozen = epoch <= recipe.table().frozenEpochs();
            Parameter parameter = table.parameter();
            if (parameter.requiresGradient() == frozen) {
                parameter.freeze(frozen);
            }
        });
    }

    /** Cuts rows that have become too long; to be called after each step, outside the gradient's scope. */
    void afterStep() {
        recipes.forEach((table, recipe) -> {
            if (recipe.table().maxNorm() > 0) {
                cut(table.parameter().getArray(), (float) recipe.table().maxNorm());
            }
        });
    }

    private static void cut(NDArray array, float maxNorm) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray lengths = array.square().sum(new int[] {1}, true).sqrt().maximum(1e-12f);
            NDArray factors = lengths.getManager()
                    .full(lengths.getShape(), maxNorm, DataType.FLOAT32)
                    .div(lengths)
                    .minimum(1f);
            array.muli(factors);
        }
    }

    /** Returns the regularisation of the tables, a scalar to be added to the loss; nothing if no table asks for it. */
    Optional<NDArray> penalty() {
        return recipes.entrySet().stream()
                .filter(entry -> entry.getValue().table().l2() > 0)
                .map(entry -> entry.getKey()
                        .parameter()
                        .getArray()
                        .square()
                        .sum()
                        .mul((float) (entry.getValue().table().l2() / 2)))
                .reduce(NDArray::add);
    }
}
