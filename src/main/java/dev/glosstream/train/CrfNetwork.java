package dev.glosstream.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import dev.glosstream.infer.SequenceNetwork;
import dev.glosstream.model.CrfTransitions;
import dev.glosstream.sequence.BioTagSet;
import java.util.ArrayList;
import java.util.List;

/**
 * The tagging network while it is trained: the network that serves, and the CRF's transitions beside it.
 *
 * <p>Inputs as {@link SequenceNetwork}. Outputs: emissions {@code [B, T, K]}, mask {@code [B, T, 1]}, {@code
 * transitions[from][to] [K, K]}, start {@code [K, 1]}, end {@code [K, 1]}: what {@link CrfLoss} reads.
 */
final class CrfNetwork extends AbstractBlock {
    private static final byte VERSION = 1;

    private final SequenceNetwork network;
    private final Parameter transitions;
    private final Parameter start;
    private final Parameter end;

    @SuppressWarnings("this-escape")
    CrfNetwork(SequenceNetwork network, int tags) {
        super(VERSION);
        this.network = addChildBlock("network", network);
        this.transitions = addParameter(parameter("transitions", new Shape(tags, tags)));
        this.start = addParameter(parameter("start", new Shape(tags, 1)));
        this.end = addParameter(parameter("end", new Shape(tags, 1)));
    }

    private static Parameter parameter(String name, Shape shape) {
        return Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.OTHER)
                .optInitializer(Initializer.ZEROS)
                .optShape(shape)
                .build();
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray mask = inputs.get(inputs.size() - 1);
        Device device = mask.getDevice();
        NDArray emissions = network.forward(store, inputs, training).head();
        return new NDList(
                emissions,
                mask,
                store.getValue(transitions, device, training),
                store.getValue(start, device, training),
                store.getValue(end, device, training));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        network.initialize(manager, dataType, inputShapes);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return network.getOutputShapes(inputShapes);
    }

    /** Returns the transitions in plain Java, from arrays in the order transitions, start, end. */
    static CrfTransitions read(BioTagSet tagSet, List<float[]> values) {
        int tags = tagSet.size();
        List<List<Float>> rows = new ArrayList<>();
        List<Float> cells = boxed(values.get(0));
        for (int from = 0; from < tags; from++) {
            rows.add(cells.subList(from * tags, (from + 1) * tags));
        }
        return new CrfTransitions(tagSet.names(), boxed(values.get(1)), boxed(values.get(2)), rows);
    }

    private static List<Float> boxed(float[] values) {
        List<Float> boxed = new ArrayList<>(values.length);
        for (float value : values) {
            boxed.add(value);
        }
        return boxed;
    }

    List<Parameter> crfParameters() {
        return List.of(transitions, start, end);
    }
}
