package dev.glosstream.infer.torchscript;

import dev.glosstream.model.NetworkPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The network of a bundle as a program: the same arithmetic as {@code SequenceNetwork}, said to libtorch at once instead of
 * operator by operator from Java.
 *
 * <p>{@code forward(ids0, ids1, …, lengths)}: the ids of each column, int64 {@code [B, T]} or {@code [B, T, W]}, and the
 * lengths, int64 {@code [B]}, give float32 {@code [B, T, K]} or {@code [B, K]}. Three parts, one after the other: {@link
 * ColumnText}, {@link EncoderText} and, always in single precision, {@link HeadText}.
 */
public final class NetworkProgram {
    private NetworkProgram() {}

    /**
     * Writes the program.
     *
     * @param plan of the network
     * @param parameters all that the plan needs
     * @param element of columns and encoder: weights, and arithmetic
     * @throws IllegalArgumentException if a parameter is missing
     */
    public static ScriptArchive of(NetworkPlan plan, NetworkParameters parameters, Element element) {
        ProgramText program = new ProgramText(element);
        List<String> inputs = IntStream.range(0, plan.columns().size())
                .mapToObj(column -> "ids" + column)
                .toList();
        shape(program);
        ColumnText columns = new ColumnText(program, parameters);
        List<String> vectors = new ArrayList<>();
        for (int column = 0; column < plan.columns().size(); column++) {
            vectors.add(columns.write(column, plan.columns().get(column)));
        }
        new EncoderText(program, parameters, plan.lstm()).write(vectors);
        return program.archive(inputs, new HeadText(program, parameters, plan).write());
    }

    private static void shape(ProgramText program) {
        program.say("B = torch.size(ids0, 0)");
        program.say("T = torch.size(ids0, 1)");
        program.say(
                "behind = torch.unsqueeze(torch.ge(torch.unsqueeze(%s, 0), torch.unsqueeze(lengths, 1)), 2)",
                ProgramText.range("T", 1));
        program.say("padding = torch.to(behind, %d)", program.type());
        program.say("real = torch.to(torch.logical_not(behind), 6)");
    }
}
