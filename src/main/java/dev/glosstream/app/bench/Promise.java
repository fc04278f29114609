package dev.glosstream.app.bench;

/** What a row promises of its results. */
enum Promise {
    /** Nothing: results may be missing. */
    NONE,
    /** One result for each text, in any order: where a run is over early, a partition may have gaps. */
    EACH_ONCE,
    /** One result for each text, and those of a partition in its order. */
    IN_ORDER
}
