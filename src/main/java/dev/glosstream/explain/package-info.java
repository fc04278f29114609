/**
 * What a model does with one text, step by step, in plain Java beside the engine.
 *
 * <p>In: a text and loaded models. Out: {@link dev.glosstream.explain.TextExplanation}, numbers for a person to read. Uses
 * the stages and {@code pipeline}; DJL stays behind {@code infer}. Nothing but {@code app} knows it.
 */
@NullMarked
package dev.glosstream.explain;

import org.jspecify.annotations.NullMarked;
