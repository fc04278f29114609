package dev.glosstream.infer.torchscript;

import java.nio.ByteBuffer;

/** A type of the values in a tensor, and how Java's floats become it. */
public enum Element {
    /** 32 bits, as they are. */
    FLOAT32("FloatStorage", 6, Float.BYTES) {
        @Override
        void put(float value, ByteBuffer to) {
            to.putFloat(value);
        }
    },
    /** The upper 16 of them, rounded to the nearest, and to the even one of two that are equally near. */
    BFLOAT16("BFloat16Storage", 15, Short.BYTES) {
        @Override
        void put(float value, ByteBuffer to) {
            to.putShort(bfloat16(value));
        }
    };

    private static final int DROPPED = 16;
    private static final int JUST_BELOW_HALF = 0x7FFF;
    private static final short QUIET_NAN = 0x7FC0;

    private final String storage;
    private final int type;
    private final int bytes;

    Element(String storage, int type, int bytes) {
        this.storage = storage;
        this.type = type;
        this.bytes = bytes;
    }

    /** Returns the bits of a number in bfloat16; numbers beyond its range become infinite. */
    static short bfloat16(float value) {
        if (Float.isNaN(value)) {
            return QUIET_NAN;
        }
        int bits = Float.floatToRawIntBits(value);
        int tie = (bits >>> DROPPED) & 1;
        return (short) ((bits + JUST_BELOW_HALF + tie) >>> DROPPED);
    }

    /** Returns the name of PyTorch's storage of such values. */
    String storage() {
        return storage;
    }

    /** Returns the number that a program knows the type by. */
    int type() {
        return type;
    }

    /** Returns the bytes of one value. */
    int bytes() {
        return bytes;
    }

    /** Writes one value. */
    abstract void put(float value, ByteBuffer to);
}
