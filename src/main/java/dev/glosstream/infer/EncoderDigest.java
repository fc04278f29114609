package dev.glosstream.infer;

import ai.djl.nn.Parameter;
import dev.glosstream.model.Architecture;
import dev.glosstream.model.Digests;
import dev.glosstream.model.ModelBundle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * SHA-256 of what comes before the head of a network: the vocabularies and lexicons of its columns, and the parameters of
 * embedding tables and LSTM.
 *
 * <p>Two bundles of one {@link Architecture} and one digest read the same ids of a text and have the same states for it.
 */
public final class EncoderDigest {
    private EncoderDigest() {}

    /**
     * Returns the digest, in lower-case hexadecimal.
     *
     * @param network with parameters
     * @param directory of the bundle, with the files of the columns
     */
    public static String of(SequenceNetwork network, Architecture architecture, Path directory) throws IOException {
        MessageDigest digest = Digests.sha256();
        for (String file : ModelBundle.columnFiles(architecture)) {
            add(digest, Digests.sha256(directory.resolve(file)));
        }
        for (Parameter parameter : network.encoderParameters()) {
            add(digest, parameter.getArray().getShape().toString());
            float[] values = parameter.getArray().toFloatArray();
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }
}
