package dev.glosstream.app.bench;

import java.util.Locale;

/** What is measured. */
public enum BenchRow {
    /** The same bundles on the same texts, sorted by length, in memory. */
    CEILING,
    /** {@code glosstream run}, from topic to topic. */
    END_TO_END,
    /** A prediction per record in {@code mapValues}. */
    PER_RECORD,
    /** The same with DJL's own settings. */
    PER_RECORD_DJL_DEFAULTS,
    /** Batches of 32 records as they come. */
    FIFO,
    /** {@code glosstream run} with the entities bundle alone. */
    ENTITIES_END_TO_END,
    /** A Flink job with a prediction per record. */
    FLINK_PER_RECORD,
    /** A Flink job with a prediction per count window. */
    FLINK_COUNT_WINDOW,
    /** CoreNLP's tagger of entities, in memory. */
    CORENLP,
    /** Latency under open load. */
    LATENCY,
    /** Threads, instances, partitions, windows. */
    SCALING;

    /** Returns the name on the command line and in the report. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns whether it needs {@link Peers}. */
    public boolean isPeer() {
        return this == FLINK_PER_RECORD || this == FLINK_COUNT_WINDOW || this == CORENLP;
    }

    /** Returns whether it says how fast texts in a topic are worked off. */
    boolean isThroughput() {
        return this != LATENCY && this != SCALING;
    }
}
