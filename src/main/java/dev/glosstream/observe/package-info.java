/**
 * Who watches a pipeline at work: interfaces alone, so that the stages know neither a metrics library nor a tracer.
 *
 * <p>In: values of {@code sequence}. Out: nothing; whoever implements these interfaces decides. May touch {@code sequence}.
 */
@NullMarked
package dev.glosstream.observe;

import org.jspecify.annotations.NullMarked;
