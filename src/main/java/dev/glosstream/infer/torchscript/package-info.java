/**
 * Writes TorchScript: a network's parameters in, an archive that libtorch runs out.
 *
 * <p>In: the {@link dev.glosstream.model.NetworkPlan} of a bundle and its parameters as plain numbers. Out: the bytes of a
 * {@link dev.glosstream.infer.torchscript.ScriptArchive}. Pure Java: no engine, no Python, no files. May touch {@code model}.
 */
@NullMarked
package dev.glosstream.infer.torchscript;

import org.jspecify.annotations.NullMarked;
