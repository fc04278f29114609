package dev.glosstream.config;

/** In which arithmetic the models of a pipeline compute on the processor. */
public enum PrecisionChoice {
    /** For each model the fastest that this processor has and that the bundle's own check allows. */
    AUTO("auto"),
    /** Single precision, 32 bits. */
    FP32("fp32"),
    /** Brain floating point, 16 bits, in embeddings and encoder; scores are in single precision. */
    BF16("bf16");

    private final String code;

    PrecisionChoice(String code) {
        this.code = code;
    }

    /** Returns {@code auto}, {@code fp32} or {@code bf16}. */
    public String code() {
        return code;
    }

    @Override
    public String toString() {
        return code;
    }
}
