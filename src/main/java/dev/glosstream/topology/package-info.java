/**
 * The stages wired into Kafka Streams: source, processors, store, sinks, and the properties that they run with.
 *
 * <p>In: records of the input topic. Out: records of the output topics. May touch Kafka, the
 * {@code window}, and the stages through {@code pipeline}, {@code ingest} and {@code emit}. {@link
 * dev.glosstream.topology.EnrichmentTopology} builds it, {@link dev.glosstream.topology.StreamsProperties} configures it,
 * {@link dev.glosstream.topology.WireFormat} is the seam for other formats on the topics.
 */
@NullMarked
package dev.glosstream.topology;

import org.jspecify.annotations.NullMarked;
