package dev.glosstream.peers;

import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.triggers.TriggerResult;
import org.apache.flink.streaming.api.windowing.windows.GlobalWindow;

/**
 * Fires once a window has so many records, or once its first one has waited so long: Flink's own count trigger would hold
 * the last records for ever.
 */
final class CountOrTime extends Trigger<Object, GlobalWindow> {
    private static final long serialVersionUID = 1L;

    private final int count;
    private final long waitMs;
    private final ValueStateDescriptor<Integer> waiting = new ValueStateDescriptor<>("waiting", Types.INT);
    private final ValueStateDescriptor<Long> deadline = new ValueStateDescriptor<>("deadline", Types.LONG);

    /**
     * Creates a trigger.
     *
     * @param count records of a full window
     * @param waitMs longest wait of its first one
     */
    CountOrTime(int count, long waitMs) {
        this.count = count;
        this.waitMs = waitMs;
    }

    @Override
    public TriggerResult onElement(Object record, long timestamp, GlobalWindow window, TriggerContext context)
            throws Exception {
        ValueState<Integer> state = context.getPartitionedState(waiting);
        Integer before = state.value();
        if (before == null) {
            long end = context.getCurrentProcessingTime() + waitMs;
            context.getPartitionedState(deadline).update(end);
            context.registerProcessingTimeTimer(end);
        }
        int now = before == null ? 1 : before + 1;
        if (now >= count) {
            clear(window, context);
            return TriggerResult.FIRE;
        }
        state.update(now);
        return TriggerResult.CONTINUE;
    }

    @Override
    public TriggerResult onProcessingTime(long timeMs, GlobalWindow window, TriggerContext context) throws Exception {
        clear(window, context);
        return TriggerResult.FIRE;
    }

    @Override
    public TriggerResult onEventTime(long timeMs, GlobalWindow window, TriggerContext context) {
        return TriggerResult.CONTINUE;
    }

    @Override
    public void clear(GlobalWindow window, TriggerContext context) throws Exception {
        Long end = context.getPartitionedState(deadline).value();
        if (end != null) {
            context.deleteProcessingTimeTimer(end);
        }
        context.getPartitionedState(deadline).clear();
        context.getPartitionedState(waiting).clear();
    }
}
