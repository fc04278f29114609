/**
 * Stage 1: record bytes → text event, or a rejection.
 *
 * <p>In: {@link dev.glosstream.sequence.InputRecord}. Out: a decoded, validated {@code TextEvent}. May touch {@code
 * sequence}, {@code config} and the generated Avro classes. {@link dev.glosstream.ingest.SourceDecoder} is the seam for
 * other wire formats.
 */
@NullMarked
package dev.glosstream.ingest;

import org.jspecify.annotations.NullMarked;
