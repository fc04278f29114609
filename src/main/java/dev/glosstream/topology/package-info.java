/**
 * The stages wired into Kafka Streams: source, processors, store, sinks, and the properties that they run with.
 *
 * <p>In: records of the input topic. Out: records of the output topics. The only package besides {@code app} that knows
 * Kafka; may touch the stages through {@code pipeline}, {@code ingest}, {@code emit} and {@code batch}. {@link
 * dev.glosstream.topology.EnrichmentTopology} builds it, {@link dev.glosstream.topology.StreamsProperties} configures it,
 * {@link dev.glosstream.topology.WireFormat} is the seam for other formats on the topics.
 */
@NullMarked
package dev.glosstream.topology;

import org.jspecify.annotations.NullMarked;
