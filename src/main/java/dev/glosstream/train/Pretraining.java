package dev.glosstream.train;

import ai.djl.engine.Engine;
import dev.glosstream.model.Digests;
import dev.glosstream.model.IdSpace;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.TokenIds;
import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.corpus.JoinedList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What comes before the first labelled epoch of a run: the encoder learns to foretell the words of plain texts, or is read
 * from a file in which an earlier pretraining left it. One thread.
 */
final class Pretraining {
    /** Cells of a step: long texts come in smaller batches, for each cell is told from every candidate. */
    private static final int MOST_CELLS = 4096;
    /** Its draws are not those of the epochs after it. */
    private static final int DRAWS = 1 << 20;

    private final PretrainingSettings settings;
    private final Corpus texts;
    private final Workspace workspace;
    private final ColumnFiles columns;
    private final ProgressListener listener;

    Pretraining(
            PretrainingSettings settings,
            Corpus texts,
            Workspace workspace,
            ColumnFiles columns,
            ProgressListener listener) {
        this.settings = settings;
        this.texts = texts;
        this.workspace = workspace;
        this.columns = columns;
        this.listener = listener;
    }

    /** Returns the fingerprint of what is pretrained on; empty without pretraining. */
    String fingerprint() throws IOException {
        if (settings.encoder().isPresent()) {
            return " " + Digests.sha256(settings.encoder().get());
        }
        return settings.isAsked() ? " " + Fingerprints.of(texts.examples()) : "";
    }

    /**
     * Makes the files of the columns of a network, in the folder of the run's first bundle.
     *
     * @param labelled all that is trained on afterwards
     * @return ids of each column
     */
    List<IdSpace> ids(TrainingRecipe recipe, ExamplePreparation preparation, List<CorpusExample> labelled)
            throws IOException {
        Path directory = workspace.candidate(0);
        if (settings.vocabulary() == PretrainingSettings.VocabularyTexts.LABELLED) {
            return columns.write(preparation.tokenized(labelled), directory);
        }
        if (settings.encoder().isPresent()) {
            EncoderFile.read(settings.encoder().get()).writeColumnFiles(recipe.architecture(), directory);
            return ModelBundle.readIds(directory, recipe.architecture());
        }
        return columns.write(preparation.tokenized(new JoinedList<>(labelled, texts.examples())), directory);
    }

    /**
     * Returns the encoder to start from; empty if it starts from random values.
     *
     * @param part of the first task
     * @param ids of each column
     * @param checkpoint of the pretraining; it goes on from there
     */
    Optional<EncoderWeights> encoder(TaskTraining.Part part, List<IdSpace> ids, CheckpointFile checkpoint)
            throws IOException {
        if (!settings.isAsked()) {
            return Optional.empty();
        }
        if (settings.encoder().isPresent()) {
            EncoderFile file = EncoderFile.read(settings.encoder().get());
            file.requireFits(part.recipe().architecture(), workspace.candidate(0));
            listener.onNote("starting from the encoder of " + settings.encoder().get());
            return Optional.of(file.weights());
        }
        int column = part.recipe().wordColumns().get(0);
        try (PretrainingTexts encoded =
                PretrainingTexts.encode(texts, part.recipe(), column, ids, workspace.pretrainingTexts())) {
            listener.onNote("pretraining on " + encoded.tokens() + " tokens of "
                    + texts.examples().size() + " texts");
            EncoderWeights weights = learn(part, ids, encoded, checkpoint);
            EncoderFile.of(
                            workspace.encoder(),
                            part.recipe().architecture(),
                            workspace.candidate(0),
                            texts.sources(),
                            weights)
                    .write();
            return Optional.of(weights);
        }
    }

    private EncoderWeights learn(
            TaskTraining.Part part, List<IdSpace> ids, PretrainingTexts encoded, CheckpointFile checkpoint)
            throws IOException {
        RandomDraws draws = new RandomDraws(part.recipe().training().seed());
        int steps = batches(encoded, draws.ofEpoch(DRAWS + 1)).size() * settings.epochs();
        try (LanguageModelTraining training = new LanguageModelTraining(part, ids, columns, encoded.counts(), steps)) {
            RunState state = restored(training, checkpoint);
            TrainingSession.Checkpoint save = () -> checkpoint.write(out -> {
                state.write(out);
                training.write(out);
            });
            while (state.epoch() <= settings.epochs()) {
                runEpoch(
                        training,
                        encoded,
                        state,
                        draws,
                        part.recipe().training().checkpointSteps(),
                        save);
                // Measuring takes its own time and room: if it fails, the epoch is not lost.
                save.write();
                double loss = training.measure(encoded.heldOut());
                listener.onPretrainingEpochEnd(state.epoch(), state.meanLoss(), loss);
                state.onEpochEnd(-loss);
                save.write();
            }
            return training.encoder();
        }
    }

    private RunState restored(LanguageModelTraining training, CheckpointFile checkpoint) throws IOException {
        RunState state = new RunState();
        if (checkpoint.exists()) {
            checkpoint.read(in -> {
                state.read(in);
                training.read(in);
            });
            listener.onNote("going on in epoch " + state.epoch() + " of the pretraining after step " + state.step());
        }
        return state;
    }

    private void runEpoch(
            LanguageModelTraining training,
            PretrainingTexts encoded,
            RunState state,
            RandomDraws draws,
            int checkpointSteps,
            TrainingSession.Checkpoint save)
            throws IOException {
        int epoch = state.epoch();
        List<int[]> batches = batches(encoded, draws.ofEpoch(DRAWS + epoch));
        listener.onPretrainingEpochStart(epoch, settings.epochs(), batches.size());
        while (state.step() < batches.size()) {
            int step = state.step() + 1;
            Engine.getInstance().setRandomSeed(draws.ofEngine(DRAWS + epoch, step));
            List<TokenIds> batch = Arrays.stream(batches.get(step - 1))
                    .mapToObj(index -> encoded.pieces().get(index).ids())
                    .toList();
            state.onStep(training.step(batch, draws.ofStep(DRAWS + epoch, step)));
            listener.onStep(state.meanLoss());
            if (checkpointSteps > 0 && training.steps() % checkpointSteps == 0) {
                save.write();
            }
        }
    }

    /** Returns the batches of an epoch, those of long texts cut to fewer texts. */
    private List<int[]> batches(PretrainingTexts encoded, Random random) {
        int[] lengths = encoded.pieces().sequenceLengths();
        TrainingBatches whole = TrainingBatches.of(lengths, settings.batchSize(), random);
        List<int[]> batches = new ArrayList<>();
        for (int index = 0; index < whole.size(); index++) {
            int[] batch = whole.batch(index);
            int longest =
                    Arrays.stream(batch).map(piece -> lengths[piece]).max().orElseThrow();
            int most = Math.max(1, MOST_CELLS / longest);
            for (int start = 0; start < batch.length; start += most) {
                batches.add(Arrays.copyOfRange(batch, start, Math.min(batch.length, start + most)));
            }
        }
        return batches;
    }
}
