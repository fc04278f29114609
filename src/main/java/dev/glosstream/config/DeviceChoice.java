package dev.glosstream.config;

import java.util.OptionalInt;

/**
 * Where the models of a pipeline run.
 *
 * @param gpu number of the GPU among those that CUDA sees, 0 to 63; empty for the processor
 */
public record DeviceChoice(OptionalInt gpu) {
    private static final String GPU = "gpu";

    /** What {@code device} may be. */
    static final TextRule TEXT =
            new TextRule("cpu|gpu(:([0-9]|[1-5][0-9]|6[0-3]))?", "'cpu', 'gpu' or 'gpu:N' with N from 0 to 63");

    /** The processor. */
    public static final DeviceChoice CPU = new DeviceChoice(OptionalInt.empty());

    /** Validates the number. */
    public DeviceChoice {
        if (gpu.isPresent()) {
            new Range(0, 63).require("device: number of the GPU", gpu.getAsInt());
        }
    }

    /**
     * Returns what a text means; {@code gpu} is the first one.
     *
     * @throws IllegalArgumentException if it is none of {@link #TEXT}
     */
    static DeviceChoice parse(String text) {
        if (!TEXT.accepts(text)) {
            throw new IllegalArgumentException("device: expected " + TEXT.words() + ", got '" + text + "'");
        }
        if (!text.startsWith(GPU)) {
            return CPU;
        }
        String number = text.equals(GPU) ? "0" : text.substring(GPU.length() + 1);
        return new DeviceChoice(OptionalInt.of(Integer.parseInt(number)));
    }

    /** Returns {@code cpu} or {@code gpu:N}. */
    public String code() {
        return gpu.isPresent() ? GPU + ":" + gpu.getAsInt() : "cpu";
    }
}
