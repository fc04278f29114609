package dev.glosstream.infer;

/**
 * Shares of values that are set to zero while training, each 0 to below 1; nothing is dropped while serving.
 *
 * @param embedding of the values of the embedded tokens, which go into the LSTM
 * @param betweenLayers of the values between the LSTM's layers
 * @param output of the values that go into the linear layer
 */
public record DropoutRates(float embedding, float betweenLayers, float output) {
    /** Drops nothing. */
    public static final DropoutRates NONE = new DropoutRates(0, 0, 0);

    /** Validates the ranges. */
    public DropoutRates {
        for (float rate : new float[] {embedding, betweenLayers, output}) {
            if (!(rate >= 0 && rate < 1)) {
                throw new IllegalArgumentException("dropout: expected 0 to below 1, got " + rate);
            }
        }
    }
}
