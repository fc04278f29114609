/**
 * What the operating system says of a process: this one or another.
 *
 * <p>In: a process. Out: figures, 0 where the system does not tell. Depends on nothing of the project; for {@code app} and
 * those below it.
 */
@NullMarked
package dev.glosstream.app.process;

import org.jspecify.annotations.NullMarked;
