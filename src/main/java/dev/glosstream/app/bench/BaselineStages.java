package dev.glosstream.app.bench;

import dev.glosstream.avro.TextEvent;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.DeviceChoice;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.config.PrecisionChoice;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.ingest.GeneratedDecoder;
import dev.glosstream.ingest.GeneratedRecords;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.observe.PipelineListener;
import dev.glosstream.pipeline.PreparedText;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.pipeline.TextLabeller;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * From the bytes of a text event to the bytes of its labels, with Glosstream's own stages but without its batching: all
 * that is given at once is one batch. What every baseline does to a record. One thread; close it to release its scorers.
 */
public final class BaselineStages implements AutoCloseable {
    /** Records that a baseline with batches collects. */
    public static final int BATCH_ROWS = 32;
    /** One batch for the whole of what is given: a budget that no 32 texts reach. */
    private static final BatchingSettings ONE_BATCH = new BatchingSettings(BATCH_ROWS, 1 << 20, Duration.ZERO, 1 << 20);

    private static final LimitSettings NO_LIMITS = new LimitSettings(1_000_000, 64 << 20);

    private final TextLabeller labeller;
    private final GeneratedDecoder<TextEvent> decoder = GeneratedRecords.decoder(TextEvent.class);

    /** Creates the stages of one thread. */
    public BaselineStages(List<TaskModel> models, PipelineListener listener) {
        this.labeller = new TextLabeller(models, NO_LIMITS, ONE_BATCH, listener);
    }

    /**
     * Loads the models of a baseline.
     *
     * @param portable whether as an exported bundle is run
     */
    public static List<TaskModel> load(List<Path> folders, PrecisionChoice precision, boolean portable) {
        return folders.stream()
                .map(ModelBundle::open)
                .map(bundle -> portable
                        ? LoadedModel.loadPortable(bundle, precision)
                        : LoadedModel.load(bundle, DeviceChoice.CPU, precision))
                .map(TaskModel::of)
                .toList();
    }

    /**
     * Decodes, checks and tokenizes a record.
     *
     * @param value a {@code TextEvent} in single-object encoding
     */
    public PreparedText prepare(byte[] value) {
        try {
            return labeller.prepare(decoder.decode(value).getText().toString()).fold(ready -> ready, rejection -> {
                throw new BenchException("baseline: expected a text to label, got " + rejection);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Labels texts together and returns one value for each, in their order. */
    public List<byte[]> label(List<PreparedText> texts) {
        return labeller.label(texts).stream().map(BaselineStages::bytes).toList();
    }

    private static byte[] bytes(Outcome<Labels> labels) {
        return labels.fold(Labels::toString, Object::toString).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        labeller.close();
    }
}
