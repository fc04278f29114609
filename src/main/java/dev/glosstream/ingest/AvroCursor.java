package dev.glosstream.ingest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads Avro's binary encoding from an array, and trusts nothing in it.
 *
 * <p>Avro's own decoder takes a negative length for a jump backwards and is made for data that a writer of its own produced;
 * here every length is held against what is left. One record, one thread.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#binary-encoding">Avro specification, binary encoding</a>
 */
final class AvroCursor {
    private static final int MOST_VARINT_BYTES = 10;

    private final byte[] bytes;
    private int position;

    AvroCursor(byte[] bytes, int start) {
        this.bytes = bytes;
        this.position = start;
    }

    /** Returns the bytes that are left. */
    int remaining() {
        return bytes.length - position;
    }

    /** Reads a {@code long}: variable length, zig-zag. */
    long readLong() throws IOException {
        long encoded = 0;
        for (int read = 0; read < MOST_VARINT_BYTES; read++) {
            byte next = readByte();
            encoded |= (next & 0x7FL) << (7 * read);
            if (next >= 0) {
                return (encoded >>> 1) ^ -(encoded & 1);
            }
        }
        throw new IOException("a number without an end");
    }

    /** Reads a {@code long} that must be an {@code int}. */
    int readInt() throws IOException {
        long value = readLong();
        if (value != (int) value) {
            throw new IOException("a number too large for an int");
        }
        return (int) value;
    }

    /** Reads an index into so many branches or symbols. */
    int readIndex(int size) throws IOException {
        long index = readLong();
        if (index < 0 || index >= size) {
            throw new IOException("an index out of range");
        }
        return (int) index;
    }

    /** Reads a {@code boolean}. */
    boolean readBoolean() throws IOException {
        byte value = readByte();
        if (value != 0 && value != 1) {
            throw new IOException("a boolean that is neither 0 nor 1");
        }
        return value == 1;
    }

    /** Reads so many bytes as a little-endian number; 4 or 8. */
    long readFixedNumber(int width) throws IOException {
        long value = 0;
        for (int index = 0; index < width; index++) {
            value |= (readByte() & 0xFFL) << (8 * index);
        }
        return value;
    }

    /** Reads a length and steps over so many bytes. */
    void skipBytes() throws IOException {
        skip(readLong());
    }

    /** Steps over so many bytes. */
    void skip(long length) throws IOException {
        if (length < 0 || length > remaining()) {
            throw new IOException("a length beyond the end");
        }
        position += (int) length;
    }

    /**
     * Reads a {@code string}.
     *
     * @throws CharacterCodingException if it is not UTF-8
     */
    String readString() throws IOException {
        long length = readLong();
        int start = position;
        skip(length);
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes, start, (int) length))
                .toString();
    }

    private byte readByte() throws IOException {
        if (position >= bytes.length) {
            throw new IOException("an early end");
        }
        return bytes[position++];
    }
}
