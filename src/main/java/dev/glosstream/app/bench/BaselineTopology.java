package dev.glosstream.app.bench;

import dev.glosstream.avro.TextEvent;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.ingest.GeneratedRecords;
import dev.glosstream.observe.PipelineListener;
import dev.glosstream.pipeline.PreparedText;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.pipeline.TextLabeller;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** What people write around a model today: a prediction per record, or batches of 32 records as they come. */
final class BaselineTopology {
    private static final int FIFO_ROWS = 32;
    private static final Duration FIFO_WAIT = Duration.ofMillis(20);
    /** One batch for the whole of what is given: a budget that no 32 texts reach. */
    private static final BatchingSettings ONE_BATCH = new BatchingSettings(FIFO_ROWS, 1 << 20, FIFO_WAIT, 1 << 20);

    private final List<TaskModel> models;
    private final PipelineListener listener;

    BaselineTopology(List<TaskModel> models, PipelineListener listener) {
        this.models = models;
        this.listener = listener;
    }

    /** One thread's stages, and the decoder of its records. */
    private final class Stages {
        private final TextLabeller labeller =
                new TextLabeller(models, new LimitSettings(1_000_000, 64 << 20), ONE_BATCH, listener);
        private final BinaryMessageDecoder<TextEvent> decoder = GeneratedRecords.decoder(TextEvent.class);

        PreparedText prepare(byte[] value) {
            try {
                return labeller.prepare(decoder.decode(value).getText().toString())
                        .fold(ready -> ready, rejection -> {
                            throw new BenchException("baseline: expected a text to label, got " + rejection);
                        });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        List<byte[]> label(List<PreparedText> texts) {
            return labeller.label(texts).stream().map(Stages::bytes).toList();
        }

        private static byte[] bytes(Outcome<Labels> labels) {
            return labels.fold(Labels::toString, Object::toString).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** {@code mapValues} with one predictor per thread. */
    Topology perRecord(BenchTopics topics) {
        ThreadLocal<Stages> stages = ThreadLocal.withInitial(Stages::new);
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(topics.input(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .mapValues(value -> {
                    Stages own = stages.get();
                    return own.label(List.of(own.prepare(value))).get(0);
                })
                .to(topics.results(), Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        return builder.build();
    }

    /** A processor that collects 32 records, in memory, and predicts them together. */
    Topology firstInFirstOut(BenchTopics topics) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(topics.input(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .process(() -> new FirstInFirstOut(new Stages()))
                .to(topics.results(), Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        return builder.build();
    }

    private static final class FirstInFirstOut implements Processor<byte[], byte[], byte[], byte[]> {
        private final Stages stages;
        private final List<Record<byte[], byte[]>> waiting = new ArrayList<>();
        private @Nullable ProcessorContext<byte[], byte[]> context;

        FirstInFirstOut(Stages stages) {
            this.stages = stages;
        }

        @Override
        public void init(ProcessorContext<byte[], byte[]> given) {
            context = given;
            given.schedule(FIFO_WAIT, PunctuationType.WALL_CLOCK_TIME, now -> flush());
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            waiting.add(record);
            if (waiting.size() == FIFO_ROWS) {
                flush();
            }
        }

        private void flush() {
            if (waiting.isEmpty() || context == null) {
                return;
            }
            List<byte[]> labels = stages.label(waiting.stream()
                    .map(record -> stages.prepare(record.value()))
                    .toList());
            for (int index = 0; index < labels.size(); index++) {
                context.forward(waiting.get(index).withValue(labels.get(index)));
            }
            waiting.clear();
        }

        @Override
        public void close() {
            stages.labeller.close();
        }
    }
}
