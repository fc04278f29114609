/**
 * Stage 1: record bytes → an event with its texts, or a rejection.
 *
 * <p>In: {@link dev.glosstream.sequence.InputRecord}. Out: a decoded, validated {@link dev.glosstream.ingest.SourceEvent}.
 * May touch {@code sequence}, {@code config}, {@code registry} and the generated Avro classes. {@link
 * dev.glosstream.ingest.SourceDecoder} is the seam for other formats.
 */
@NullMarked
package dev.glosstream.ingest;

import org.jspecify.annotations.NullMarked;
