/**
 * Stage 1: record bytes → event, or a rejection.
 *
 * <p>In: {@link dev.glosstream.sequence.InputRecord}. Out: a {@link dev.glosstream.ingest.SourceEvent}: the texts and what
 * else the pipeline reads, and how the value is written. May touch {@code sequence}, {@code config}, {@code registry} and the
 * generated Avro classes. {@link dev.glosstream.ingest.SourceDecoder} is one format,
 * {@link dev.glosstream.ingest.SourceFormats} the seam for others; {@link dev.glosstream.ingest.AvroReader} reads Avro
 * bodies of any schema in whatever framing.
 *
 * <pre>
 *   settings ─► FieldMapping ─► PathTree ─┐
 *   record ───► SourceDecoder ─► JsonWalk or AvroWalk ─► Findings ─► FieldMapping ─► EventFields
 * </pre>
 */
@NullMarked
package dev.glosstream.ingest;

import org.jspecify.annotations.NullMarked;
