package dev.glosstream.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import dev.glosstream.infer.BatchArrays;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.TokenIds;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Gradient steps on a network whose parameters live on the Java heap.
 *
 * <p>Every native array of a step, parameters and gradients included, lives in a scope that closes with the step, so
 * resident memory is the same after each. One thread.
 */
final class NetworkTrainer {
    private final NDManager manager;
    private final WeightOptimizer optimizer;
    private final GradientClipping clipping;
    private final List<HeapParameter> parameters = new ArrayList<>();
    private final Map<Parameter, HeapParameter> byParameter = new HashMap<>();
    private final TableTraining tables;
    private final List<HeapParameter> tableOfColumn;
    private final RowNumbering numbering;
    private int steps;

    /**
     * What a step makes smaller.
     *
     * @param block initialised
     * @param loss of its output
     * @param weight by which the loss is multiplied, above 0
     */
    record Objective(Block block, Loss loss, float weight) {
        /** Creates an objective that counts once. */
        Objective(Block block, Loss loss) {
            this(block, loss, 1);
        }

        NDArray evaluate(NDList targets, NDList predictions) {
            NDArray mean = loss.evaluate(targets, predictions);
            return weight == 1 ? mean : mean.mul(weight);
        }
    }

    /**
     * What a step reads.
     *
     * @param texts ids of each text
     * @param others rows that it looks up in tables that no column looks up in, without repetitions
     */
    record Input(List<TokenIds> texts, Map<Parameter, int[]> others) {}

    /**
     * Creates a trainer.
     *
     * @param manager parent of the managers of the steps
     * @param objectives all there are; their blocks may share parameters
     * @param tables their embedding tables
     */
    NetworkTrainer(
            NDManager manager,
            List<Objective> objectives,
            TableTraining tables,
            WeightOptimizer optimizer,
            GradientClipping clipping) {
        this(manager, objectives, tables, optimizer, clipping, List.of());
    }

    /**
     * Creates a trainer of a network with tables that no column looks up in.
     *
     * @param others those tables
     */
    NetworkTrainer(
            NDManager manager,
            List<Objective> objectives,
            TableTraining tables,
            WeightOptimizer optimizer,
            GradientClipping clipping,
            List<Parameter> others) {
        this.manager = manager;
        this.optimizer = optimizer;
        this.clipping = clipping;
        this.tables = tables;
        List<Parameter> looked = tables.parameters();
        for (Objective objective : objectives) {
            for (Parameter parameter : objective.block().getParameters().values()) {
                if (!byParameter.containsKey(parameter)) {
                    add(parameter, looked.contains(parameter) || others.contains(parameter));
                }
            }
        }
        this.tableOfColumn = looked.stream().map(this::heap).toList();
        this.numbering = new RowNumbering(tableOfColumn);
    }

    private void add(Parameter parameter, boolean isTable) {
        int rows = isTable ? Math.toIntExact(parameter.getArray().getShape().get(0)) : 1;
        HeapParameter heap = new HeapParameter(parameter, rows);
        parameters.add(heap);
        byParameter.put(parameter, heap);
    }

    private HeapParameter heap(Parameter parameter) {
        return Objects.requireNonNull(byParameter.get(parameter), "a parameter of the network");
    }

    /**
     * Takes one step; a parameter that the objective does not use has a gradient of zero.
     *
     * @param objective one of those given
     * @param targets makes the arrays that the loss compares with, of a padded batch's length
     * @return loss of the batch before the step
     */
    double step(Objective objective, List<EncodedExample> batch, Function<NDManager, NDList> targets) {
        return step(objective, new Input(batch.stream().map(EncodedExample::ids).toList(), Map.of()), targets);
    }

