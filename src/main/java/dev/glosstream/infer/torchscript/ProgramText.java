package dev.glosstream.infer.torchscript;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A program in the making: methods of statements, and the tensors that they read.
 *
 * <p>Statements are in the language that {@code torch.jit.save} writes: operators by their names in {@code torch}, every
 * argument given.
 */
final class ProgramText {
    private final StringBuilder methods = new StringBuilder();
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

    /**
     * Adds a method of one result.
     *
     * @param arguments names of the tensors that it is given
     * @param body says its statements and returns the words of the result
     */
    void method(String name, List<String> arguments, Supplier<String> body) {
        methods.append("  def ").append(name).append("(self: __torch__.Module");
        arguments.forEach(argument -> methods.append(", ").append(argument).append(": Tensor"));
        methods.append(") -> Tensor:\n");
        String result = body.get();
        say("return %s", result);
    }

    /** Returns the words of an expression: digits are those of the language, whatever the machine's language writes. */
    static String words(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }

    /** Adds a statement to the method that is being written. */
    void say(String format, Object... arguments) {
        methods.append("    ").append(words(format, arguments)).append('\n');
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

    /** Returns the program. */
    ScriptArchive archive() {
        return new ScriptArchive(new ArrayList<>(tensors.values()), methods.toString());
    }
}
