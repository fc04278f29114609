package dev.glosstream.train;

import dev.glosstream.model.Digests;
import dev.glosstream.model.ModelManifest;
import dev.glosstream.sequence.Task;
import dev.glosstream.sequence.Token;
import dev.glosstream.tokenize.Tokenizer;
import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.corpus.CorpusFile;
import dev.glosstream.train.corpus.CorpusReader;
import dev.glosstream.train.corpus.JoinedList;
import dev.glosstream.train.corpus.LabelMap;
import dev.glosstream.train.corpus.StoredExamples;
import dev.glosstream.train.corpus.StoredList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Labelled texts of several files, and where they come from.
 *
 * @param examples the texts, file by file; a list of random access, in a temporary file where there may be many
 * @param sources each file with the number of examples used of it
 */
public record Corpus(List<CorpusExample> examples, List<ModelManifest.Corpus> sources) {
    /** No examples of no files. */
    public static final Corpus EMPTY = new Corpus(List.of(), List.of());

    private static final Tokenizer TOKENIZER = new Tokenizer();
    private static final int BLOCKS = 100;

    /** Copies the sources; the examples are not copied, for they may lie in a file, and must not be changed any more. */
    public Corpus {
        examples = Collections.unmodifiableList(examples);
        sources = List.copyOf(sources);
    }

    /**
     * Reads corpora.
     *
     * @param root where relative paths start
     * @param part which files of a folder are meant
     */
    public static Corpus read(
            List<CorpusChoice> choices, Path root, Task task, CorpusFile.Part part, CorpusReader reader) {
        return read(choices, choice -> CorpusFile.resolve(choice.source(), root, task, part), reader);
    }

    /**
     * Reads corpora, every label of which must be known.
     *
     * @param root where relative paths start
     * @param recipe whose labels are known, apart from those that a corpus renames or drops
     * @param part which files of a folder are meant
     */
    public static Corpus readKnown(
            List<CorpusChoice> choices, Path root, TrainingRecipe recipe, CorpusFile.Part part, CorpusReader reader) {
        Set<String> known = Set.copyOf(recipe.labels());
        return read(
                choices,
                choice -> CorpusFile.resolve(choice.source(), root, recipe.task(), part).stream()
                        .map(file -> file.withLabels(LabelMap.of(choice.labels(), known)))
                        .toList(),
                reader);
    }

    /**
     * Reads the texts of corpora, without labels.
     *
     * @param root where relative paths start
     */
    public static Corpus readTexts(List<CorpusChoice> choices, Path root, CorpusReader reader) {
        return read(choices, choice -> CorpusFile.resolveTexts(choice.source(), root), reader);
    }

    private static Corpus read(
            List<CorpusChoice> choices, Function<CorpusChoice, List<CorpusFile>> files, CorpusReader reader) {
        List<CorpusExample> all = StoredExamples.create();
        List<ModelManifest.Corpus> sources = new ArrayList<>();
        for (CorpusChoice choice : choices) {
            for (CorpusFile file : files.apply(choice)) {
                List<CorpusExample> examples = reader.read(file);
                List<CorpusExample> kept = StoredExamples.create();
                addKept(examples, choice.keep(), kept);
                close(examples);
                choice.weighted(kept).forEach(all::add);
                sources.add(new ModelManifest.Corpus(file.shortName(), kept.size(), digest(file.path())));
                close(kept);
            }
        }
        return new Corpus(all, sources);
    }

    /**
     * Returns a corpus of examples that come from no file.
     *
     * @param source where they come from, for the manifest; beside it stands the SHA-256 of all of them
     */
    public static Corpus ofExamples(String source, List<CorpusExample> examples) {
        return new Corpus(
                examples, List.of(new ModelManifest.Corpus(source, examples.size(), Fingerprints.of(examples))));
    }

    /** Returns the examples and sources of both. */
    public Corpus plus(Corpus other) {
        List<ModelManifest.Corpus> allSources = new ArrayList<>(sources);
        allSources.addAll(other.sources);
        return new Corpus(new JoinedList<>(examples, other.examples), allSources);
    }

    /** Returns a corpus of the same sources with these examples. */
    public Corpus withExamples(List<CorpusExample> others) {
        return new Corpus(others, sources);
    }

    private static String digest(Path path) {
        try {
            return Digests.sha256(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the room that a file's own list takes on the disk back at once. */
    private static void close(List<CorpusExample> examples) {
        if (examples instanceof StoredList<CorpusExample> stored) {
            try {
                stored.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Keeps the head of each of a hundred blocks: neighbouring examples may share a document. */
    private static void addKept(List<CorpusExample> examples, double share, List<CorpusExample> kept) {
        int blocks = share == 1 ? 1 : BLOCKS;
        for (int block = 0; block < blocks; block++) {
            int start = (int) ((long) examples.size() * block / blocks);
            int end = (int) ((long) examples.size() * (block + 1) / blocks);
            int count = (int) Math.round((end - start) * share);
            kept.addAll(examples.subList(start, start + count));
        }
    }

    /**
     * Returns this corpus without texts that stand in another, without repetitions, and without texts that occur with
     * different labels. Texts are the same if their normalised words are: mentions, links and punctuation do not count,
     * because corpora of the same tweets differ in them.
     */
    public Corpus cleaned(Corpus excluded) {
        TextLabels texts = new TextLabels();
        excluded.examples().forEach(example -> texts.ban(fingerprint(example)));
        examples.forEach(example -> texts.note(fingerprint(example), example.label()));
        List<CorpusExample> clean = StoredExamples.create();
        for (CorpusExample example : examples) {
            if (texts.ban(fingerprint(example))) {
                clean.add(example);
            }
        }
        return new Corpus(clean, sources);
    }

    static String fingerprint(CorpusExample example) {
        List<String> norms = TOKENIZER.tokenize(example.text()).tokens().stream()
                .map(Token::norm)
                .toList();
        String words = norms.stream().filter(Corpus::isWord).collect(Collectors.joining(" "));
        return words.isEmpty() ? String.join(" ", norms) : words;
    }

    private static boolean isWord(String norm) {
        return Character.isLetterOrDigit(norm.codePointAt(0)) || norm.startsWith("'");
    }
}
