/**
 * Stage 4: padded batch {@code [B, T]} → logits.
 *
 * <p>In: {@link dev.glosstream.sequence.PaddedBatch}. Out: one {@link dev.glosstream.sequence.ScoreMatrix} per sequence.
 * Networks of DJL's parameters and TorchScript programs stand behind the same {@link
 * dev.glosstream.infer.SequenceScorer}. The only place that serves models through DJL; owns native memory, all of it scoped
 * to a batch or to a loaded model. May touch {@code sequence} and {@code model}.
 */
@NullMarked
package dev.glosstream.infer;

import org.jspecify.annotations.NullMarked;
