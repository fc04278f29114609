package dev.glosstream.infer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.translate.Batchifier;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.ScoreMatrix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Between plain Java values and DJL arrays: a padded batch in, the scores of its real tokens or texts out. */
final class ScoreTranslator implements Translator<PaddedBatch, List<ScoreMatrix>> {
    private static final String BATCH = "batch";

    @Override
    public NDList processInput(TranslatorContext context, PaddedBatch batch) {
        context.setAttachment(BATCH, batch);
        return BatchArrays.of(context.getNDManager(), batch);
    }

    @Override
    public List<ScoreMatrix> processOutput(TranslatorContext context, NDList outputs) {
        return cut((PaddedBatch) context.getAttachment(BATCH), outputs.head());
    }

    /** Cuts {@code [B, T, K]} or {@code [B, K]} into one matrix per sequence, padding left out. */
    static List<ScoreMatrix> cut(PaddedBatch batch, NDArray scores) {
        boolean perToken = scores.getShape().dimension() == 3;
        int classes = Math.toIntExact(scores.getShape().get(perToken ? 2 : 1));
        int stride = classes * (perToken ? batch.paddedLength() : 1);
        float[] values = scores.toFloatArray();
        List<ScoreMatrix> matrices = new ArrayList<>(batch.batchSize());
        for (int row = 0; row < batch.batchSize(); row++) {
            int length = perToken ? batch.sequenceLength(row) : 1;
            matrices.add(ScoreMatrix.within(values, row * stride, length, classes));
        }
        return matrices;
    }

    @Override
    public @Nullable Batchifier getBatchifier() {
        return null;
    }
}
