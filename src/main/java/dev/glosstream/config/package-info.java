/**
 * Settings of a pipeline as records that cannot be illegal, and the reader of settings files.
 *
 * <p>In: YAML files, overrides, variables. Out: {@link dev.glosstream.config.PipelineSettings}, or every mistake at once
 * with its line. {@link dev.glosstream.config.SettingsFile} reads any other settings file in the same way. May touch
 * {@code sequence} and the file system.
 */
@NullMarked
package dev.glosstream.config;

import org.jspecify.annotations.NullMarked;
