package dev.glosstream.app;

import dev.glosstream.embedding.WordVectors;
import dev.glosstream.explain.BundleVectors;
import dev.glosstream.explain.ColumnNames;
import dev.glosstream.infer.EngineSettings;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.Token;
import dev.glosstream.tokenize.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import picocli.CommandLine.Option;

/** The options that choose an embedding table: a model and one of its columns. */
final class EmbeddingColumn {
    @Option(names = "--model", required = true, paramLabel = "DIR", description = "Folder of the model bundle.")
    private Path folder;

    @Option(
            names = "--column",
            paramLabel = "NAME",
            defaultValue = "word",
            description = "Which table: word, suffix3, shape … as explain names them. Default: ${DEFAULT-VALUE}.")
    private String column;

    /**
     * A table.
     *
     * @param model {@code name@version} of its bundle
     * @param column name of its column
     * @param vectors its entries and rows
     */
    record Table(String model, String column, WordVectors vectors) {

        /** Returns the row of a word: as it is written, or as the tokenizer would normalise it. */
        OptionalInt find(String word) {
            OptionalInt exact = vectors.indexOf(word);
            if (exact.isPresent()) {
                return exact;
            }
            List<Token> tokens = new Tokenizer().tokenize(word).tokens();
            return tokens.size() == 1 ? vectors.indexOf(tokens.get(0).norm()) : OptionalInt.empty();
        }
    }

    /** Reads the table without the rows that belong to no entry. */
    Table read() {
        return read(BundleVectors::of);
    }

    /** Reads the table with the row of everything unknown. */
    Table readWithUnknown() {
        return read(BundleVectors::withUnknown);
    }

    private Table read(BiFunction<LoadedModel, Integer, WordVectors> reader) {
        EngineSettings.forServing();
        ModelBundle bundle = ModelBundle.open(folder);
        ColumnNames names = ColumnNames.of(bundle.manifest().architecture().columns());
        int index = names.indexOf(column)
                .orElseThrow(() -> new UsageException(
                        "--column: expected one of " + String.join(", ", names.names()) + ", got '" + column + "'"));
        try (LoadedModel model = LoadedModel.load(bundle)) {
            return new Table(bundle.id(), names.names().get(index), reader.apply(model, index));
        } catch (IllegalArgumentException unnamed) {
            throw new UsageException("--" + unnamed.getMessage());
        }
    }
}
