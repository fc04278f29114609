/**
 * Command line, lifecycle, embedded broker.
 *
 * <p>In: arguments and the environment. Out: a running pipeline, text on the terminal, exit codes. The only package that
 * reads the clock, the environment or system properties.
 */
@NullMarked
package dev.glosstream.app;

import org.jspecify.annotations.NullMarked;
