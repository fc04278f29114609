package dev.glosstream.infer.torchscript;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript archive: one module, its tensors and the text of its methods, as {@code torch.jit.save} writes them.
 *
 * <p>A zip file of stored entries: {@code version}; {@code code/__torch__.py}, the class; {@code data.pkl}, the object with
 * references to {@code data/0}, {@code data/1} and so on, the bytes of the tensors; {@code constants.pkl}, empty.
 */
public final class ScriptArchive {
    private static final String ROOT = "network/";
    /** The newest version of the format: operators mean what they mean in libtorch 2, none is read as an older one. */
    private static final String FORMAT = "10\n";

    /** The first that a zip file can hold: the same network gives the same bytes. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final String CLASS = "Module";
    private static final String TRAINING = "training";

    private final List<StoredTensor> tensors;
    private final String methods;

    /**
     * Creates an archive.
     *
     * @param tensors what the methods read as {@code self.NAME}
     * @param methods their text, indented by two blanks
     */
    ScriptArchive(List<StoredTensor> tensors, String methods) {
        this.tensors = List.copyOf(tensors);
        this.methods = methods;
    }

    /** Writes the archive; the stream stays open. */
    public void write(OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        store(zip, "version", FORMAT.getBytes(StandardCharsets.US_ASCII));
        store(zip, "code/__torch__.py", code().getBytes(StandardCharsets.UTF_8));
        store(zip, "data.pkl", object());
        store(zip, "constants.pkl", new PickleWriter().emptyTuple().end());
        for (int index = 0; index < tensors.size(); index++) {
            store(zip, "data/" + index, tensors.get(index).bytes());
        }
        zip.finish();
    }

    private static void store(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        ZipEntry entry = new ZipEntry(ROOT + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(checksum.getValue());
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    private String code() {
        String names =
                tensors.stream().map(tensor -> "\"" + tensor.name() + "\", ").collect(Collectors.joining());
        String attributes = tensors.stream()
                .map(tensor -> "  " + tensor.name() + " : Tensor\n")
                .collect(Collectors.joining());
        return "class " + CLASS + "(Module):\n"
                + "  __parameters__ = []\n"
                + "  __buffers__ = [" + names + "]\n"
                + attributes
                + "  " + TRAINING + " : bool\n"
                + methods;
    }

    private byte[] object() {
        PickleWriter pickle = new PickleWriter()
                .global("__torch__", CLASS)
                .emptyTuple()
                .newObject()
                .emptyDictionary()
                .mark();
        for (int index = 0; index < tensors.size(); index++) {
            pickle.text(tensors.get(index).name());
            reference(pickle, tensors.get(index), index);
        }
        return pickle.text(TRAINING).flag(false).entries().build().end();
    }

    /** The storage, then where in it the tensor starts, its shape and strides, that it needs no gradient, and no hooks. */
    private static void reference(PickleWriter pickle, StoredTensor tensor, int index) {
        pickle.global("torch._utils", "_rebuild_tensor_v2").mark();
        pickle.mark()
                .text("storage")
                .global("torch", tensor.element().storage())
                .text(Integer.toString(index))
                .text("cpu")
                .number(tensor.values().length)
                .tuple()
                .persistent();
        pickle.number(0).tuple(tensor.shape()).tuple(tensor.strides()).flag(false);
        pickle.global("collections", "OrderedDict").emptyTuple().call();
        pickle.tuple().call();
    }
}
