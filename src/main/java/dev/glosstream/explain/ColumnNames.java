package dev.glosstream.explain;

import dev.glosstream.model.CharacterColumn;
import dev.glosstream.model.EntryColumn;
import dev.glosstream.model.LexiconColumn;
import dev.glosstream.model.TokenColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Short names for the token columns of a model, by which people choose one: {@code word}, {@code suffix3}, {@code shape}. */
public final class ColumnNames {
    private final List<String> names;

    private ColumnNames(List<String> names) {
        this.names = List.copyOf(names);
    }

    /** Returns the names of these columns; the second of a kind is {@code word-2}. */
    public static ColumnNames of(List<? extends TokenColumn> columns) {
        List<String> names = new ArrayList<>();
        for (TokenColumn column : columns) {
            String name = kind(column);
            int count = 1;
            while (names.contains(count == 1 ? name : name + "-" + count)) {
                count++;
            }
            names.add(count == 1 ? name : name + "-" + count);
        }
        return new ColumnNames(names);
    }

    private static String kind(TokenColumn column) {
        if (column instanceof EntryColumn entry) {
            return entry.feature().name().toLowerCase(Locale.ROOT) + (entry.length() == 0 ? "" : entry.length());
        }
        if (column instanceof LexiconColumn) {
            return "lexicon";
        }
        return column instanceof CharacterColumn ? "characters" : "ngrams";
    }

    /** Returns the names in the order of the columns. */
    public List<String> names() {
        return names;
    }

    /** Returns the index of the column that is meant: of that name, or the only one whose name starts so. */
    public OptionalInt indexOf(String written) {
        int exact = names.indexOf(written);
        if (exact >= 0) {
            return OptionalInt.of(exact);
        }
        List<String> starting =
                names.stream().filter(name -> name.startsWith(written)).toList();
        return starting.size() == 1 ? OptionalInt.of(names.indexOf(starting.get(0))) : OptionalInt.empty();
    }
}
