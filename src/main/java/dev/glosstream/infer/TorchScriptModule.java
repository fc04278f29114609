package dev.glosstream.infer;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.glosstream.infer.torchscript.NetworkProgram;
import dev.glosstream.infer.torchscript.ScriptArchive;
import dev.glosstream.model.BundleException;
import dev.glosstream.model.ModelBundle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A TorchScript file in native memory: any program that keeps to the signature of a bundle, in any precision inside.
 *
 * <p>Inputs in order: the ids of each column, int64 {@code [B, T]}, or {@code [B, T, W]} of a column with several ids per
 * token; the lengths of the rows, int64 {@code [B]}. Output: one float32 array. Any number of threads may run it at once.
 */
final class TorchScriptModule {
    private static final String FORWARD = "forward";

    private final Model model;
    private final PtSymbolBlock block;

    private TorchScriptModule(Model model, PtSymbolBlock block) {
        this.model = model;
        this.block = block;
    }

    /**
     * Loads the weights of a bundle.
     *
     * @param device where it is to run
     * @throws BundleException if libtorch does not understand the file or it does not keep to the bundle's signature
     */
    static TorchScriptModule load(ModelBundle bundle, Device device) {
        Model model = LoadedModel.newModel(bundle.manifest().name(), device);
        TorchScriptSignature signature = new TorchScriptSignature(bundle);
        try {
            model.load(bundle.directory().resolve(bundle.manifest().weights().file()));
            TorchScriptModule module = of(model);
            signature.require(module);
            return module;
        } catch (IOException | MalformedModelException | RuntimeException e) {
            model.close();
            throw signature.refusal(e);
        }
    }

    /**
     * Takes over a program that was written from a bundle's parameters; no file is made of it.
     *
     * @throws BundleException if libtorch refuses it
     */
    static TorchScriptModule of(ModelBundle bundle, ScriptArchive program) {
        Model model = LoadedModel.newModel(bundle.manifest().name());
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            program.write(bytes);
            model.load(new ByteArrayInputStream(bytes.toByteArray()));
            TorchScriptModule module = of(model);
            module.pack();
            new TorchScriptSignature(bundle).require(module);
            return module;
        } catch (IOException | MalformedModelException | RuntimeException e) {
            model.close();
            throw new BundleException(
                    "model '" + bundle.id() + "': expected libtorch to run its network as a program, got "
                            + TorchScriptSignature.firstWords(e),
                    e);
        }
    }

    private static TorchScriptModule of(Model model) {
        PtSymbolBlock block = (PtSymbolBlock) model.getBlock();
        JniUtils.enableInferenceMode(block);
        return new TorchScriptModule(model, block);
    }

    private void pack() {
        try (NDManager manager = newManager()) {
            run(NetworkProgram.PACK, manager, new NDList());
        }
    }

    /** Returns a manager for the arrays of one thread, to be closed by the caller and before this module. */
    NDManager newManager() {
        return model.getNDManager().newSubManager();
    }

    /**
     * Runs the module.
     *
     * @param manager owns the answer and everything else that is made
     * @param inputs the arrays of {@link BatchBuffers}
     * @throws IllegalArgumentException if the answer is not one float32 array
     */
    NDArray run(NDManager manager, NDList inputs) {
        return run(FORWARD, manager, inputs);
    }

    /**
     * Runs a method.
     *
     * @param manager owns the answer
     * @throws IllegalArgumentException if the answer is not one float32 array
     */
    NDArray run(String method, NDManager manager, NDList arrays) {
        // The optimiser of the graph executor works anew for each shape of batch, on each thread.
        JniUtils.setGraphExecutorOptimize(false);
        List<IValue> inputs = new ArrayList<>();
        try {
            for (NDArray array : arrays) {
                inputs.add(IValue.from((PtNDArray) array));
            }
            try (IValue output = IValueUtils.runMethod(block, method, inputs.toArray(IValue[]::new))) {
                return requireScores(output, manager);
            }
        } finally {
            inputs.forEach(IValue::close);
        }
    }

    private static NDArray requireScores(IValue output, NDManager manager) {
        if (!output.isTensor()) {
            throw new IllegalArgumentException("output of type " + output.getType());
        }
        NDArray scores = output.toTensor((PtNDManager) manager);
        if (scores.getDataType() != DataType.FLOAT32) {
            throw new IllegalArgumentException("output " + scores.getShape() + " of another type than float32");
        }
        return scores;
    }

    /** Returns the model that owns the native memory of all this; whoever loaded the module closes it. */
    Model model() {
        return model;
    }
}
