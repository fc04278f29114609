package dev.glosstream.peers;

import dev.glosstream.app.bench.BaselineStages;
import dev.glosstream.pipeline.PreparedText;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.GlobalWindow;
import org.apache.flink.util.Collector;

/** One prediction for a window of records. One subtask each. */
final class WindowLabelling
        extends ProcessWindowFunction<Tuple2<byte[], byte[]>, Tuple2<byte[], byte[]>, Integer, GlobalWindow> {
    private static final long serialVersionUID = 1L;

    private final SubtaskStages stages;

    /** Describes the function; models are loaded where it runs. */
    WindowLabelling(PeerModels models) {
        stages = new SubtaskStages(models);
    }

    @Override
    public void open(OpenContext context) {
        stages.open();
    }

    @Override
    public void process(
            Integer key,
            Context context,
            Iterable<Tuple2<byte[], byte[]>> window,
            Collector<Tuple2<byte[], byte[]>> out) {
        BaselineStages own = stages.get();
        List<byte[]> keys = new ArrayList<>();
        List<PreparedText> texts = new ArrayList<>();
        for (Tuple2<byte[], byte[]> record : window) {
            keys.add(record.f0);
            texts.add(own.prepare(record.f1));
        }
        List<byte[]> labels = own.label(texts);
        for (int index = 0; index < labels.size(); index++) {
            out.collect(Tuple2.of(keys.get(index), labels.get(index)));
        }
    }

    @Override
    public void close() {
        stages.close();
    }
}
