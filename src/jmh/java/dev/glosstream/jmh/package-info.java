/**
 * JMH measurements of single stages: {@code mvn -Pbench}.
 *
 * <p>In: texts of mixed lengths and the shipped bundles. Out: nanoseconds and bytes per text or per token. They show what a
 * stage costs beside the others; how fast the whole is, {@code glosstream bench} says.
 */
@NullMarked
package dev.glosstream.jmh;

import org.jspecify.annotations.NullMarked;
