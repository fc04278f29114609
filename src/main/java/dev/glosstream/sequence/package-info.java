/**
 * The values that cross stages, and nothing else: tokens, token ids, padded batches, score matrices, labels, outcomes.
 *
 * <p>Everything here is immutable plain Java: no Kafka, no DJL, no Avro. Any thread may hold any of it.
 */
@NullMarked
package dev.glosstream.sequence;

import org.jspecify.annotations.NullMarked;
