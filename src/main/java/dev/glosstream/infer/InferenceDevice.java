package dev.glosstream.infer;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import dev.glosstream.config.ConfigException;
import dev.glosstream.config.DeviceChoice;
import java.util.List;

/** Finds the device that a pipeline asks for, or says why it cannot be had. */
final class InferenceDevice {
    private InferenceDevice() {}

    /**
     * Returns the device of DJL.
     *
     * @throws ConfigException if the engine was built without CUDA, or CUDA does not see that GPU
     */
    static Device of(DeviceChoice choice) {
        if (choice.gpu().isEmpty()) {
            return Device.cpu();
        }
        Engine engine = Engine.getEngine(LoadedModel.ENGINE);
        boolean cuda = engine.hasCapability(StandardCapabilities.CUDA);
        return gpu(choice, cuda, cuda ? engine.getGpuCount() : 0);
    }

    /**
     * Returns a GPU.
     *
     * @param cuda whether libtorch was built with CUDA
     * @param gpus how many GPUs CUDA sees
     */
    static Device gpu(DeviceChoice choice, boolean cuda, int gpus) {
        int wanted = choice.gpu().orElseThrow();
        if (!cuda) {
            throw refusal(choice, "an engine built with CUDA, got libtorch for the CPU; build it with -Pgpu");
        }
        if (gpus == 0) {
            throw refusal(choice, "a GPU that CUDA can use, got none; check the driver with nvidia-smi");
        }
        if (wanted >= gpus) {
            throw refusal(choice, "one of gpu:0 to gpu:" + (gpus - 1) + ", the GPUs that CUDA sees, got none of them");
        }
        return Device.gpu(wanted);
    }

    private static ConfigException refusal(DeviceChoice choice, String what) {
        return new ConfigException(List.of(
                "device '" + choice.code() + "': expected " + what + " (docs/containers.md), or set device: cpu"));
    }
}
