/**
 * Reports as one HTML page with pictures that needs nothing else: no script, no network, no other file.
 *
 * <p>In: {@link dev.glosstream.train.evaluate.Measured} bundles and comparisons. Out: HTML. Touches
 * {@code train.evaluate} alone; pictures are drawn without a screen by XChart and need one font on the machine. The page
 * holds texts of the data, those of the worst mistakes, as hostile as they come: everything is escaped.
 */
@NullMarked
package dev.glosstream.train.evaluate.page;

import org.jspecify.annotations.NullMarked;
