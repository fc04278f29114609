package dev.glosstream.app;

/**
 * Where a record stands in the input topic.
 *
 * @param partition 0 or more
 * @param offset 0 or more
 */
record RecordPlace(int partition, long offset) {}
