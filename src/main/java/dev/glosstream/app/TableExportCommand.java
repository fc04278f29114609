package dev.glosstream.app;

import dev.glosstream.embedding.Word2VecText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code glosstream embeddings export}: a table for other programs. */
@Command(
        name = "export",
        header = "Write an embedding table as word2vec text.",
        description = {
            "A line 'rows dimension', then a line per entry: the entry and its values, separated by spaces; UTF-8. The"
                    + " first entry, <unknown>, is the row of everything unknown; padding, all zeros, is left out. White"
                    + " space within an entry becomes '_'.",
        },
        footer = {
            "",
            "Examples:",
            "  glosstream embeddings export --model models/sentiment-en --out words.vec",
            "  glosstream embeddings export --model models/entities-en --column suffix3 --out suffixes.vec.gz",
        })
final class TableExportCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private EmbeddingColumn column;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The file, replaced if it is there; compressed with gzip if its name ends in .gz.")
    private Path out;

    TableExportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        EmbeddingColumn.Table table = column.readWithUnknown();
        Word2VecText.write(table.vectors(), out);
        surroundings.say("wrote " + table.vectors().size() + " rows of "
                + table.vectors().dimension() + " values of column '" + table.column() + "' of " + table.model()
                + " to "
                + out);
        return ExitCode.OK;
    }
}
