package dev.glosstream.train;

import dev.glosstream.sequence.Task;
import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.corpus.CorpusException;
import dev.glosstream.train.corpus.CorpusFile;
import dev.glosstream.train.corpus.CorpusReader;
import dev.glosstream.train.corpus.NameList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run trains on and what it is judged by while it trains.
 *
 * @param training examples to learn from: none twice, none with two labels, none that stands in dev
 * @param dev examples that decide which epoch is kept
 * @param names names to put into copies of sentences, by entity type
 */
public record TrainingData(Corpus training, Corpus dev, Map<String, NameList> names) {
    private static final int HELD_OUT_OF = 10;

    /** Validates that there is something to learn from and something to be judged by. */
    public TrainingData {
        if (training.examples().isEmpty() || dev.examples().isEmpty()) {
            throw new CorpusException("training data: expected examples to train on and others to choose by, got "
                    + training.examples().size() + " and " + dev.examples().size()
                    + " (texts of the dev data, and texts with two labels, are not trained on)");
        }
    }

    /**
     * Reads the corpora of a recipe.
     *
     * @param root where their relative paths start
     */
    public static TrainingData ofRecipe(TrainingRecipe recipe, Path root, CorpusReader reader) {
        Task task = recipe.task();
        Corpus training = Corpus.read(recipe.corpora(), root, task, CorpusFile.Part.TRAINING, reader);
        Corpus dev = Corpus.read(recipe.dev(), root, task, CorpusFile.Part.TRAINING, reader);
        Corpus excluded = Corpus.read(recipe.exclude(), root, task, CorpusFile.Part.TRAINING, reader);
        Map<String, NameList> names = new TreeMap<>();
        recipe.names()
                .forEach((type, files) -> names.put(
                        type, NameList.read(files.stream().map(root::resolve).toList())));
        return new TrainingData(training.cleaned(excluded.plus(dev)), dev, names);
    }

    /** Returns whether the corpora of a recipe lie below a folder. */
    public static boolean isRoot(TrainingRecipe recipe, Path folder) {
        return Files.isDirectory(folder)
                && !recipe.corpora().isEmpty()
                && recipe.corpora().stream().allMatch(choice -> Files.exists(folder.resolve(choice.path())));
    }

    /**
     * Reads corpora named one by one; without dev data every tenth example is held out.
     *
     * @param root where relative paths start
     */
    public static TrainingData of(Task task, List<String> data, List<String> devData, Path root, CorpusReader reader) {
        Corpus all = read(data, root, task, CorpusFile.Part.TRAINING, reader);
        if (!devData.isEmpty()) {
            Corpus dev = read(devData, root, task, CorpusFile.Part.DEV, reader);
            return new TrainingData(all.cleaned(dev), dev, Map.of());
        }
        return holdOut(all.cleaned(Corpus.EMPTY));
    }

    private static Corpus read(List<String> sources, Path root, Task task, CorpusFile.Part part, CorpusReader reader) {
        List<CorpusChoice> choices = sources.stream().map(CorpusChoice::parse).toList();
        return Corpus.read(choices, root, task, part, reader);
    }

    private static TrainingData holdOut(Corpus all) {
        List<CorpusExample> training = new ArrayList<>();
        List<CorpusExample> dev = new ArrayList<>();
        for (int index = 0; index < all.examples().size(); index++) {
            (index % HELD_OUT_OF == HELD_OUT_OF - 1 ? dev : training)
                    .add(all.examples().get(index));
        }
        if (dev.isEmpty()) {
            throw new CorpusException("training data: expected at least " + HELD_OUT_OF + " different examples, got "
                    + training.size() + "; give more, or dev data of their own with --dev");
        }
        return new TrainingData(all.withExamples(training), new Corpus(dev, List.of()), Map.of());
    }
}
