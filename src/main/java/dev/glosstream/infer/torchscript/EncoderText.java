package dev.glosstream.infer.torchscript;

import dev.glosstream.model.NetworkPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements from the vectors of the tokens to the states of the encoder, exact for rows of mixed length.
 *
 * <p>They read {@code B}, {@code T}, {@code lengths} and {@code padding}, which is 1 at cells behind a row's end, and leave
 * {@code states [B, T, S]} in single precision; what lies behind a row's end means nothing.
 */
final class EncoderText {
    /*
     * The backward direction starts at the end of the padded row, yet must find at the row's last token what it would find
     * if nothing stood behind it: zeros. So the tokens get one value more, 1 at padding, by which the input gate of that
     * direction is shut: its cells start at zero and stay there, and so do its states. One call of the engine then reads
     * both directions, with nothing turned round before and after. Rows are turned round only where the initial state is
     * learned, because it would have to outlast the padding.
     */
    private static final float SHUT = -1e4f;

    private final ProgramText program;
    private final NetworkParameters parameters;
    private final NetworkPlan.Lstm lstm;
    private final LstmKernel kernel;
    private final List<String> packing = new ArrayList<>();

    EncoderText(ProgramText program, NetworkParameters parameters, NetworkPlan.Lstm lstm, LstmKernel kernel) {
        this.program = program;
        this.parameters = parameters;
        this.lstm = lstm;
        this.kernel = kernel;
    }

    /**
     * Adds the statements.
     *
     * @param vectors variables whose values, side by side, are the tokens' vectors
     * @return the words for the states, {@code [B, T, S]} in single precision
     */
    String write(List<String> vectors) {
        boolean marked = lstm.bidirectional() && !lstm.learnedInitialState();
        if (lstm.bidirectional() && !marked) {
            turning();
        }
        List<String> inputs = vectors;
        for (int layer = 0; layer < lstm.layers(); layer++) {
            List<String> all = new ArrayList<>(inputs);
            if (marked) {
                all.add("padding");
            }
            program.say(
                    "x%d = %s", layer, all.size() == 1 ? all.get(0) : "torch.cat([" + String.join(", ", all) + "], 2)");
            if (marked) {
                bothDirections(layer);
            } else {
                eachDirection(layer);
            }
            inputs = List.of(normalised(layer));
        }
        return "torch.to(" + inputs.get(0) + ", 6)";
    }

    private void bothDirections(int layer) {
        List<String> ahead = markedWeights(layer, "", 0f);
        List<String> behind = markedWeights(layer, "_reverse", SHUT);
        if (kernel == LstmKernel.PACKED) {
            bothDirectionsPacked(layer, ahead, behind);
            return;
        }
        program.say("z%d = torch.new_zeros(x%d, [2, B, %d])", layer, layer, lstm.stateSize());
        program.say(
                "h%d = (torch.lstm(x%d, [z%d, z%d], [%s, %s], True, 1, 0., False, True, True))[0]",
                layer, layer, layer, layer, String.join(", ", ahead), String.join(", ", behind));
    }

    /** As {@code torch.lstm} calls it: steps outermost, a direction at a time. */
    private void bothDirectionsPacked(int layer, List<String> ahead, List<String> behind) {
        program.say("z%d = torch.new_zeros(x%d, [1, B, %d])", layer, layer, lstm.stateSize());
        program.say("y%d = torch.contiguous(torch.transpose(x%d, 0, 1))", layer, layer);
        program.say("ahead%d = %s", layer, packed(layer, ahead, PackedLstm.AHEAD));
        program.say("behind%d = %s", layer, packed(layer, behind, PackedLstm.BEHIND));
        program.say("h%d = torch.transpose(torch.cat([ahead%d, behind%d], 2), 0, 1)", layer, layer, layer);
    }

    private String packed(int layer, List<String> weights, PackedLstm direction) {
        packing.addAll(direction.packing(weights, lstm.stateSize(), "packed" + packing.size()));
        return direction.call("y" + layer, weights, "z" + layer);
    }

    /** Adds the methods that the statements of {@link #write} call. */
    void define() {
        if (kernel == LstmKernel.PACKED) {
            for (PackedLstm direction : PackedLstm.values()) {
                direction.define(program, lstm.stateSize());
            }
        }
    }

    /** Returns the statements that put the weights of what was written in the order of its kernel. */
    List<String> packing() {
        return List.copyOf(packing);
    }

