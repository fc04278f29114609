package dev.glosstream.train.corpus;

import dev.glosstream.sequence.Entity;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** How labelled texts lie in a {@link StoredList}: unit by unit, so that what is read is what was written, whatever it is. */
public final class StoredExamples implements StoredList.Codec<CorpusExample> {
    private static final StoredExamples CODEC = new StoredExamples();

    private StoredExamples() {}

    /** Returns an empty list of labelled texts in a temporary file. */
    public static StoredList<CorpusExample> create() {
        return StoredList.temporary(CODEC);
    }

    /** Returns an empty list of plain texts in a temporary file. */
    static StoredList<String> texts() {
        return StoredList.temporary(new StoredList.Codec<>() {
            @Override
            public void write(String text, DataOutputStream out) throws IOException {
                writeText(text, out);
            }

            @Override
            public String read(DataInputStream in) throws IOException {
                return readText(in);
            }
        });
    }

    @Override
    public void write(CorpusExample example, DataOutputStream out) throws IOException {
        writeText(example.text(), out);
        writeText(example.label(), out);
        out.writeDouble(example.weight());
        out.writeBoolean(example.taught());
        out.writeInt(example.entities().size());
        for (Entity entity : example.entities()) {
            writeText(entity.type(), out);
            out.writeInt(entity.charStart());
            out.writeInt(entity.charEnd());
            out.writeDouble(entity.score());
        }
    }

    @Override
    public CorpusExample read(DataInputStream in) throws IOException {
        String text = readText(in);
        String label = readText(in);
        double weight = in.readDouble();
        boolean taught = in.readBoolean();
        int count = in.readInt();
        List<Entity> entities = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            entities.add(new Entity(readText(in), in.readInt(), in.readInt(), in.readDouble()));
        }
        return new CorpusExample(text, label, entities, weight, taught);
    }

    /** A byte per unit where that is enough. */
    private static void writeText(String text, DataOutputStream out) throws IOException {
        boolean wide = text.chars().anyMatch(unit -> unit > 0xFF);
        out.writeInt(wide ? -1 - text.length() : text.length());
        if (wide) {
            out.writeChars(text);
        } else {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private static String readText(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length >= 0) {
            return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        }
        char[] units = new char[-1 - length];
        for (int index = 0; index < units.length; index++) {
            units[index] = in.readChar();
        }
        return new String(units);
    }
}
