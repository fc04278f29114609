/**
 * Stage 1: record bytes → text event, or a rejection.
 *
 * <p>In: key, value and headers in bytes. Out: a decoded, validated event. May touch {@code sequence}, {@code config} and
 * the generated Avro classes.
 */
@NullMarked
package dev.glosstream.ingest;

import org.jspecify.annotations.NullMarked;
