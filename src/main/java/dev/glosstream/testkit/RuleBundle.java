package dev.glosstream.testkit;

import dev.glosstream.model.Architecture;
import dev.glosstream.model.CrfTransitions;
import dev.glosstream.model.EntryColumn;
import dev.glosstream.model.LstmSettings;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.ModelManifest;
import dev.glosstream.model.Vocabulary;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.sequence.BioTagSet;
import dev.glosstream.sequence.Task;
import dev.glosstream.tokenize.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A model bundle without weights.
 *
 * @param task what it predicts
 * @param words the vocabulary, normalised, each once
 * @param labels classes or entity types
 */
record RuleBundle(Task task, List<String> words, List<String> labels) {
    private static final String VOCABULARY = "words.txt";
    private static final String WEIGHTS = "weights.txt";
    private static final int LONGEST_SEQUENCE = 4096;

    /** Returns the bundle of some words, cut as the tokenizer does. */
    static RuleBundle of(Task task, List<String> words, List<String> labels) {
        List<String> norms = words.stream()
                .flatMap(word -> RuleBook.norms(word).stream())
                .distinct()
                .toList();
        return new RuleBundle(task, norms, labels);
    }

    /** Writes the bundle into a new folder and returns a model that cannot score. */
    TaskModel write(Path folder) {
        try {
            Files.createDirectories(folder);
            Vocabulary.of(words).write(folder.resolve(VOCABULARY));
            Files.writeString(folder.resolve(WEIGHTS), "No weights: this model answers by rule.\n");
            List<String> files = new ArrayList<>(List.of(VOCABULARY, WEIGHTS));
            if (task == Task.ENTITIES) {
                ModelBundle.writeTransitions(folder, indifferent());
                files.add(ModelBundle.TRANSITIONS);
            }
            ModelBundle.seal(folder, manifest(), files);
        } catch (IOException e) {
            throw new UncheckedIOException("rule models: expected to write into " + folder, e);
        }
        return new TaskModel(ModelBundle.open(folder), () -> {
            throw new IllegalStateException("rule models: expected a scorer by rule");
        });
    }

    private ModelManifest manifest() {
        return new ModelManifest(
                ModelManifest.FORMAT_VERSION,
                task.code() + "-by-rule",
                "1.0.0",
                task,
                "CC0-1.0",
                List.of(),
                Tokenizer.NAME,
                labels,
                Architecture.of(
                        List.of(new EntryColumn(EntryColumn.Feature.WORD, 0, 1, VOCABULARY)),
                        LstmSettings.bidirectional(1, 1),
                        LONGEST_SEQUENCE),
                new ModelManifest.Weights(WEIGHTS, "rules", ModelManifest.Weights.FP32),
                new ModelManifest.Training(List.of(), Map.of(), "by hand", 0, 0),
                ModelManifest.OWN_ENCODER,
                ModelManifest.Calibration.NONE,
                Map.of(),
                Map.of(),
                Map.of());
    }

    /** Transitions that prefer nothing; what BIO forbids stays forbidden. */
    private CrfTransitions indifferent() {
        BioTagSet tags = BioTagSet.of(labels);
        List<Float> zeros = Collections.nCopies(tags.size(), 0f);
        return new CrfTransitions(tags.names(), zeros, zeros, Collections.nCopies(tags.size(), zeros));
    }
}
