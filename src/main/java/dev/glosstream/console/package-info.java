/**
 * A page for people: type a text and see its labels, watch the latest results of a pipeline.
 *
 * <p>In: a function that labels a text, and results as JSON lines, both from {@code app}. Out: routes for {@code web}. Knows
 * neither Kafka nor models; all files of the page come from the jar. May touch {@code web}.
 */
@NullMarked
package dev.glosstream.console;

import org.jspecify.annotations.NullMarked;
