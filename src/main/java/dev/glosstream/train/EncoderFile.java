package dev.glosstream.train;

import dev.glosstream.model.Architecture;
import dev.glosstream.model.Digests;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.ModelManifest;
import dev.glosstream.model.WholeFile;
import dev.glosstream.tokenize.Tokenizer;
import dev.glosstream.train.corpus.CorpusException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A file with a pretrained encoder: what it is of, the vocabularies and lexicons of its columns, the texts it comes from,
 * and the values of its parameters; at its end the SHA-256 of all that. All of it is read at once.
 */
final class EncoderFile {
    private static final int FORMAT = 0x474C4502;

    private final Path file;
    private final String network;
    private final Map<String, byte[]> columnFiles;
    private final List<ModelManifest.Corpus> sources;
    private final EncoderWeights weights;

    private EncoderFile(
            Path file,
            String network,
            Map<String, byte[]> columnFiles,
            List<ModelManifest.Corpus> sources,
            EncoderWeights weights) {
        this.file = file;
        this.network = network;
        this.columnFiles = columnFiles;
        this.sources = sources;
        this.weights = weights;
    }

    /**
     * Returns the content of a file to be.
     *
     * @param directory with the files of the columns
     * @param sources the texts that the encoder comes from
     */
    static EncoderFile of(
            Path file,
            Architecture architecture,
            Path directory,
            List<ModelManifest.Corpus> sources,
            EncoderWeights weights)
            throws IOException {
        Map<String, byte[]> columnFiles = new LinkedHashMap<>();
        for (String name : ModelBundle.columnFiles(architecture)) {
            columnFiles.put(name, Files.readAllBytes(directory.resolve(name)));
        }
        return new EncoderFile(file, describe(architecture), columnFiles, List.copyOf(sources), weights);
    }

    /** Everything that decides which parameters there are, and what their rows stand for. */
    private static String describe(Architecture architecture) {
        return "tokenizer " + Tokenizer.NAME + ", columns " + architecture.columns() + ", " + architecture.lstm();
    }

    /** Writes the file; whenever the process dies, it is there as a whole or not at all. */
    void write() throws IOException {
        WholeFile.replace(file, bytes -> {
            DigestOutputStream digested = new DigestOutputStream(bytes, Digests.sha256());
            DataOutputStream out = new DataOutputStream(digested);
            write(out);
            out.flush();
            bytes.write(digested.getMessageDigest().digest());
        });
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeInt(FORMAT);
        out.writeUTF(network);
        out.writeInt(columnFiles.size());
        for (Map.Entry<String, byte[]> each : columnFiles.entrySet()) {
            out.writeUTF(each.getKey());
            out.writeInt(each.getValue().length);
            out.write(each.getValue());
        }
        out.writeInt(sources.size());
        for (ModelManifest.Corpus source : sources) {
            out.writeUTF(source.source());
            out.writeInt(source.examples());
            out.writeUTF(source.sha256());
        }
        weights.write(out);
    }

    /**
     * Reads a file.
     *
     * @throws CorpusException if there is none or it is something else
     */
    static EncoderFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CorpusException("pretraining.encoder '" + file + "': expected a file, found none");
        }
        try {
            requireWhole(file);
            try (DataInputStream in = open(file)) {
                return read(file, in);
            }
        } catch (EOFException | StreamCorruptedException e) {
            throw damaged(file, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DataInputStream open(Path file) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
    }

    /** Nothing that is read is believed before the digest at the end was found to be that of all before it. */
    private static void requireWhole(Path file) throws IOException {
        try (DataInputStream in = open(file)) {
            if (in.readInt() != FORMAT) {
                throw new CorpusException("pretraining.encoder '" + file
                        + "': expected a file that a pretraining of this version wrote, got another; pretrain again");
            }
            MessageDigest digest = Digests.sha256();
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(FORMAT).flip());
            byte[] buffer = new byte[1 << 16];
            long left = Files.size(file) - Integer.BYTES - digest.getDigestLength();
            while (left > 0) {
                int count = (int) Math.min(left, buffer.length);
                in.readFully(buffer, 0, count);
                digest.update(buffer, 0, count);
                left -= count;
            }
            if (!Arrays.equals(in.readAllBytes(), digest.digest())) {
                throw new StreamCorruptedException("another digest than that of its content");
            }
        }
    }

    private static CorpusException damaged(Path file, IOException e) {
        return new CorpusException(
                "pretraining.encoder '" + file
                        + "': expected a whole file, got a damaged one; copy it again, or pretrain again",
                e);
    }

    private static EncoderFile read(Path file, DataInputStream in) throws IOException {
        in.skipNBytes(Integer.BYTES);
        String network = in.readUTF();
        Map<String, byte[]> columnFiles = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            columnFiles.put(in.readUTF(), bytes(in));
        }
        List<ModelManifest.Corpus> sources = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            sources.add(new ModelManifest.Corpus(in.readUTF(), in.readInt(), in.readUTF()));
        }
        return new EncoderFile(file, network, columnFiles, sources, EncoderWeights.read(in));
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            throw new StreamCorruptedException(length + " bytes");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    /**
     * Requires that the encoder is one of this network and these vocabularies.
     *
     * @param directory with the files of the network's columns
     * @throws IllegalArgumentException naming what differs
     */
    void requireFits(Architecture architecture, Path directory) throws IOException {
        requireNetwork(architecture);
        for (String name : ModelBundle.columnFiles(architecture)) {
            String expected = Digests.sha256(directory.resolve(name));
            byte[] content = Objects.requireNonNull(columnFiles.get(name), "a file of these columns");
            String found = HexFormat.of().formatHex(Digests.sha256().digest(content));
            if (!expected.equals(found)) {
                throw new IllegalArgumentException("pretraining.encoder '" + file + "': expected " + name
                        + " of the training's texts (SHA-256 " + expected + "), got another (" + found
                        + "); take over those of the file with pretraining.vocabulary=all, or pretrain again");
            }
        }
    }

    private void requireNetwork(Architecture architecture) {
        if (!describe(architecture).equals(network)) {
            throw new IllegalArgumentException("pretraining.encoder '" + file + "': expected " + describe(architecture)
                    + ", got " + network + "; use the network that it was pretrained with, or pretrain again");
        }
        // Also what keeps the file from naming places outside the folder that it is written to.
        List<String> expected = ModelBundle.columnFiles(architecture);
        if (!expected.equals(List.copyOf(columnFiles.keySet()))) {
            throw new IllegalArgumentException("pretraining.encoder '" + file + "': expected the column files "
                    + expected + ", got " + columnFiles.keySet() + "; pretrain again");
        }
    }

    /**
     * Writes the vocabularies and lexicons of the encoder as the files of a network's columns.
     *
     * @throws IllegalArgumentException if the network is another
     */
    void writeColumnFiles(Architecture architecture, Path directory) throws IOException {
        requireNetwork(architecture);
        for (Map.Entry<String, byte[]> each : columnFiles.entrySet()) {
            Files.write(directory.resolve(each.getKey()), each.getValue());
        }
    }

    /** Returns the texts that the encoder comes from. */
    List<ModelManifest.Corpus> sources() {
        return sources;
    }

    EncoderWeights weights() {
        return weights;
    }
}
