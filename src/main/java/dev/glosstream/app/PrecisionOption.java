package dev.glosstream.app;

import dev.glosstream.config.PrecisionChoice;
import picocli.CommandLine.Option;

/** {@code --precision} of the commands that load models without a pipeline file. */
final class PrecisionOption {
    @Option(
            names = "--precision",
            paramLabel = "PRECISION",
            defaultValue = "auto",
            description = "Arithmetic of the models: fp32, bf16, or auto, the fastest that the processor has and the"
                    + " bundle's own check allows; default: ${DEFAULT-VALUE}.")
    private String code = PrecisionChoice.AUTO.code();

    /**
     * Returns the choice.
     *
     * @throws UsageException if it is none
     */
    PrecisionChoice choice() {
        for (PrecisionChoice choice : PrecisionChoice.values()) {
            if (choice.code().equals(code)) {
                return choice;
            }
        }
        throw new UsageException("--precision: expected auto, fp32 or bf16, got '" + code + "'");
    }
}
