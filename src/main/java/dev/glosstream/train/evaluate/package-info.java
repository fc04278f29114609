/**
 * Judging a model: labelled texts and the answers of the stages that serve → figures with their uncertainty.
 *
 * <p>In: a bundle and labelled texts. Out: {@link dev.glosstream.train.evaluate.Report}s, comparisons of two, the
 * temperature that calibrates a bundle, its speed. Touches {@code pipeline} and what it needs, and {@code train.corpus}; of
 * {@code train} itself it knows nothing. Everything but the speed is deterministic: the random numbers of resampling come
 * from a fixed seed. What each figure means: docs/evaluation.md.
 */
@NullMarked
package dev.glosstream.train.evaluate;

import org.jspecify.annotations.NullMarked;
