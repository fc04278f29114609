/**
 * Measures the pipeline beside what people would run instead, each in a process of its own, on the same broker.
 *
 * <p>In: texts and model bundles. Out: figures as a table, as JSON and as a page. Only {@code app} uses it; it may use
 * everything that {@code app} may. {@link dev.glosstream.app.bench.Bench} runs the rows; {@link
 * dev.glosstream.app.bench.BaselineCommand} and {@link dev.glosstream.app.bench.CeilingCommand} are the processes that are
 * measured beside {@code glosstream run}.
 *
 * <pre>
 *   texts ──► topic ──► measured process ──► topic ──read committed──► clock
 * </pre>
 */
@NullMarked
package dev.glosstream.app.bench;

import org.jspecify.annotations.NullMarked;
