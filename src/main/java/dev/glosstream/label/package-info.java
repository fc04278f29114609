/**
 * Stage 5: logits → sentiment with probabilities; tag scores → entity spans.
 *
 * <p>In: {@link dev.glosstream.sequence.ScoreMatrix}. Out: labels. Plain Java; may touch {@code sequence} and {@code
 * model}.
 */
@NullMarked
package dev.glosstream.label;

import org.jspecify.annotations.NullMarked;
