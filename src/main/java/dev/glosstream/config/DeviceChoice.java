package dev.glosstream.config;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the models of a pipeline run.
 *
 * @param gpu number of the GPU among those that CUDA sees, from 0; empty for the processor
 */
public record DeviceChoice(OptionalInt gpu) {
    /** The processor. */
    public static final DeviceChoice CPU = new DeviceChoice(OptionalInt.empty());

    /** What a settings file may say, in words. */
    static final String WORDS = "'cpu', 'gpu' or 'gpu:N' with N from 0 to 63";

    private static final int MOST_GPUS = 64;
    private static final Pattern GPU = Pattern.compile("gpu(?::([0-9]{1,2}))?");

    /** Validates the number. */
    public DeviceChoice {
        if (gpu.isPresent() && (gpu.getAsInt() < 0 || gpu.getAsInt() >= MOST_GPUS)) {
            throw new IllegalArgumentException("device: expected " + WORDS + ", got GPU " + gpu.getAsInt());
        }
    }

    /** Returns what a text of {@link #WORDS} means, empty if it is another; {@code gpu} is the first. */
    static Optional<DeviceChoice> parse(String text) {
        if (text.equals("cpu")) {
            return Optional.of(CPU);
        }
        Matcher matcher = GPU.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int number = matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
        return number < MOST_GPUS ? Optional.of(new DeviceChoice(OptionalInt.of(number))) : Optional.empty();
    }

    /** Returns {@code cpu} or {@code gpu:N}. */
    public String code() {
        return gpu.isPresent() ? "gpu:" + gpu.getAsInt() : "cpu";
    }
}
