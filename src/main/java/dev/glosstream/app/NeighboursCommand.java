package dev.glosstream.app;

import dev.glosstream.config.Nearest;
import dev.glosstream.embedding.Neighbour;
import dev.glosstream.embedding.WordVectors;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code glosstream embeddings neighbours}: which entries the model treats alike. */
@Command(
        name = "neighbours",
        header = "List the entries whose vectors are nearest to that of a word, by cosine.",
        description = {
            "Near in the table means: the model learned to treat them alike, for its own task. In a sentiment model"
                    + " 'good' is near 'great' and far from 'bad', whatever else they mean.",
        },
        footer = {
            "",
            "Examples:",
            "  glosstream embeddings neighbours lovely --model models/sentiment-en",
            "  glosstream embeddings neighbours london --model models/entities-en --count 20",
            "  glosstream embeddings neighbours ing --model models/sentiment-en --column suffix3",
        })
final class NeighboursCommand implements Callable<Integer> {
    private static final int MOST_SPELLINGS = 5;

    private final Surroundings surroundings;

    @Parameters(paramLabel = "WORD", description = "The word, or another entry of the column.")
    private String word;

    @Mixin
    private EmbeddingColumn column;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many, at least 1. Default: ${DEFAULT-VALUE}.")
    private int count;

    NeighboursCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (count < 1) {
            throw new UsageException("--count: expected at least 1, got " + count);
        }
        EmbeddingColumn.Table table = column.read();
        WordVectors vectors = table.vectors();
        int row = table.find(word).orElseThrow(() -> unknown(table));
        LineOutput out = new LineOutput(surroundings.out());
        TextTable lines = new TextTable(2, ExplainText.WIDTH, List.of("cosine", table.column()));
        for (Neighbour neighbour : vectors.nearest(row, count)) {
            lines.row(List.of(
                    ExplainText.number(neighbour.cosine(), 3),
                    DisplayWidth.cut(neighbour.entry(), ExplainText.WIDTH / 2)));
        }
        lines.lines().forEach(out::line);
        out.flush();
        return ExitCode.OK;
    }

    private UsageException unknown(EmbeddingColumn.Table table) {
        List<String> near = Nearest.allTo(word, table.vectors().entries(), MOST_SPELLINGS);
        return new UsageException(
                "WORD '" + word + "': expected one of the " + table.vectors().size() + " entries of"
                        + " column '" + table.column() + "' of " + table.model() + ", got none"
                        + (near.isEmpty()
                                ? "; it did not occur often enough in training"
                                : "; near it: " + String.join(", ", near)));
    }
}
