package dev.glosstream.app;

import dev.glosstream.embedding.SkipGram;
import dev.glosstream.embedding.Word2VecText;
import dev.glosstream.embedding.WordVectors;
import dev.glosstream.train.Corpus;
import dev.glosstream.train.CorpusChoice;
import dev.glosstream.train.VectorLearning;
import dev.glosstream.train.corpus.CorpusReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code glosstream embeddings learn}: word vectors from texts, labelled or not. */
@Command(
        name = "learn",
        header = "Learn word vectors from texts, for a table to start from.",
        description = {
            "Skip-gram with negative sampling (Mikolov et al., 2013) over the words that a network looks up; labels are"
                    + " not read. The file is word2vec text, most frequent word first, its values of the deviation that"
                    + " tables start with (0.1); name it as 'vectors' of a word column of a recipe, with the same"
                    + " dimension.",
            "One thread; the same texts and options give the same file.",
        },
        footer = {
            "",
            "Examples:",
            "  glosstream embeddings learn --data text:reviews.txt --out reviews.vec",
            "  glosstream embeddings learn --data text:mails.txt conll:names.conll --dimension 90 --out training/own.vec.gz",
        })
final class LearnVectorsCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(
            names = "--data",
            required = true,
            arity = "1..*",
            paramLabel = "SOURCE",
            description = "Texts, FORMAT:PATH or PATH, in any format that train reads; ' * 0.5' keeps half of a file.")
    private List<String> data = new ArrayList<>();

    @Option(
            names = "--exclude",
            arity = "1..*",
            paramLabel = "SOURCE",
            description = "Texts that must not be read, for example those of a test set.")
    private List<String> exclude = new ArrayList<>();

    @Option(names = "--root", paramLabel = "DIR", description = "Where relative paths start; default: here.")
    private Path root = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file; .gz compresses it.")
    private Path out;

    @Option(names = "--dimension", defaultValue = "100", description = "Values per vector (default: 100).")
    private int dimension;

    @Option(names = "--epochs", defaultValue = "5", description = "Passes over the texts (default: 5).")
    private int epochs;

    @Option(names = "--window", defaultValue = "5", description = "Farthest distance of near words (default: 5).")
    private int window;

    @Option(names = "--min-count", defaultValue = "3", description = "Occurrences that a word needs (default: 3).")
    private int minCount;

    @Option(names = "--max-vocabulary", defaultValue = "50000", description = "Most words (default: 50000).")
    private int maxVocabulary;

    @Option(names = "--seed", defaultValue = "1", description = "Of every random choice (default: 1).")
    private long seed;

    @Option(names = "--skip-bad-rows", description = "Leave out rows that cannot be read instead of stopping.")
    private boolean skipBadRows;

    LearnVectorsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        VectorLearning learning = new VectorLearning(settings());
        requirePlace();
        CorpusReader reader = new CorpusReader(skipBadRows);
        Corpus texts = read(data, reader).cleaned(read(exclude, reader));
        reader.problems().forEach(problem -> surroundings.say("skipped " + problem));
        surroundings.say("learning from " + texts.examples().size() + " texts");
        WordVectors vectors = learning.learn(
                texts,
                minCount,
                maxVocabulary,
                loss -> surroundings.say(String.format(Locale.ROOT, "mean loss of an epoch: %.4f", loss)));
        Word2VecText.write(vectors, out);
        surroundings.say("wrote " + vectors.size() + " vectors of " + vectors.dimension() + " values to " + out);
        return ExitCode.OK;
    }

    private SkipGram.Settings settings() {
        if (minCount < 1 || maxVocabulary < 1) {
            throw new UsageException("--min-count, --max-vocabulary: expected at least 1, got " + minCount + " and "
                    + maxVocabulary + "; leave them out for their defaults");
        }
        SkipGram.Settings usual = SkipGram.Settings.DEFAULT;
        try {
            return new SkipGram.Settings(
                    dimension, window, usual.negatives(), epochs, usual.learningRate(), usual.subsampling(), seed);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /** Before the learning, which may take hours, and not after it. */
    private void requirePlace() {
        Path folder = out.toAbsolutePath().normalize().getParent();
        if (folder == null || !Files.isWritable(folder)) {
            throw new UsageException("--out: expected a file in a folder that can be written, got '" + out
                    + "'; make the folder, or name another");
        }
    }

    private Corpus read(List<String> sources, CorpusReader reader) {
        List<CorpusChoice> choices = sources.stream().map(CorpusChoice::parse).toList();
        return Corpus.readTexts(choices, root.toAbsolutePath(), reader);
    }
}
