package dev.glosstream.app.bench;

import com.fasterxml.jackson.annotation.JsonKey;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What is measured. */
public enum BenchRow {
    /** The same bundles on the same texts, sorted by length, in memory. */
    CEILING,
    /** The same in single precision, whatever the others compute in. */
    CEILING_FP32,
    /** The same in bf16, whatever the others compute in. */
    CEILING_BF16,
    /** {@code glosstream run}, from topic to topic. */
    END_TO_END,
    /** The same with a topic of sentiment and one of entities beside that of enriched events: three results per event. */
    END_TO_END_LABEL_TOPICS,
    /** A prediction per record in {@code mapValues}. */
    PER_RECORD,
    /** The same with DJL's own settings of threads. */
    PER_RECORD_DJL_DEFAULTS,
    /** Batches of 32 records as they come. */
    FIFO,
    /** {@code glosstream run} with the entities bundle alone. */
    ENTITIES_END_TO_END,
    /** Flink, a prediction per record. */
    FLINK_PER_RECORD,
    /** Flink, count windows. */
    FLINK_COUNT_WINDOW,
    /** CoreNLP's tagger of entities on texts in memory. */
    CORENLP,
    /** Latency under open load. */
    LATENCY,
    /** Threads, instances, partitions, windows. */
    SCALING,
    /** More events, and longer texts; takes so long that it must be asked for. */
    GROWTH;

    /** Returns the name on the command line and in the report. */
    @JsonKey
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns whether it needs {@link Peers}. */
    public boolean isPeer() {
        return this == FLINK_PER_RECORD || this == FLINK_COUNT_WINDOW || this == CORENLP;
    }

    /** Returns whether it does the same work as {@link #END_TO_END}, so that both can be compared. */
    boolean isComparable() {
        return switch (this) {
            case CEILING,
                    END_TO_END,
                    END_TO_END_LABEL_TOPICS,
                    PER_RECORD,
                    PER_RECORD_DJL_DEFAULTS,
                    FIFO,
                    FLINK_PER_RECORD,
                    FLINK_COUNT_WINDOW -> true;
            default -> false;
        };
    }

    /** Returns whether it says how fast texts in a topic are worked off. */
    boolean isThroughput() {
        return this != LATENCY && this != SCALING && this != GROWTH;
    }

    /** Returns what it promises of the results of texts in a topic. Flink hands the records of a partition to all its tasks. */
    Promise promise() {
        return switch (this) {
            case FIFO -> Promise.NONE;
            case FLINK_PER_RECORD, FLINK_COUNT_WINDOW -> Promise.EACH_ONCE;
            default -> Promise.IN_ORDER;
        };
    }

    /** Returns whether it is measured where no rows are named. */
    public boolean isDefault() {
        return this != GROWTH;
    }
}
