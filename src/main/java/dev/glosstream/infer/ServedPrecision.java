package dev.glosstream.infer;

import dev.glosstream.config.ConfigException;
import dev.glosstream.config.DeviceChoice;
import dev.glosstream.config.PrecisionChoice;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.ModelManifest.Weights;
import dev.glosstream.model.PrecisionCheck;
import java.util.List;

/**
 * The precision that a model computes in, and why.
 *
 * @param code {@code fp32} or {@code bf16}
 * @param reason for people, for example {@code processor has avx512_bf16; check: 99.9 % same labels …}
 */
public record ServedPrecision(String code, String reason) {
    private static final String CHECK_IT = "'glosstream evaluate --check-precision' writes one";

    /** Returns the precision that a bundle states, for scorers that are not made of its weights here. */
    public static ServedPrecision asStated(ModelBundle bundle) {
        return new ServedPrecision(bundle.manifest().weights().precision(), "as the bundle states");
    }

    /**
     * Decides.
     *
     * @param choice what the settings say
     * @param device where the model is to run
     * @param processor of this machine
     * @throws ConfigException if the bundle, or that device, cannot do what the settings demand
     */
    static ServedPrecision of(ModelBundle bundle, PrecisionChoice choice, DeviceChoice device, Processor processor) {
        Weights weights = bundle.manifest().weights();
        if (weights.format().equals(Weights.TORCHSCRIPT)) {
            return ofProgram(bundle, choice);
        }
        if (device.gpu().isPresent()) {
            return onGpu(choice, device);
        }
        return switch (choice) {
            case FP32 -> new ServedPrecision(Weights.FP32, "set");
            case BF16 ->
                new ServedPrecision(
                        Weights.BF16,
                        "set; " + words(processor)
                                + (processor.known() && processor.bf16().isEmpty() ? ": slower than fp32" : ""));
            case AUTO -> chosen(bundle, processor);
        };
    }

    private static ServedPrecision chosen(ModelBundle bundle, Processor processor) {
        if (processor.bf16().isEmpty()) {
            return new ServedPrecision(Weights.FP32, words(processor));
        }
        PrecisionCheck check = bundle.manifest().precisionChecks().get(Weights.BF16);
        if (check == null) {
            return new ServedPrecision(
                    Weights.FP32, words(processor) + ", but the bundle has no check of bf16; " + CHECK_IT);
        }
        if (!check.allows()) {
            return new ServedPrecision(Weights.FP32, words(processor) + ", but its check found " + check.describe());
        }
        return new ServedPrecision(Weights.BF16, words(processor) + "; check: " + check.describe());
    }

    private static String words(Processor processor) {
        if (!processor.known()) {
            return "it is not known whether the processor has bf16 instructions";
        }
        return processor.bf16().map(set -> "processor has " + set).orElse("processor has no bf16 instructions");
    }

    private static ServedPrecision ofProgram(ModelBundle bundle, PrecisionChoice choice) {
        String own = bundle.manifest().weights().precision();
        if (choice != PrecisionChoice.AUTO && !choice.code().equals(own)) {
            throw new ConfigException(List.of(
                    "precision '" + choice + "': expected '" + own + "', which the TorchScript of " + bundle.id()
                            + " computes in, or auto; export the bundle again with --precision " + choice));
        }
        return new ServedPrecision(own, "its TorchScript computes so");
    }

    private static ServedPrecision onGpu(PrecisionChoice choice, DeviceChoice device) {
        if (choice == PrecisionChoice.BF16) {
            throw new ConfigException(List.of("precision 'bf16': expected device cpu, got " + device.code()
                    + "; set precision: auto, or export the bundle as TorchScript with --precision bf16"));
        }
        return new ServedPrecision(Weights.FP32, "it runs on " + device.code());
    }

    @Override
    public String toString() {
        return code + ": " + reason;
    }
}
