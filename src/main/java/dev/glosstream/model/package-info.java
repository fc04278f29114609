/**
 * Model bundles: folders with a manifest, vocabularies, lexicons and weights, verified before use.
 *
 * <p>In: a directory. Out: a {@link dev.glosstream.model.ModelBundle}. May touch {@code sequence} and the file system;
 * knows nothing of the engine that runs the weights.
 */
@NullMarked
package dev.glosstream.model;

import org.jspecify.annotations.NullMarked;
