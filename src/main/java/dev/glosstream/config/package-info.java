/**
 * Settings of a pipeline as records that cannot be illegal, and the reader of pipeline files.
 *
 * <p>In: YAML text and overrides. Out: {@code PipelineSettings}, or every mistake at once. Touches nothing else.
 */
@NullMarked
package dev.glosstream.config;

import org.jspecify.annotations.NullMarked;
