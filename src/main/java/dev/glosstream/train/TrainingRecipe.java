package dev.glosstream.train;

import dev.glosstream.model.Architecture;
import dev.glosstream.model.EntryColumn;
import dev.glosstream.sequence.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Everything that decides what a trained bundle is, apart from where its corpora lie.
 *
 * @param task what it predicts
 * @param name bundle name
 * @param version bundle version
 * @param license SPDX identifier of the licence of the weights
 * @param attributions sources that the licence asks to name
 * @param labels classes, or entity types
 * @param corpora training data
 * @param dev data that decides which epoch is kept
 * @param exclude texts that must not be trained on, for example those of a test set
 * @param unlabelled texts for the teachers to label
 * @param teachers folders of the bundles whose knowledge is passed on; relative ones start at the working directory
 * @param names files of names by entity type, for copies of sentences with other names in them
 * @param columns its token columns, and how their tables come about
 * @param architecture the network
 * @param pretraining how its encoder is pretrained on plain texts before that
 * @param training how it is trained
 */
public record TrainingRecipe(
        Task task,
        String name,
        String version,
        String license,
        List<String> attributions,
        List<String> labels,
        List<CorpusChoice> corpora,
        List<CorpusChoice> dev,
        List<CorpusChoice> exclude,
        List<CorpusChoice> unlabelled,
        List<Path> teachers,
        Map<String, List<String>> names,
        List<ColumnRecipe> columns,
        Architecture architecture,
        PretrainingSettings pretraining,
        TrainingSettings training) {

    /** Copies the lists. */
    public TrainingRecipe {
        attributions = List.copyOf(attributions);
        labels = List.copyOf(labels);
        corpora = List.copyOf(corpora);
        dev = List.copyOf(dev);
        exclude = List.copyOf(exclude);
        unlabelled = List.copyOf(unlabelled);
        teachers = List.copyOf(teachers);
        if (!unlabelled.isEmpty() && teachers.isEmpty()) {
            throw new IllegalArgumentException(
                    "unlabelled: expected teachers to label it, got none; name bundles under" + " teachers:");
        }
        training.targets().classWeights().requireKnown(labels);
        names = Map.copyOf(names);
        columns = List.copyOf(columns);
        pretraining.requireFits(architecture, wordColumns(columns));
    }

    /**
     * Returns this recipe for data of the user's own, whose name and licence are not this recipe's.
     *
     * @param bundleName name of the bundle
     */
    public TrainingRecipe forOwnData(String bundleName) {
        return new TrainingRecipe(
                task,
                bundleName,
                version,
                "LicenseRef-unspecified",
                List.of(),
                labels,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                teachers,
                Map.of(),
                columns,
                architecture,
                pretraining,
                training);
    }

    /**
     * Returns this recipe as one task of a joint training: its corpora, labels and targets, and all else as given.
     *
     * @param bundleName name of the bundle
     * @param run what all tasks have in common
     */
    TrainingRecipe joint(String bundleName, JointRecipe.Run run) {
        return new TrainingRecipe(
                task,
                bundleName,
                run.version(),
                run.license(),
                run.attributions(),
                labels,
                corpora,
                dev,
                exclude,
                unlabelled,
                teachers,
                names,
                run.columns(),
                run.architecture(),
                run.pretraining(),
                training.within(run.training()));
    }

    /** Returns this recipe without what its columns and its pretraining read below the folder of its corpora. */
    public TrainingRecipe withoutColumnFiles() {
        List<ColumnRecipe> own = columns.stream()
                .filter(column -> column.lexicon().isEmpty())
                .map(ColumnRecipe::withoutVectors)
                .toList();
        return with(own, PretrainingSettings.NONE);
    }

    /** Returns this recipe with another pretraining. */
    public TrainingRecipe withPretraining(PretrainingSettings other) {
        return with(columns, other);
    }

    private TrainingRecipe with(List<ColumnRecipe> others, PretrainingSettings other) {
        return new TrainingRecipe(
                task,
                name,
                version,
                license,
                attributions,
                labels,
                corpora,
                dev,
                exclude,
                unlabelled,
                teachers,
                names,
                others,
                architecture.with(others.stream().map(ColumnRecipe::column).toList()),
                other,
                training);
    }

    /** Returns the indices of the columns that hold words: those that word dropout makes unknown. */
    List<Integer> wordColumns() {
        return wordColumns(columns);
    }

    private static List<Integer> wordColumns(List<ColumnRecipe> columns) {
        return IntStream.range(0, columns.size())
                .filter(index -> columns.get(index).column() instanceof EntryColumn entry
                        && entry.feature() == EntryColumn.Feature.WORD)
                .boxed()
                .toList();
    }
}
