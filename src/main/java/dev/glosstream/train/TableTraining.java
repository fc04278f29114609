package dev.glosstream.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.glosstream.infer.EmbeddingTable;
import dev.glosstream.infer.SequenceNetwork;
import dev.glosstream.model.IdSpace;
import dev.glosstream.model.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What is particular to embedding tables while they are trained: how they start, when they are frozen, how long their rows
 * may become. The row of padding is zero from the start, gets no gradient, and so stays zero.
 */
final class TableTraining {
    private final Map<EmbeddingTable, ColumnRecipe> recipes = new LinkedHashMap<>();
    private final List<Parameter> encoder;
    private final List<Parameter> ofColumns;
    private final Map<Parameter, ColumnRecipe.Table> byParameter = new HashMap<>();
    private final List<String> coverage = new ArrayList<>();

    /** Creates the training of a network's tables; a shared table follows the first of its columns. */
    TableTraining(SequenceNetwork network, List<ColumnRecipe> columns) {
        this.encoder = network.encoderParameters();
        this.ofColumns =
                network.tables().stream().map(EmbeddingTable::parameter).toList();
        for (int column = 0; column < columns.size(); column++) {
            recipes.putIfAbsent(network.tables().get(column), columns.get(column));
            byParameter.putIfAbsent(ofColumns.get(column), columns.get(column).table());
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
        for (Map.Entry<EmbeddingTable, ColumnRecipe> entry : recipes.entrySet()) {
            ColumnRecipe recipe = entry.getValue();
            NDArray array = entry.getKey().parameter().getArray();
            float[] values = draw(recipe.table(), array.getShape(), random);
            IdSpace space = ids.get(ofColumns.indexOf(entry.getKey().parameter()));
            if (space instanceof Vocabulary vocabulary) {
                fill(values, vocabulary, recipe, files.vectors(recipe));
            }
            ParameterValues.write(array, values);
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

    /** Returns how many entries of each table have pretrained vectors, a line each. */
    List<String> coverage() {
        return List.copyOf(coverage);
    }

    /** Freezes or frees the tables for an epoch, counted from 1. */
    void onEpochStart(int epoch) {
        onEpochStart(epoch, 0);
    }

    /**
     * Freezes or frees the tables, and all else before the head, for an epoch.
     *
     * @param epoch counted from 1
     * @param encoderFrozen epochs in which nothing before the head changes
     */
    void onEpochStart(int epoch, int encoderFrozen) {
        for (Parameter parameter : encoder) {
            int own = byParameter
                    .getOrDefault(parameter, ColumnRecipe.Table.DEFAULT)
                    .frozenEpochs();
            boolean frozen = epoch <= Math.max(own, encoderFrozen);
            if (parameter.requiresGradient() == frozen) {
                parameter.freeze(frozen);
            }
        }
    }

    /** Returns the parameter that each column looks up; columns may share one. */
    List<Parameter> parameters() {
        return ofColumns;
    }

    /**
     * Adds the slope of the regularisation to the gradient of the rows that a step looks up.
     *
     * @param rows of the table; anything for a parameter that is none
     * @param gradient of these rows, one after another; changed
     */
    void regularise(HeapParameter parameter, int[] rows, float[] gradient) {
        float l2 = (float) table(parameter).l2();
        int width = parameter.width();
        for (int index = 0; l2 > 0 && index < rows.length; index++) {
            for (int cell = 0; cell < width; cell++) {
                gradient[index * width + cell] += l2 * parameter.values()[rows[index] * width + cell];
            }
        }
    }

    /** Cuts those of these rows that are longer than their table allows. */
    void constrain(HeapParameter parameter, int[] rows) {
        double maxNorm = table(parameter).maxNorm();
        int width = parameter.width();
        for (int index = 0; maxNorm > 0 && index < rows.length; index++) {
            cut(parameter.values(), rows[index] * width, width, maxNorm);
        }
    }

    private static void cut(float[] values, int from, int width, double maxNorm) {
        double squares = 0;
        for (int cell = from; cell < from + width; cell++) {
            squares += (double) values[cell] * values[cell];
        }
        double norm = Math.sqrt(squares);
        for (int cell = from; norm > maxNorm && cell < from + width; cell++) {
            values[cell] *= (float) (maxNorm / norm);
        }
    }

    private ColumnRecipe.Table table(HeapParameter parameter) {
        return byParameter.getOrDefault(parameter.parameter(), ColumnRecipe.Table.DEFAULT);
    }
}
