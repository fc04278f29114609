package dev.glosstream.infer;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import dev.glosstream.infer.torchscript.NetworkParameters;
import dev.glosstream.model.Architecture;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.NetworkPlan;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parameters of a network by the names that they have in {@code training/glosstream_torch}: as
 * NumPy arrays, and as plain numbers.
 *
 * <p>Both sides keep the same layout: gates in the order input, forget, cell, output; a matrix as {@code [out, in]}.
 */
public final class NetworkArrays {
    /** How DJL numbers the children of a block: {@code 01table}. */
    private static final Pattern CHILD_NUMBER = Pattern.compile("(^|_)\\d\\d(?=[a-zA-Z])");

    /** Names without those numbers, with {@code #} for a number, and what they become; the first that fits counts. */
    private static final Map<Pattern, String> NAMES = new LinkedHashMap<>();

    static {
        name("column#_characters_convolution_(weight|bias)", "columns.$1.convolution.$2");
        name("column#_characters_forward_lstm_l_0_(\\w+)", "columns.$1.ahead.$2_l0");
        name("column#_characters_backward_lstm_l_0_(\\w+)", "columns.$1.behind.$2_l0");
        name("lstm_forward#_lstm_l_0_(\\w+)", "encoder.layers.$1.lstm.$2_l0");
        name("lstm_backward#_lstm_l_0_(\\w+)", "encoder.layers.$1.lstm.$2_l0_reverse");
        name("lstm_forward#_initialHidden", "encoder.layers.$1.initial_hidden");
        name("lstm_backward#_initialHidden", "encoder.layers.$1.initial_hidden_reverse");
        name("lstm_forward#_initialCell", "encoder.layers.$1.initial_cell");
        name("lstm_backward#_initialCell", "encoder.layers.$1.initial_cell_reverse");
        name("lstm_norm#_gamma", "encoder.layers.$1.norm.weight");
        name("lstm_norm#_beta", "encoder.layers.$1.norm.bias");
        name("representation_attentionHidden_(weight|bias)", "representation.hidden.$1");
        name("representation_attentionScore_weight", "representation.score.weight");
        name("output_(weight|bias)", "output.$1");
    }

    private static final Pattern TABLE = Pattern.compile("column(\\d+)_table_embedding");

    private NetworkArrays() {}

    private static void name(String ours, String theirs) {
        NAMES.put(Pattern.compile(ours.replace("#", "(\\d+)")), theirs);
    }

    /** Writes the parameters of a bundle that DJL trained into a new npz file. */
    public static void write(ModelBundle bundle, Path file) throws IOException {
        try (Model model = ParameterFile.load(bundle, Device.cpu())) {
            write((SequenceNetwork) model.getBlock(), bundle.manifest().architecture(), model.getNDManager(), file);
        }
    }

    /**
     * Writes the parameters of a network into a new npz file.
     *
     * @param manager of copies, which are released before this returns
     */
    public static void write(SequenceNetwork network, Architecture architecture, NDManager manager, Path file)
            throws IOException {
        List<Integer> tables = NetworkPlan.tableNumbers(architecture.columns());
        try (NDManager scratch = manager.newSubManager();
                NDScope scope = new NDScope();
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            scope.suppressNotUsedWarning();
            NDList arrays = new NDList();
            for (Pair<String, Parameter> parameter : network.getParameters()) {
                NDArray copy = parameter.getValue().getArray().duplicate();
                copy.attach(scratch);
                copy.setName(theirName(parameter.getKey(), tables));
                arrays.add(copy);
            }
            arrays.encode(out, NDList.Encoding.NPZ);
        }
    }

    /** Returns the parameters of a network as plain numbers, by those names. */
    static NetworkParameters read(SequenceNetwork network, Architecture architecture) {
        List<Integer> tables = NetworkPlan.tableNumbers(architecture.columns());
        NetworkParameters parameters = new NetworkParameters();
        for (Pair<String, Parameter> parameter : network.getParameters()) {
            NDArray array = parameter.getValue().getArray();
            int[] shape = Arrays.stream(array.getShape().getShape())
                    .mapToInt(Math::toIntExact)
                    .toArray();
            parameters.add(theirName(parameter.getKey(), tables), shape, array.toFloatArray());
        }
        return parameters;
    }

    /**
     * Returns the name of a parameter in PyTorch.
     *
     * @param ours as DJL names it, for example {@code 01column0_01table_embedding}
     * @param tables the number of each column's table
     */
    static String theirName(String ours, List<Integer> tables) {
        String plain = CHILD_NUMBER.matcher(ours).replaceAll("$1");
        Matcher table = TABLE.matcher(plain);
        if (table.matches()) {
            return "tables." + tables.get(Integer.parseInt(table.group(1))) + ".weight";
        }
        for (Map.Entry<Pattern, String> name : NAMES.entrySet()) {
            Matcher matcher = name.getKey().matcher(plain);
            if (matcher.matches()) {
                return matcher.replaceFirst(name.getValue())
                        .replace("i2h_WEIGHT", "weight_ih")
                        .replace("h2h_WEIGHT", "weight_hh")
                        .replace("i2h_BIAS", "bias_ih")
                        .replace("h2h_BIAS", "bias_hh");
            }
        }
        throw new IllegalStateException("parameter '" + ours + "': expected one that PyTorch's network has too");
    }
}
