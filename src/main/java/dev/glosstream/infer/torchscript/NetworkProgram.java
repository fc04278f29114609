package dev.glosstream.infer.torchscript;

import dev.glosstream.model.NetworkPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * The network of a bundle as a program: the same arithmetic as {@code SequenceNetwork}, said to libtorch at once instead of
 * operator by operator from Java.
 *
 * <p>{@code encode(ids0, ids1, …, lengths)}: the ids of each column, int64 {@code [B, T]} or {@code [B, T, W]}, and the
 * lengths, int64 {@code [B]}, give states, float32 {@code [B, T, S]}. {@code classify(states, lengths)} gives scores, float32
 * {@code [B, T, K]} or {@code [B, K]}; a network of the same encoder can be given the same states. {@code forward} is the one
 * after the other. {@code pack()}, once, before any other, puts weights in the order of the kernel; it gives nothing.
 * Columns and encoder are in the precision that is asked for, the head always in single precision.
 */
public final class NetworkProgram {
    /** Method from ids to states. */
    public static final String ENCODE = "encode";
    /** Method from states to scores. */
    public static final String CLASSIFY = "classify";

    /** Method without arguments that prepares the weights. */
    public static final String PACK = "pack";

    private static final String LENGTHS = "lengths";
    private static final String STATES = "states";

    private final NetworkPlan plan;
    private final NetworkParameters parameters;
    private final ProgramText program;
    private final EncoderText encoder;

    private NetworkProgram(NetworkPlan plan, NetworkParameters parameters, Element element, LstmKernel kernel) {
        this.plan = plan;
        this.parameters = parameters;
        this.program = new ProgramText(element);
        this.encoder = new EncoderText(program, parameters, plan.lstm(), kernel);
    }

    /**
     * Writes the program.
     *
     * @param plan of the network
     * @param parameters all that the plan needs
     * @param element of columns and encoder: weights, and arithmetic
     * @param kernel of the encoder
     * @throws IllegalArgumentException if a parameter is missing
     */
    public static ScriptArchive of(NetworkPlan plan, NetworkParameters parameters, Element element, LstmKernel kernel) {
        return new NetworkProgram(plan, parameters, element, kernel).write();
    }

    private ScriptArchive write() {
        List<String> inputs = new ArrayList<>();
        for (int column = 0; column < plan.columns().size(); column++) {
            inputs.add("ids" + column);
        }
        inputs.add(LENGTHS);
        encoder.define();
        program.method(ENCODE, inputs, this::encode);
        program.method(PACK, List.of(), this::pack);
        program.method(CLASSIFY, List.of(STATES, LENGTHS), this::classify);
        program.method(
                "forward",
                inputs,
                () -> ProgramText.words(
                        "(self).%s((self).%s(%s), %s)", CLASSIFY, ENCODE, String.join(", ", inputs), LENGTHS));
        return program.archive();
    }

    private String encode() {
        program.say("B = torch.size(ids0, 0)");
        program.say("T = torch.size(ids0, 1)");
        program.say("padding = torch.to(%s, %d)", cells("ge"), program.type());
        ColumnText columns = new ColumnText(program, parameters);
        List<String> vectors = new ArrayList<>();
        for (int column = 0; column < plan.columns().size(); column++) {
            vectors.add(columns.write(column, plan.columns().get(column)));
        }
        return encoder.write(vectors);
    }

    private String pack() {
        encoder.packing().forEach(statement -> program.say("%s", statement));
        return "torch.zeros([0], dtype=6, layout=None, device=torch.device(\"cpu\"), pin_memory=False)";
    }

    private String classify() {
        program.say("T = torch.size(states, 1)");
        program.say("real = torch.to(%s, 6)", cells("lt"));
        return new HeadText(program, parameters, plan).write();
    }

    /** Compares each cell's position in its row with the row's length: {@code [B, T, 1]}. */
    private static String cells(String comparison) {
        return ProgramText.words(
                "torch.unsqueeze(torch.%s(torch.unsqueeze(%s, 0), torch.unsqueeze(lengths, 1)), 2)",
                comparison, ProgramText.range("T", 1));
    }
}
