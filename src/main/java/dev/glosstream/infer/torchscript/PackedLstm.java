package dev.glosstream.infer.torchscript;

import java.util.List;

/**
 * One direction of an LSTM by {@code mkldnn_rnn_layer}, with weights that were put in order once, {@linkplain LstmPieces piece
 * by piece}.
 */
enum PackedLstm {
    /** From the first step to the last. */
    AHEAD("ahead", "False", "done, torch.add(done, size)", "torch.append(pieces, piece)"),
    /** From the last step to the first. */
    BEHIND("behind", "True", "torch.sub(left, size), left", "torch.insert(pieces, 0, piece)");

    /** Number of the LSTM among the recurrent networks of oneDNN. */
    private static final int LSTM_OF_ONEDNN = 2;

    private static final List<String> WEIGHTS = List.of("input", "state", "inputBias", "stateBias");

    private final String code;
    private final String reversed;
    private final String place;
    private final String keeping;

    /**
     * Names a direction.
     *
     * @param reversed the operator's word for it
     * @param place words for the first step of the next piece and the step behind it, of {@code done} and {@code left}
     *     steps and the {@code size} of the piece
     * @param keeping words that put the states of a piece beside those of the others
     */
    PackedLstm(String code, String reversed, String place, String keeping) {
        this.code = code;
        this.reversed = reversed;
        this.place = place;
        this.keeping = keeping;
    }

    /** Adds the method that {@link #call} calls. */
    void define(ProgramText program, int stateSize) {
        List<String> arguments = List.of("steps", "input", "state", "inputBias", "stateBias", "zeros");
        program.method(code, arguments, () -> {
            program.say("h = zeros");
            program.say("c = zeros");
            program.say("done = 0");
            program.say("left = torch.size(steps, 0)");
            program.say("rows = torch.size(steps, 1)");
            LstmPieces.sayLengths(program);
            program.say("pieces = annotate(List[Tensor], [])");
            program.say("while torch.gt(left, 0):");
            LstmPieces.sayNext(program, "  ");
            program.say(
                    "  piece, h, c, workspace = torch.mkldnn_rnn_layer(torch.slice(steps, 0, %s, 1), %s, h, c, %s,"
                            + " annotate(List[int], []), %d, %d, 1, True, False, False, False)",
                    place, String.join(", ", WEIGHTS), reversed, LSTM_OF_ONEDNN, stateSize);
            program.say("  kept = %s", keeping);
            program.say("  done = torch.add(done, size)");
            program.say("  left = torch.sub(left, size)");
            return "torch.cat(pieces, 0)";
        });
    }

    /**
     * Returns the words for the states.
     *
     * @param steps words for the inputs, {@code [T, B, F]}
     * @param weights words for the four arrays, packed
     * @param zeros words for the states before the first step, {@code [1, B, H]}
     */
    String call(String steps, List<String> weights, String zeros) {
        return ProgramText.words("(self).%s(%s, %s, %s)", code, steps, String.join(", ", weights), zeros);
    }

    /**
     * Returns the statements that put weights in the order of the kernel.
     *
     * @param weights words for the four arrays
     * @param packed name of a variable that nothing else uses
     */
    List<String> packing(List<String> weights, int stateSize, String packed) {
        String input = weights.get(0);
        String state = weights.get(1);
        return List.of(
                ProgramText.words(
                        "%s = ops.mkldnn._reorder_mkldnn_rnn_layer_weight(%s, %s, %d, %s, True, False, None)",
                        packed, input, state, stateSize, reversed),
                ProgramText.words("%s = %s[0]", input, packed),
                ProgramText.words("%s = %s[1]", state, packed));
    }
}
