package dev.glosstream.infer.torchscript;

import java.util.List;

/** The four arrays of one direction of an LSTM layer, in the order in which {@code torch.lstm} takes them. */
final class LstmWeightNames {
    private static final List<String> NAMES = List.of("weight_ih", "weight_hh", "bias_ih", "bias_hh");

    private LstmWeightNames() {}

    /** Returns the words of a statement that read them, with commas between. */
    static String read(ProgramText program, NetworkParameters parameters, String prefix, String suffix) {
        return String.join(", ", each(program, parameters, prefix, suffix));
    }

    /** Returns the words that read each of them. */
    static List<String> each(ProgramText program, NetworkParameters parameters, String prefix, String suffix) {
        return NAMES.stream()
                .map(name -> program.coarse(parameters.get(prefix + name + suffix)))
                .toList();
    }
}
