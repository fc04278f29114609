package dev.glosstream.train;

import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.corpus.CorpusException;
import dev.glosstream.train.corpus.CorpusFile;
import dev.glosstream.train.corpus.CorpusReader;
import dev.glosstream.train.corpus.NameList;
import dev.glosstream.train.corpus.StoredExamples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run trains on and what it is judged by while it trains.
 *
 * @param training examples to learn from: none twice, none with two labels, none that stands in dev
 * @param dev examples that decide which epoch is kept
 * @param unlabelled texts for teachers to label: none of training, dev or excluded ones
 * @param texts texts for the pretraining of the encoder: none of dev or excluded ones
 * @param names names to put into copies of sentences, by entity type
 */
public record TrainingData(Corpus training, Corpus dev, Corpus unlabelled, Corpus texts, Map<String, NameList> names) {
    private static final int HELD_OUT_OF = 10;

    /** Creates data without unlabelled texts. */
    public TrainingData(Corpus training, Corpus dev, Map<String, NameList> names) {
        this(training, dev, Corpus.EMPTY, names);
    }

    /** Creates data without texts for a pretraining. */
    public TrainingData(Corpus training, Corpus dev, Corpus unlabelled, Map<String, NameList> names) {
        this(training, dev, unlabelled, Corpus.EMPTY, names);
    }

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
        Corpus training = Corpus.readKnown(recipe.corpora(), root, recipe, CorpusFile.Part.TRAINING, reader);
        Corpus dev = Corpus.readKnown(recipe.dev(), root, recipe, CorpusFile.Part.TRAINING, reader);
        Corpus excluded = Corpus.readTexts(recipe.exclude(), root, reader);
        Map<String, NameList> names = new TreeMap<>();
        recipe.names()
                .forEach((type, files) -> names.put(
                        type, NameList.read(files.stream().map(root::resolve).toList())));
        Corpus unlabelled = Corpus.readTexts(recipe.unlabelled(), root, reader);
        return new TrainingData(training.cleaned(excluded.plus(dev)), dev, names).withUnlabelled(unlabelled, excluded);
    }

    /** Returns how much there is of what, for a person. */
    public String describe() {
        int texts = unlabelled.examples().size();
        return "training on " + training.examples().size() + " examples"
                + (texts == 0 ? "" : " and " + texts + " unlabelled texts") + ", choosing by "
                + dev.examples().size();
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
     * @param recipe whose task and labels are meant
     * @param root where relative paths start
     */
    public static TrainingData of(
            TrainingRecipe recipe,
            List<CorpusChoice> data,
            List<CorpusChoice> devData,
            Path root,
            CorpusReader reader) {
        return of(
                Corpus.readKnown(data, root, recipe, CorpusFile.Part.TRAINING, reader),
                Corpus.readKnown(devData, root, recipe, CorpusFile.Part.DEV, reader));
    }

    /** Returns data of a corpus and another to choose by; if that is empty, every tenth example is held out. */
    public static TrainingData of(Corpus all, Corpus dev) {
        return dev.examples().isEmpty()
                ? holdOut(all.cleaned(Corpus.EMPTY))
                : new TrainingData(all.cleaned(dev), dev, Map.of());
    }

    /**
     * Reads corpora that are to be learned by heart: the run is judged by what it trains on.
     *
     * @param recipe whose task and labels are meant
     * @param root where relative paths start
     */
    public static TrainingData byHeart(TrainingRecipe recipe, List<CorpusChoice> data, Path root, CorpusReader reader) {
        Corpus all = Corpus.readKnown(data, root, recipe, CorpusFile.Part.TRAINING, reader)
                .cleaned(Corpus.EMPTY);
        return new TrainingData(all, all, Map.of());
    }

    /** Returns this data with texts for teachers; those that stand in it or among the excluded ones are left out. */
    public TrainingData withUnlabelled(Corpus texts, Corpus excluded) {
        Corpus clean = texts.cleaned(excluded.plus(dev).plus(training));
        return new TrainingData(training, dev, clean, this.texts, names);
    }

    /**
     * Reads the texts for the pretraining of a run; none if it has no pretraining, and none but their names if their encoder is
     * read from a file.
     *
     * @param recipes of its tasks; nothing of their dev data and of what they exclude is returned
     * @param root where relative paths start
     */
    public static Corpus pretrainingTexts(List<TrainingRecipe> recipes, Path root, CorpusReader reader) {
        PretrainingSettings settings = recipes.get(0).pretraining();
        if (settings.encoder().isPresent()) {
            return new Corpus(
                    List.of(), EncoderFile.read(settings.encoder().get()).sources());
        }
        if (settings.texts().isEmpty()) {
            return Corpus.EMPTY;
        }
        Corpus excluded = Corpus.EMPTY;
        for (TrainingRecipe recipe : recipes) {
            excluded = excluded.plus(Corpus.readTexts(recipe.dev(), root, reader))
                    .plus(Corpus.readTexts(recipe.exclude(), root, reader));
        }
        return Corpus.readTexts(settings.texts(), root, reader).cleaned(excluded);
    }

    /** Returns this data with texts for a pretraining; those that stand in its dev data are left out. */
    public TrainingData withPretrainingTexts(Corpus plain) {
        return new TrainingData(training, dev, unlabelled, plain.cleaned(dev), names);
    }

    private static TrainingData holdOut(Corpus all) {
        List<CorpusExample> training = StoredExamples.create();
        List<CorpusExample> dev = StoredExamples.create();
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
