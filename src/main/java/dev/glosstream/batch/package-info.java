/**
 * Stage 3: pending texts → batches of like length.
 *
 * <p>In: sequences with their lengths. Out: windows, and batches within a token budget. May touch {@code sequence},
 * {@code config} and {@code observe}.
 */
@NullMarked
package dev.glosstream.batch;

import org.jspecify.annotations.NullMarked;
