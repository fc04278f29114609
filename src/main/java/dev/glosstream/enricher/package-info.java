/**
 * The step in users' own topologies: their records in, the same records with labels out.
 *
 * <p>In: records of any key and value type. Out: {@link dev.glosstream.enricher.Enriched} values, under the same keys. Users
 * begin at {@code dev.glosstream.Glosstream}. May touch Kafka, the durable {@code window} and the stages through {@code
 * pipeline}; the dead letters and headers are those of {@code topology}.
 *
 * <pre>
 *   record ─► extract text ─► prepare ─► durable window ─► Enriched(labels or rejection) ─► whoever comes next
 *                  │ null, throws            │   ▲
 *                  └── rejected, waits ──────┘   └─ key, value, headers by the user's serdes
 * </pre>
 */
@NullMarked
package dev.glosstream.enricher;

import org.jspecify.annotations.NullMarked;
