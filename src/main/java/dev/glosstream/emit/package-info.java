/**
 * Stage 6: labels or a rejection → Avro records.
 *
 * <p>In: the event and its labels. Out: encoded output records. May touch {@code sequence}, {@code model} and the
 * generated Avro classes.
 */
@NullMarked
package dev.glosstream.emit;

import org.jspecify.annotations.NullMarked;
