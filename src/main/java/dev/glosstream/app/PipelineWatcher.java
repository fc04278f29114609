package dev.glosstream.app;

import java.util.List;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;

/** Hears how a running pipeline lives, on threads of Kafka Streams; every method does nothing unless it is overridden. */
interface PipelineWatcher {
    /** Watches nothing. */
    PipelineWatcher NONE = new PipelineWatcher() {};

    /** It is about to start. */
    default void created(KafkaStreams streams) {}

    /**
     * Its state has changed.
     *
     * @param partitions the partitions of this instance, {@code topic-number}, sorted; none unless it is running
     */
    default void onState(State state, List<String> partitions) {}

    /** A thread of it died of something that is not about a record: it stops. */
    default void onFault(Throwable fault) {}
}
