package dev.glosstream.app;

import dev.glosstream.embedding.PlanePicture;
import dev.glosstream.embedding.Projection;
import dev.glosstream.embedding.WordVectors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code glosstream embeddings plot}: a picture of a table. */
@Command(
        name = "plot",
        header = "Draw a picture of an embedding table.",
        description = {
            "Brings the vectors of chosen entries from their many dimensions to the two of a picture. pca: the two"
                    + " directions in which they differ most; distances are true, much is left out. tsne: neighbours stay"
                    + " neighbours; distances far apart mean little.",
        },
        footer = {
            "",
            "Examples:",
            "  glosstream embeddings plot --model models/sentiment-en --words samples/words.txt --out words.png",
            "  glosstream embeddings plot --model models/sentiment-en --top 300 --method tsne --out top.png",
        })
final class PlotCommand implements Callable<Integer> {
    private static final int MOST = 5_000;
    private static final String PNG = ".png";

    private final Surroundings surroundings;

    @Mixin
    private EmbeddingColumn column;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE.png",
            description = "The picture, replaced if it is there.")
    private Path out;

    @Option(names = "--words", paramLabel = "FILE", description = "The entries to show, one a line, UTF-8.")
    private @Nullable Path words;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "100",
            description = "Without --words: the first N entries, the most frequent ones; at most 5000. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int top;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            defaultValue = "pca",
            description = "pca or tsne. Default: ${DEFAULT-VALUE}.")
    private String method;

    PlotCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Projection projection = projection();
        if (!out.toString().toLowerCase(Locale.ROOT).endsWith(PNG)) {
            throw new UsageException("--out: expected a name that ends in .png, got '" + out + "'");
        }
        if (top < 1 || top > MOST) {
            throw new UsageException("--top: expected 1 to " + MOST + ", got " + top);
        }
        List<String> wanted = words == null ? List.of() : lines(words);
        EmbeddingColumn.Table table = column.read();
        WordVectors chosen = table.vectors().select(rows(table, wanted));
        PlanePicture picture;
        try {
            picture = PlanePicture.draw(table.model() + ", column " + table.column(), projection.map(chosen));
        } catch (IllegalArgumentException tooFew) {
            throw new UsageException(String.valueOf(tooFew.getMessage()));
        }
        picture.write(out);
        surroundings.say("wrote " + out + ": " + chosen.size() + " entries, " + picture.labelled() + " with a label"
                + (picture.labelled() < chosen.size() ? ", the others had no room; show fewer" : ""));
        return ExitCode.OK;
    }

    private Projection projection() {
        return switch (method.toLowerCase(Locale.ROOT)) {
            case "pca" -> Projection.PCA;
            case "tsne", "t-sne" -> Projection.TSNE;
            default -> throw new UsageException("--method: expected pca or tsne, got '" + method + "'");
        };
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (NoSuchFileException e) {
            throw new UsageException("--words: expected a file of entries, found none at '" + file + "'");
        }
    }

    private List<Integer> rows(EmbeddingColumn.Table table, List<String> wanted) {
        if (words == null) {
            return IntStream.range(0, Math.min(top, table.vectors().size()))
                    .boxed()
                    .toList();
        }
        Set<Integer> rows = new LinkedHashSet<>();
        List<String> unknown = new ArrayList<>();
        for (String word : wanted) {
            OptionalInt row = table.find(word);
            row.ifPresentOrElse(rows::add, () -> unknown.add(word));
        }
        if (!unknown.isEmpty()) {
            surroundings.say(unknown.size() + " of " + wanted.size() + " entries are not in the table and left out: "
                    + String.join(", ", unknown.subList(0, Math.min(10, unknown.size())))
                    + (unknown.size() > 10 ? " …" : ""));
        }
        if (rows.isEmpty()) {
            throw new UsageException("--words: expected entries of column '" + table.column() + "' of " + table.model()
                    + ", found none in '" + words + "'");
        }
        return new ArrayList<>(rows);
    }
}
