package dev.glosstream.topology;

import dev.glosstream.infer.InferenceException;
import dev.glosstream.infer.SequenceScorer;
import dev.glosstream.model.Architecture;
import dev.glosstream.model.CrfTransitions;
import dev.glosstream.model.EntryColumn;
import dev.glosstream.model.LstmSettings;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.ModelManifest;
import dev.glosstream.model.Vocabulary;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.sequence.BioTagSet;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.ScoreMatrix;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two bundles of six words and a scorer in plain Java that anybody can check by hand: {@code good} is positive, {@code bad}
 * is negative, {@code Anna Smith} is a person, {@code Paris} a place; {@code poison} fails.
 */
final class TinyModels {
    static final List<String> SENTIMENTS = List.of("negative", "neutral", "positive");
    static final BioTagSet TAGS = BioTagSet.of(List.of("PER", "LOC", "ORG"));

    private static final List<String> WORDS = List.of("good", "bad", "anna", "smith", "paris", "poison");
    private static final int GOOD = 2;
    private static final int BAD = 3;
    private static final int ANNA = 4;
    private static final int SMITH = 5;
    private static final int PARIS = 6;
    private static final int POISON = 7;

    /** Set it, and every call of every scorer fails. */
    final AtomicBoolean broken = new AtomicBoolean();
    /** Scorers that are not closed. */
    final AtomicInteger open = new AtomicInteger();
    /** Sizes of the batches that were scored, both tasks. */
    final List<Integer> batchSizes = Collections.synchronizedList(new ArrayList<>());

    private final Path directory;
    private final int maxSequenceLength;

    TinyModels(Path directory) {
        this(directory, 64);
    }

    TinyModels(Path directory, int maxSequenceLength) {
        this.directory = directory;
        this.maxSequenceLength = maxSequenceLength;
    }

    TaskModel model(Task task) {
        return new TaskModel(bundle(task), () -> new TinyScorer(task));
    }

    Path folder(Task task) {
        return directory.resolve(task.code());
    }

    private ModelBundle bundle(Task task) {
        Path folder = folder(task);
        if (Files.exists(folder)) {
            return ModelBundle.open(folder);
        }
        try {
            Files.createDirectories(folder);
            Vocabulary.of(WORDS).write(folder.resolve("words.txt"));
            Files.writeString(folder.resolve("weights.bin"), "no weights: the scorer is plain Java\n");
            List<String> files = new ArrayList<>(List.of("words.txt", "weights.bin"));
            if (task == Task.ENTITIES) {
                ModelBundle.writeTransitions(folder, indifferent());
                files.add(ModelBundle.TRANSITIONS);
            }
            ModelBundle.seal(folder, manifest(task), files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ModelBundle.open(folder);
    }

    private ModelManifest manifest(Task task) {
        return new ModelManifest(
                ModelManifest.FORMAT_VERSION,
                task.code() + "-tiny",
                "1.2.3",
                task,
                "CC0-1.0",
                List.of(),
                Tokenizer.NAME,
                task == Task.SENTIMENT ? SENTIMENTS : TAGS.entityTypes(),
                Architecture.of(
                        List.of(new EntryColumn(EntryColumn.Feature.WORD, 0, 1, "words.txt")),
                        LstmSettings.bidirectional(1, 1),
                        maxSequenceLength),
                new ModelManifest.Weights("weights.bin", "plain-java", "fp32"),
                new ModelManifest.Training(List.of(), Map.of(), "by hand", 0, 0),
                ModelManifest.OWN_ENCODER,
                ModelManifest.Calibration.NONE,
                Map.of(),
                Map.of(),
                Map.of());
    }

    private static CrfTransitions indifferent() {
        List<Float> zeros = Collections.nCopies(TAGS.size(), 0f);
        return new CrfTransitions(TAGS.names(), zeros, zeros, Collections.nCopies(TAGS.size(), zeros));
    }

    private final class TinyScorer implements SequenceScorer {
        private final Task task;

        TinyScorer(Task task) {
            this.task = task;
            open.incrementAndGet();
        }

        @Override
        public List<ScoreMatrix> score(PaddedBatch batch) {
            batchSizes.add(batch.batchSize());
            long[] ids = batch.ids(0);
            List<ScoreMatrix> scores = new ArrayList<>();
            for (int row = 0; row < batch.batchSize(); row++) {
                scores.add(score(ids, row * batch.paddedLength(), batch.sequenceLength(row)));
            }
            return scores;
        }

        private ScoreMatrix score(long[] ids, int start, int length) {
            float[] logits = {0, 0.5f, 0};
            float[] emissions = new float[length * TAGS.size()];
            for (int position = 0; position < length; position++) {
                int id = (int) ids[start + position];
                if (broken.get() || id == POISON) {
                    throw new InferenceException("scorer", new IllegalStateException("planted fault"));
                }
                logits[0] += id == BAD ? 1 : 0;
                logits[2] += id == GOOD ? 1 : 0;
                emissions[position * TAGS.size() + tag(id)] = 5;
            }
            return task == Task.SENTIMENT
                    ? new ScoreMatrix(logits, logits.length)
                    : new ScoreMatrix(emissions, TAGS.size());
        }

        private static int tag(int id) {
            return switch (id) {
                case ANNA -> TAGS.begin(0);
                case SMITH -> TAGS.inside(0);
                case PARIS -> TAGS.begin(1);
                default -> BioTagSet.OUTSIDE;
            };
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }
}
