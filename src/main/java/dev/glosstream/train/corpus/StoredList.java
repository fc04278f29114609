package dev.glosstream.train.corpus;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * A list whose elements lie in a file: on the heap are twelve bytes per element, where it starts and how long it is, and two
 * buffers. It grows at its end; elements can be taken out, not replaced. Every {@link #get} reads an element anew.
 *
 * <p>One thread. Whoever makes the list may close it; a temporary one goes, with its file, when nobody refers to it.
 *
 * @param <E> type of the elements
 */
public final class StoredList<E> extends AbstractList<E> implements RandomAccess, Closeable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int FIRST_CAPACITY = 16;

    private final FileChannel channel;
    private final Codec<E> codec;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private long flushed;
    private long[] starts = new long[FIRST_CAPACITY];
    private int[] lengths = new int[FIRST_CAPACITY];
    private int size;
    private byte[] window = new byte[0];
    private long windowStart;
    private int windowBytes;
    private int latest = -1;

    private StoredList(FileChannel channel, Codec<E> codec) {
        this.channel = channel;
        this.codec = codec;
    }

    /**
     * How an element is written.
     *
     * @param <E> type of the elements
     */
    public interface Codec<E> {
        /** Writes an element. */
        void write(E element, DataOutputStream out) throws IOException;

        /** Reads what {@link #write} wrote. */
        E read(DataInputStream in) throws IOException;
    }

    /**
     * Returns an empty list in a temporary file without a name, of which nothing is left however the process ends.
     *
     * @throws UncheckedIOException if there is no place for temporary files
     */
    public static <E> StoredList<E> temporary(Codec<E> codec) {
        try {
            Path file = Files.createTempFile("glosstream", ".list");
            StoredList<E> list = in(file, codec);
            Files.delete(file);
            return list;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns an empty list in a file, which is replaced if it exists. */
    public static <E> StoredList<E> in(Path file, Codec<E> codec) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        return new StoredList<>(channel, codec);
    }

    @Override
    public int size() {
        return size;
    }

    /**
     * Adds an element at the end.
     *
     * @throws UncheckedIOException if the file cannot be written, for want of space say
     */
    @Override
    public boolean add(E element) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size + (size >> 1));
            lengths = Arrays.copyOf(lengths, starts.length);
        }
        int before = pending.size();
        try {
            codec.write(element, new DataOutputStream(pending));
            starts[size] = flushed + before;
            lengths[size] = pending.size() - before;
            size++;
            modCount++;
            if (pending.size() >= BUFFER_BYTES) {
                flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }

    /**
     * Returns an element, read anew.
     *
     * @throws UncheckedIOException if the file cannot be read
     */
    @Override
    public E get(int index) {
        Objects.checkIndex(index, size);
        try {
            int offset = load(index);
            return codec.read(new DataInputStream(new ByteArrayInputStream(window, offset, lengths[index])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes an element out of the list and returns it; its bytes stay in the file. */
    @Override
    public E remove(int index) {
        E removed = get(index);
        System.arraycopy(starts, index + 1, starts, index, size - index - 1);
        System.arraycopy(lengths, index + 1, lengths, index, size - index - 1);
        size--;
        modCount++;
        return removed;
    }

    /** Sees to it that an element is in the window; returns where it starts there. */
    private int load(int index) throws IOException {
        long start = starts[index];
        int length = lengths[index];
        boolean there = start >= windowStart && start + length <= windowStart + windowBytes;
        if (!there) {
            if (start + length > flushed) {
                flush();
            }
            // Who goes through the list will want the next ones too, who jumps will not.
            boolean inOrder = index == latest + 1;
            int bytes = (int) Math.min(inOrder ? Math.max(BUFFER_BYTES, length) : length, flushed - start);
            fill(start, bytes);
        }
        latest = index;
        return (int) (start - windowStart);
    }

    private void fill(long start, int bytes) throws IOException {
        if (window.length < bytes) {
            window = new byte[Math.max(bytes, BUFFER_BYTES)];
        }
        ByteBuffer target = ByteBuffer.wrap(window, 0, bytes);
        while (target.hasRemaining()) {
            if (channel.read(target, start + target.position()) < 0) {
                throw new IOException("stored list: expected " + bytes + " bytes at " + start
                        + ", found the end of the file; it was changed by somebody else");
            }
        }
        windowStart = start;
        windowBytes = bytes;
    }

    private void flush() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(pending.toByteArray());
        while (bytes.hasRemaining()) {
            flushed += channel.write(bytes, flushed);
        }
        pending.reset();
    }

    /** Closes the file; the list cannot be read any more. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
