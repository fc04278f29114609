package dev.glosstream.train;

import dev.glosstream.model.TokenColumn;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A token column of a recipe: what it looks up, and how its table comes about.
 *
 * @param column what it looks up
 * @param vocabulary where its entries come from
 * @param table how its embedding table starts and changes
 * @param lexicon where its classes come from; empty but for a lexicon column
 */
public record ColumnRecipe(TokenColumn column, Entries vocabulary, Table table, List<LexiconSource> lexicon) {

    /** Copies the list. */
    public ColumnRecipe {
        lexicon = List.copyOf(lexicon);
    }

    /** Returns this column with entries from the texts and a table that starts at random. */
    public ColumnRecipe withoutVectors() {
        Entries entries = new Entries(Entries.Source.TEXTS, vocabulary.minCount(), vocabulary.maxSize());
        Table random = new Table(table.start(), table.scale(), Optional.empty(), 0, table.l2(), table.maxNorm());
        return table.vectors().isEmpty() ? this : new ColumnRecipe(column, entries, random, lexicon);
    }

    /**
     * Returns this column with a path of vectors that starts with {@code ./} as one beside the recipe; any other is left as
     * it is, to be found below the folder of the corpora.
     *
     * @param folder of the recipe
     */
    ColumnRecipe beside(Path folder) {
        Optional<String> own = table.vectors()
                .map(path -> path.startsWith("./")
                        ? folder.resolve(path).toAbsolutePath().normalize().toString()
                        : path);
        Table found = new Table(table.start(), table.scale(), own, table.frozenEpochs(), table.l2(), table.maxNorm());
        return new ColumnRecipe(column, vocabulary, found, lexicon);
    }

    /**
     * Where the entries of a vocabulary come from.
     *
     * @param source texts, file of vectors, or both
     * @param minCount occurrences in the training texts that an entry needs, at least 1
     * @param maxSize most entries taken from the texts, at least 1
     */
    public record Entries(Source source, int minCount, int maxSize) {

        /** Where entries are found. */
        public enum Source {
            /** In the training texts. */
            TEXTS,
            /** In the file of pretrained vectors, all of it. */
            VECTORS,
            /** In the training texts; and of the file what occurs there at all, however seldom. */
            BOTH
        }
    }

    /**
     * How an embedding table starts and changes.
     *
     * @param start how values are drawn
     * @param scale of the start: the deviation of a normal, the largest value of a uniform distribution; above 0
     * @param vectors file of pretrained vectors under the folder of the corpora, if there is one
     * @param frozenEpochs epochs at the start of training in which the table does not change, at least 0
     * @param l2 weight of half the squared length of the rows that a step looks up, in the loss; 0 for none
     * @param maxNorm length to which longer rows are cut after each step; 0 for none
     */
    public record Table(
            Start start, double scale, Optional<String> vectors, int frozenEpochs, double l2, double maxNorm) {

        /** How the values of a table are drawn. */
        public enum Start {
            /** Normal distribution around 0. */
            NORMAL,
            /** Uniform distribution around 0. */
            UNIFORM,
            /** Glorot and Bengio's uniform distribution, whose width follows from the table's size. */
            XAVIER
        }

        /** The start that is used where a recipe names none. */
        public static final Table DEFAULT = new Table(Start.NORMAL, 0.1, Optional.empty(), 0, 0, 0);
    }
}
