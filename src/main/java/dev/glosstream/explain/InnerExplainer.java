package dev.glosstream.explain;

import dev.glosstream.infer.FloatMatrix;
import dev.glosstream.infer.NetworkInspector;
import dev.glosstream.infer.NetworkTrace;
import dev.glosstream.model.Architecture;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Computes in plain Java what the engine computed, and says what stands out. */
final class InnerExplainer {
    private InnerExplainer() {}

    /**
     * Explains a text that the engine has read.
     *
     * @param engine what it computed of the text
     */
    static InnerReading explain(ModelBundle bundle, NetworkInspector weights, NetworkTrace engine) {
        Architecture architecture = bundle.manifest().architecture();
        PlainNetwork plain = new PlainNetwork(architecture, weights);
        List<LayerWalk> layers = plain.read(engine.vectors().toDoubles());
        double[][] states = plain.states(layers);
        boolean perText = bundle.task() == Task.SENTIMENT;
        double[][] features = perText ? new double[][] {plain.representation(states)} : states;
        double[][] scores = Arrays.stream(features).map(plain::scores).toArray(double[][]::new);
        double difference = Math.max(
                difference(states, engine.states()),
                Math.max(difference(features, engine.features()), difference(scores, engine.scores())));
        return new InnerReading(
                engine,
                layers,
                perText && architecture.representation() == Architecture.Representation.MAX_MEAN
                        ? maxima(states)
                        : List.of(),
                perText && architecture.representation() == Architecture.Representation.ATTENTION
                        ? Arrays.stream(plain.attention(states)).boxed().toList()
                        : List.of(),
                difference);
    }

    private static List<Integer> maxima(double[][] states) {
        List<Integer> held = new ArrayList<>(Collections.nCopies(states.length, 0));
        for (int index = 0; index < states[0].length; index++) {
            int holder = PlainNetwork.holder(states, index);
            held.set(holder, held.get(holder) + 1);
        }
        return held;
    }

    private static double difference(double[][] plain, FloatMatrix engine) {
        double largest = 0;
        for (int row = 0; row < plain.length; row++) {
            for (int column = 0; column < plain[row].length; column++) {
                largest = Math.max(largest, Math.abs(plain[row][column] - engine.at(row, column)));
            }
        }
        return largest;
    }
}
