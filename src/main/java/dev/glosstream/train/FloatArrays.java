package dev.glosstream.train;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;

/**
 * Arrays of numbers in a file, each after its length.
 *
 * <p>Whoever reads one of another length than was written gets a {@link StreamCorruptedException}, not the numbers of its
 * neighbours.
 */
final class FloatArrays {
    private FloatArrays() {}

    static void write(DataOutputStream out, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        out.writeInt(values.length);
        out.write(bytes.array());
    }

    static void write(DataOutputStream out, int[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
        bytes.asIntBuffer().put(values);
        out.writeInt(values.length);
        out.write(bytes.array());
    }

    /** Reads an array of any length. */
    static float[] readFloats(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > Integer.MAX_VALUE / Float.BYTES) {
            throw new StreamCorruptedException("an array of " + length + " numbers");
        }
        ByteBuffer bytes = bytes(in, length);
        float[] values = new float[length];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    static void read(DataInputStream in, float[] values) throws IOException {
        bytes(in, length(in, values.length)).asFloatBuffer().get(values);
    }

    static void read(DataInputStream in, int[] values) throws IOException {
        bytes(in, length(in, values.length)).asIntBuffer().get(values);
    }

    private static int length(DataInputStream in, int expected) throws IOException {
        int length = in.readInt();
        if (length != expected) {
            throw new StreamCorruptedException("an array of " + length + " numbers in place of " + expected);
        }
        return length;
    }

    private static ByteBuffer bytes(DataInputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length * Float.BYTES);
        if (bytes.length < length * Float.BYTES) {
            throw new EOFException();
        }
        return ByteBuffer.wrap(bytes);
    }
}
