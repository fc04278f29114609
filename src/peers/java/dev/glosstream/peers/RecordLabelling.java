package dev.glosstream.peers;

import dev.glosstream.app.bench.BaselineStages;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.java.tuple.Tuple2;
import org.jspecify.annotations.Nullable;

/** A prediction per record. One subtask each. */
final class RecordLabelling extends RichMapFunction<Tuple2<byte[], byte[]>, Tuple2<byte[], byte[]>> {
    private static final long serialVersionUID = 1L;

    private final PeerModels models;
    private transient @Nullable BaselineStages stages;

    /** Describes the function; models are loaded where it runs. */
    RecordLabelling(PeerModels models) {
        this.models = models;
    }

    @Override
    public void open(OpenContext context) {
        stages = models.newStages();
    }

    @Override
    public Tuple2<byte[], byte[]> map(Tuple2<byte[], byte[]> record) {
        return Tuple2.of(
                record.f0, stages.label(List.of(stages.prepare(record.f1))).get(0));
    }

    @Override
    public void close() {
        if (stages != null) {
            stages.close();
        }
    }
}
