package dev.glosstream.infer.torchscript;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The body of a program in the making: statements, and the tensors that they read.
 *
 * <p>Statements are in the language that {@code torch.jit.save} writes: operators by their names in {@code torch}, every
 * argument given.
 */
final class ProgramText {
    private final StringBuilder statements = new StringBuilder();
    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    private final Element element;

    /**
     * Starts a program.
     *
     * @param element of columns and encoder
     */
    ProgramText(Element element) {
        this.element = element;
    }

    /** Adds a statement. */
    ProgramText say(String format, Object... arguments) {
        statements
                .append("    ")
                .append(String.format(Locale.ROOT, format, arguments))
                .append('\n');
        return this;
    }

    /** Adds a tensor once, in the type of columns and encoder, and returns how a statement reads it. */
    String coarse(StoredTensor tensor) {
        return read(tensor.as(element));
    }

    /** Adds a tensor once, in single precision, and returns how a statement reads it. */
    String exact(StoredTensor tensor) {
        return read(tensor.as(Element.FLOAT32));
    }

    private String read(StoredTensor tensor) {
        tensors.putIfAbsent(tensor.name(), tensor);
        return "self." + tensor.name();
    }

    /** Returns the number of a type that statements know it by, that of columns and encoder. */
    int type() {
        return element.type();
    }

    /** Returns a statement's words for the whole numbers 0, step, … up to but not including an end, beside the ids. */
    static String range(String end, int step) {
        return "torch.arange(0, " + end + ", " + step
                + ", dtype=4, layout=None, device=ops.prim.device(lengths), pin_memory=False)";
    }

    /**
     * Returns the program.
     *
     * @param arguments names of the tensors that it is given, besides the lengths
     * @param result what it returns
     */
    ScriptArchive archive(List<String> arguments, String result) {
        StringBuilder head = new StringBuilder("  def forward(self: __torch__.Module");
        arguments.forEach(name -> head.append(", ").append(name).append(": Tensor"));
        head.append(", lengths: Tensor) -> Tensor:\n");
        return new ScriptArchive(
                new ArrayList<>(tensors.values()), head + statements.toString() + "    return " + result + "\n");
    }
}
