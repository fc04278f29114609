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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file with a pretrained encoder: what it is of, the vocabularies and lexicons of its columns, the texts it comes from, and the
 * values of its parameters. All of it is read at once.
 */
final class EncoderFile {
    private static final int FORMAT = 0x474C4501;

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
            DataOutputStream out = new DataOutputStream(bytes);
            write(out);
            out.flush();
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
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readInt() != FORMAT) {
                throw new CorpusException("pretraining.encoder '" + file
                        + "': expected a file that a pretraining of this version wrote, got another");
            }
            String network = in.readUTF();
            Map<String, byte[]> columnFiles = new LinkedHashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                columnFiles.put(in.readUTF(), in.readNBytes(in.readInt()));
            }
            List<ModelManifest.Corpus> sources = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                sources.add(new ModelManifest.Corpus(in.readUTF(), in.readInt(), in.readUTF()));
            }
            return new EncoderFile(file, network, columnFiles, sources, EncoderWeights.read(in));
        } catch (EOFException e) {
            throw new CorpusException(
                    "pretraining.encoder '" + file + "': expected a whole file, got one that ends early", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
            String found = HexFormat.of().formatHex(Digests.sha256().digest(columnFiles.get(name)));
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
