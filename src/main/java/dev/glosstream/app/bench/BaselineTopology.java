package dev.glosstream.app.bench;

import dev.glosstream.observe.PipelineListener;
import dev.glosstream.pipeline.TaskModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private static final Duration FIFO_WAIT = Duration.ofMillis(20);

    private final List<TaskModel> models;
    private final PipelineListener listener;

    BaselineTopology(List<TaskModel> models, PipelineListener listener) {
        this.models = models;
        this.listener = listener;
    }

    private BaselineStages newStages() {
        return new BaselineStages(models, listener);
    }

    /** {@code mapValues} with one predictor per thread. */
    Topology perRecord(BenchTopics topics) {
        ThreadLocal<BaselineStages> stages = ThreadLocal.withInitial(this::newStages);
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(topics.input(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .mapValues(value -> {
                    BaselineStages own = stages.get();
                    return own.label(List.of(own.prepare(value))).get(0);
                })
                .to(topics.results(), Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        return builder.build();
    }

    /** A processor that collects 32 records, in memory, and predicts them together. */
    Topology firstInFirstOut(BenchTopics topics) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(topics.input(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .process(() -> new FirstInFirstOut(newStages()))
                .to(topics.results(), Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        return builder.build();
    }

    private static final class FirstInFirstOut implements Processor<byte[], byte[], byte[], byte[]> {
        private final BaselineStages stages;
        private final List<Record<byte[], byte[]>> waiting = new ArrayList<>();
        private @Nullable ProcessorContext<byte[], byte[]> context;

        FirstInFirstOut(BaselineStages stages) {
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
            if (waiting.size() == BaselineStages.BATCH_ROWS) {
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
            stages.close();
        }
    }
}
