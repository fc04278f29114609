/**
 * Stage 4: padded batch {@code [B, T]} → logits.
 *
 * <p>In: {@link dev.glosstream.sequence.PaddedBatch}. Out: one {@link dev.glosstream.sequence.ScoreMatrix} per sequence.
 * The only place that serves models through DJL; owns native memory, all of it scoped to a batch or to a loaded model.
 * May touch {@code sequence} and {@code model}.
 */
@NullMarked
package dev.glosstream.infer;

import org.jspecify.annotations.NullMarked;
