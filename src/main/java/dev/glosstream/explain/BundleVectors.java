package dev.glosstream.explain;

import dev.glosstream.embedding.WordVectors;
import dev.glosstream.infer.FloatMatrix;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.infer.NetworkInspector;
import dev.glosstream.model.BundleException;
import dev.glosstream.model.IdSpace;
import dev.glosstream.model.Lexicon;
import dev.glosstream.model.TokenColumn;
import dev.glosstream.model.Vocabulary;
import java.util.ArrayList;
import java.util.List;

/** The embedding tables of a bundle with the entries that their rows belong to. */
public final class BundleVectors {
    private static final int FIRST_ENTRY = IdSpace.UNKNOWN_ID + 1;

    private BundleVectors() {}

    /**
     * Returns the vectors of a column's entries; the rows of padding and of everything unknown are left out.
     *
     * @param column index of the column
     * @throws BundleException if the model is a scripted module
     * @throws IllegalArgumentException if the column has no list of entries
     */
    public static WordVectors of(LoadedModel model, int column) {
        return read(model, column, FIRST_ENTRY);
    }

    /** Returns the same with the row of everything unknown, {@code <unknown>}, before the others. */
    public static WordVectors withUnknown(LoadedModel model, int column) {
        return read(model, column, IdSpace.UNKNOWN_ID);
    }

    private static WordVectors read(LoadedModel model, int column, int firstId) {
        List<String> entries = entries(model, column);
        FloatMatrix table = NetworkInspector.of(model)
                .orElseThrow(
                        () -> new BundleException("model '" + model.bundle().id()
                                + "': expected weights of format '" + LoadedModel.DJL_PARAMETERS + "', got '"
                                + model.bundle().manifest().weights().format()
                                + "', whose tables cannot be read; name the bundle it was made from"))
                .table(column);
        float[][] rows = new float[entries.size() - firstId][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = table.row(firstId + row);
        }
        return new WordVectors(entries.subList(firstId, entries.size()), rows);
    }

    private static List<String> entries(LoadedModel model, int column) {
        TokenColumn of = model.bundle().manifest().architecture().columns().get(column);
        IdSpace ids = model.bundle().ids().get(column);
        List<String> entries = new ArrayList<>();
        if (ids instanceof Vocabulary vocabulary) {
            for (int id = 0; id < vocabulary.size(); id++) {
                entries.add(vocabulary.entry(id));
            }
            return entries;
        }
        if (ids instanceof Lexicon lexicon) {
            entries.addAll(List.of("<pad>", "<unknown>"));
            for (int id = FIRST_ENTRY; id < lexicon.size(); id++) {
                entries.add(ColumnGlossary.lexiconClass(lexicon, id));
            }
            return entries;
        }
        throw new IllegalArgumentException("column '" + of.describe()
                + "': expected one whose rows have names, got hashed n-grams; choose another with --column");
    }
}
