/**
 * What self-contained HTML pages are made of: one frame, escaped texts, charts as embedded pictures, one look for all.
 *
 * <p>In: values. Out: HTML. Depends on nothing of the project; {@code train} and {@code app} make their pages with it.
 */
@NullMarked
package dev.glosstream.page;

import org.jspecify.annotations.NullMarked;
