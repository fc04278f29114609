package dev.glosstream.train;

import ai.djl.nn.Parameter;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An exponential moving average of a network's parameters, kept on the Java heap.
 *
 * <p>Averaging weights over the last steps smooths the noise of small batches; the average is what is served.
 *
 * @see <a href="https://arxiv.org/abs/1803.05407">Izmailov et al., "Averaging Weights Leads to Wider Optima and Better
 *     Generalization", 2018</a>
 */
final class AveragedWeights {
    private final double keep;
    private final List<HeapParameter> parameters;
    private final List<float[]> averages = new ArrayList<>();
    private int updates;

    /**
     * Starts from the parameters as they are.
     *
     * @param keep share of the old average kept at each update; 0 follows the parameters
     */
    AveragedWeights(List<HeapParameter> parameters, double keep) {
        this.parameters = List.copyOf(parameters);
        this.keep = keep;
        for (HeapParameter parameter : parameters) {
            averages.add(parameter.values().clone());
        }
    }

    /** Takes the present parameters into the average; early on the average forgets faster. */
    void update() {
        updates++;
        float kept = (float) Math.min(keep, (updates - 1.0) / (updates + 9.0));
        for (int index = 0; index < averages.size(); index++) {
            average(averages.get(index), parameters.get(index).values(), kept);
        }
    }

    private static void average(float[] average, float[] now, float kept) {
        float taken = 1 - kept;
        for (int cell = 0; cell < average.length; cell++) {
            average[cell] = kept * average[cell] + taken * now[cell];
        }
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(updates);
        for (float[] average : averages) {
            FloatArrays.write(out, average);
        }
    }

    void read(DataInputStream in) throws IOException {
        updates = in.readInt();
        for (float[] average : averages) {
            FloatArrays.read(in, average);
        }
    }

    /** Returns the averages, one array per parameter; not copied. */
    List<float[]> values() {
        return averages;
    }

    /** Writes averages into the parameters of another network of the same shape. */
    static void copyTo(List<float[]> averages, List<Parameter> others) {
        for (int index = 0; index < others.size(); index++) {
            ParameterValues.write(others.get(index).getArray(), averages.get(index));
        }
    }
}
