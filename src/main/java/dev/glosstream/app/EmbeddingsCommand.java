package dev.glosstream.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code glosstream embeddings}: the tables of a bundle looked at by themselves. */
@Command(
        name = "embeddings",
        header =
                "Look at the embedding tables of a model: neighbours, a picture, a file for other programs; or learn one.",
        footer = {
            "",
            "Examples:",
            "  glosstream embeddings neighbours lovely --model models/sentiment-en",
            "  glosstream embeddings plot --model models/sentiment-en --top 150 --out words.png",
            "  glosstream embeddings export --model models/sentiment-en --out words.vec.gz",
            "  glosstream embeddings learn --data text:reviews.txt --out reviews.vec",
        })
final class EmbeddingsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected neighbours, plot, export or learn, got none");
    }
}