    /** The weights of a direction with one column more, for the value that marks padding. */
    private List<String> markedWeights(int layer, String direction, float ofInputGate) {
        String prefix = prefix(layer) + "lstm.";
        String suffix = "_l0" + direction;
        StoredTensor input = parameters.get(prefix + "weight_ih" + suffix);
        NetworkParameters widened = new NetworkParameters();
        widened.add(prefix + "weight_ih" + suffix, widerShape(input), widerValues(input, ofInputGate));
        for (String name : List.of("weight_hh", "bias_ih", "bias_hh")) {
            StoredTensor tensor = parameters.get(prefix + name + suffix);
            widened.add(prefix + name + suffix, tensor.shape(), tensor.values());
        }
        return LstmWeightNames.each(program, widened, prefix, suffix);
    }

    private static int[] widerShape(StoredTensor matrix) {
        return new int[] {matrix.shape()[0], matrix.shape()[1] + 1};
    }

    /** Rows are those of the input gate, then of the others. */
    private float[] widerValues(StoredTensor matrix, float ofInputGate) {
        int rows = matrix.shape()[0];
        int columns = matrix.shape()[1];
        float[] wider = new float[rows * (columns + 1)];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(matrix.values(), row * columns, wider, row * (columns + 1), columns);
            wider[row * (columns + 1) + columns] = row < lstm.stateSize() ? ofInputGate : 0f;
        }
        return wider;
    }

    private void eachDirection(int layer) {
        program.say("ahead%d = %s", layer, oneDirection(layer, "x" + layer, ""));
        if (!lstm.bidirectional()) {
            program.say("h%d = ahead%d", layer, layer);
            return;
        }
        program.say("y%d = %s", layer, turned("x" + layer));
        program.say("behind%d = %s", layer, oneDirection(layer, "y" + layer, "_reverse"));
        program.say("h%d = torch.cat([ahead%d, %s], 2)", layer, layer, turned("behind" + layer));
    }

    private String oneDirection(int layer, String input, String direction) {
        String weights = LstmWeightNames.read(program, parameters, prefix(layer) + "lstm.", "_l0" + direction);
        String hidden = start(layer, "hidden", input, direction);
        String cell = start(layer, "cell", input, direction);
        return ProgramText.words(
                "(torch.lstm(%s, [%s, %s], [%s], True, 1, 0., False, False, True))[0]", input, hidden, cell, weights);
    }

    private String start(int layer, String kind, String input, String direction) {
        return parameters
                .find(prefix(layer) + "initial_" + kind + direction)
                .map(state -> ProgramText.words(
                        "torch.contiguous(torch.expand(torch.unsqueeze(%s, 1), [1, B, %d]))",
                        program.coarse(state), lstm.stateSize()))
                .orElse(ProgramText.words("torch.new_zeros(%s, [1, B, %d])", input, lstm.stateSize()));
    }

    /** Where each cell finds what takes its place when every row is turned round within its own length. */
    private void turning() {
        program.say("steps = torch.unsqueeze(%s, 0)", ProgramText.range("T", 1));
        program.say("mirrored = torch.sub(torch.sub(torch.unsqueeze(lengths, 1), 1), steps)");
        program.say("places = torch.where(torch.lt(mirrored, 0), steps, mirrored)");
        program.say("rows = torch.mul(torch.unsqueeze(%s, 1), T)", ProgramText.range("B", 1));
        program.say("turning = torch.reshape(torch.add(places, rows), [-1])");
    }

    private static String turned(String cells) {
        return ProgramText.words(
                "torch.view(torch.index_select(torch.reshape(%s, [torch.mul(B, T), -1]), 0, turning), [B, T, -1])",
                cells);
    }

    private String normalised(int layer) {
        if (!lstm.layerNorm()) {
            return "h" + layer;
        }
        int size = lstm.bidirectional() ? 2 * lstm.stateSize() : lstm.stateSize();
        program.say(
                "normal%d = torch.to(torch.layer_norm(torch.to(h%d, 6), [%d], %s, %s, 1e-05, False), %d)",
                layer,
                layer,
                size,
                program.exact(parameters.get(prefix(layer) + "norm.weight")),
                program.exact(parameters.get(prefix(layer) + "norm.bias")),
                program.type());
        return "normal" + layer;
    }

    private static String prefix(int layer) {
        return "encoder.layers." + layer + ".";
    }
}
