/**
 * The stages wired into Kafka Streams: processors, stores, serdes.
 *
 * <p>In: records of the input topic. Out: records of the output topics. The only package besides {@code app} that knows
 * Kafka.
 */
@NullMarked
package dev.glosstream.topology;

import org.jspecify.annotations.NullMarked;
