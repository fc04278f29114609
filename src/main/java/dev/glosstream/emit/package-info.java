/**
 * Stage 6: labels or a rejection → Avro records → bytes.
 *
 * <p>In: the event and its labels, or the input record and its rejection. Out: encoded output records. May touch {@code
 * sequence}, {@code model} and the generated Avro classes. {@link dev.glosstream.emit.OutputEncoder} is the seam for other
 * wire formats.
 */
@NullMarked
package dev.glosstream.emit;

import org.jspecify.annotations.NullMarked;