    /**
     * Takes one step; a parameter that the objective does not use has a gradient of zero.
     *
     * @param objective one of those given
     * @param targets makes the arrays that the loss compares with
     * @return loss before the step
     */
    double step(Objective objective, Input input, Function<NDManager, NDList> targets) {
        PaddedBatch numbered = new PaddedBatch(numbering.number(input.texts()));
        Map<Parameter, int[]> rows = settledRows(input.others());
        // In the order of the parameters: a sum of squares must not depend on the order of a map.
        Map<HeapParameter, float[]> gradients = new LinkedHashMap<>();
        double value;
        settleUsed(objective);
        try (NDManager scratch = manager.newSubManager();
                NDScope scope = new NDScope();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            scope.suppressNotUsedWarning();
            StepParameters store = new StepParameters(scratch, byParameter, rows);
            NDList predictions = objective.block().forward(store, BatchArrays.of(scratch, numbered), true);
            NDArray mean = objective.evaluate(targets.apply(scratch), predictions);
            collector.backward(mean);
            value = mean.toType(DataType.FLOAT32, false).getFloat();
            for (HeapParameter parameter : parameters) {
                float[] gradient = store.gradient(parameter.parameter());
                if (gradient != null) {
                    gradients.put(parameter, gradient);
                }
            }
        }
        update(gradients, rows);
        return value;
    }

    /** Returns the loss of an input as the network answers when it serves; nothing is learned. */
    double measure(Objective objective, Input input, Function<NDManager, NDList> targets) {
        PaddedBatch numbered = new PaddedBatch(numbering.number(input.texts()));
        Map<Parameter, int[]> rows = settledRows(input.others());
        settleUsed(objective);
        try (NDManager scratch = manager.newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            StepParameters store = new StepParameters(scratch, byParameter, rows);
            NDList predictions = objective.block().forward(store, BatchArrays.of(scratch, numbered), false);
            return objective
                    .evaluate(targets.apply(scratch), predictions)
                    .toType(DataType.FLOAT32, false)
                    .getFloat();
        }
    }

    private Map<Parameter, int[]> settledRows(Map<Parameter, int[]> others) {
        Map<Parameter, int[]> rows = new HashMap<>();
        others.forEach((parameter, wanted) -> rows.put(parameter, settled(heap(parameter), wanted)));
        for (HeapParameter table : tableOfColumn) {
            rows.computeIfAbsent(table.parameter(), parameter -> settled(table, numbering.rows(table)));
        }
        return rows;
    }

    /** Parameters of an objective that others do not use may be steps behind. */
    private void settleUsed(Objective objective) {
        for (Parameter parameter : objective.block().getParameters().values()) {
            HeapParameter used = heap(parameter);
            if (used.rows() == 1) {
                settle(used, 0);
            }
        }
    }

    private int[] settled(HeapParameter table, int[] rows) {
        for (int row : rows) {
            settle(table, row);
        }
        return rows;
    }

    private void settle(HeapParameter parameter, int row) {
        if (parameter.parameter().requiresGradient()) {
            optimizer.settle(parameter, row, steps);
        }
    }

    private void update(Map<HeapParameter, float[]> gradients, Map<Parameter, int[]> rows) {
        steps++;
        gradients.forEach((parameter, gradient) -> tables.regularise(parameter, rowsOf(parameter, rows), gradient));
        clipping.clip(gradients.values());
        gradients.forEach((parameter, gradient) -> {
            optimizer.update(parameter, rowsOf(parameter, rows), gradient, steps);
            tables.constrain(parameter, rowsOf(parameter, rows));
        });
        parameters.forEach(this::passOverFrozen);
    }

    /** A parameter that thaws goes on from there: nothing is made up for the steps in which it was frozen. */
    private void passOverFrozen(HeapParameter parameter) {
        if (!parameter.parameter().requiresGradient()) {
            Arrays.fill(parameter.settled(), steps);
        }
    }

    private static int[] rowsOf(HeapParameter parameter, Map<Parameter, int[]> rows) {
        return rows.getOrDefault(parameter.parameter(), StepParameters.ALL);
    }

    /** Brings every row of every parameter to the present step. */
    void settle() {
        parameters.stream()
                .filter(parameter -> parameter.parameter().requiresGradient())
                .forEach(parameter -> optimizer.settleAll(parameter, steps));
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(steps);
        for (HeapParameter parameter : parameters) {
            parameter.write(out);
        }
    }

    void read(DataInputStream in) throws IOException {
        steps = in.readInt();
        for (HeapParameter parameter : parameters) {
            parameter.read(in);
        }
    }

    /** Returns the parameters, in the order in which the block lists them. */
    List<HeapParameter> parameters() {
        return List.copyOf(parameters);
    }

    /** Returns the number of steps taken. */
    int steps() {
        return steps;
    }
}
