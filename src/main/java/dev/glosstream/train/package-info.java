/**
 * Training and evaluation of models through DJL's training API.
 *
 * <p>In: corpora and settings. Out: model bundles and measurements. Nothing depends on it but {@code app}.
 */
@NullMarked
package dev.glosstream.train;

import org.jspecify.annotations.NullMarked;
