package dev.glosstream.infer.torchscript;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes the few things of Python's pickle format, protocol 2, that an archive of TorchScript needs.
 *
 * <p>A pickle is a program for a machine with a stack; each method here adds one step. Nothing is memorised: every name is
 * written where it is used.
 *
 * @see <a href="https://docs.python.org/3/library/pickletools.html">pickletools, which lists the opcodes</a>
 */
final class PickleWriter {
    private static final int PROTOCOL = 0x80;
    private static final int VERSION = 2;
    private static final int NEW_OBJECT = 0x81;
    private static final int TRUE = 0x88;
    private static final int FALSE = 0x89;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PickleWriter() {
        out.write(PROTOCOL);
        out.write(VERSION);
    }

    /** Pushes a class or function. */
    PickleWriter global(String module, String name) {
        out.write('c');
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    /** Pushes a text. */
    PickleWriter text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        writeInt(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    /** Pushes a whole number. */
    PickleWriter number(int value) {
        out.write('J');
        writeInt(value);
        return this;
    }

    private void writeInt(int value) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }

    /** Pushes a truth value. */
    PickleWriter flag(boolean value) {
        out.write(value ? TRUE : FALSE);
        return this;
    }

    /** Pushes the start of a tuple or of the entries of a dictionary. */
    PickleWriter mark() {
        out.write('(');
        return this;
    }

    /** Makes a tuple of everything since the last mark. */
    PickleWriter tuple() {
        out.write('t');
        return this;
    }

    /** Pushes a tuple of numbers. */
    PickleWriter tuple(int... numbers) {
        mark();
        for (int number : numbers) {
            number(number);
        }
        return tuple();
    }

    /** Pushes a tuple without members. */
    PickleWriter emptyTuple() {
        out.write(')');
        return this;
    }

    /** Pushes a dictionary without entries. */
    PickleWriter emptyDictionary() {
        out.write('}');
        return this;
    }

    /** Puts keys and values since the last mark into the dictionary before it. */
    PickleWriter entries() {
        out.write('u');
        return this;
    }

    /** Calls a function with a tuple of arguments. */
    PickleWriter call() {
        out.write('R');
        return this;
    }

    /** Replaces the identity of something outside of the pickle by the thing. */
    PickleWriter persistent() {
        out.write('Q');
        return this;
    }

    /** Makes an object of a class with a tuple of arguments. */
    PickleWriter newObject() {
        out.write(NEW_OBJECT);
        return this;
    }

    /** Gives an object its state. */
    PickleWriter build() {
        out.write('b');
        return this;
    }

    /** Ends the program; what is on the stack is the result. */
    byte[] end() {
        out.write('.');
        return out.toByteArray();
    }
}
