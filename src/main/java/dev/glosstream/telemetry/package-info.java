/**
 * What a pipeline tells of itself, in the words of Micrometer and OpenTelemetry.
 *
 * <p>In: what {@code observe} hears. Out: meters and spans. The only package beside {@code app} that knows these libraries.
 * May touch {@code observe}, {@code sequence} and {@code model}.
 */
@NullMarked
package dev.glosstream.telemetry;

import org.jspecify.annotations.NullMarked;
