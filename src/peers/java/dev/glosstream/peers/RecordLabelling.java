package dev.glosstream.peers;

import dev.glosstream.app.bench.BaselineStages;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.java.tuple.Tuple2;

/** A prediction per record. One subtask each. */
final class RecordLabelling extends RichMapFunction<Tuple2<byte[], byte[]>, Tuple2<byte[], byte[]>> {
    private static final long serialVersionUID = 1L;

    private final SubtaskStages stages;

    /** Describes the function; models are loaded where it runs. */
    RecordLabelling(PeerModels models) {
        stages = new SubtaskStages(models);
    }

    @Override
    public void open(OpenContext context) {
        stages.open();
    }

    @Override
    public Tuple2<byte[], byte[]> map(Tuple2<byte[], byte[]> record) {
        BaselineStages own = stages.get();
        return Tuple2.of(record.f0, own.label(List.of(own.prepare(record.f1))).get(0));
    }

    @Override
    public void close() {
        stages.close();
    }
}
