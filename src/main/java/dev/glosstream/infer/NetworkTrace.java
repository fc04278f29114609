package dev.glosstream.infer;

/**
 * What the engine computed of one text, stage by stage.
 *
 * @param vectors what the columns give for each token, side by side, {@code [T, D]}
 * @param states what the LSTM gives for each token, {@code [T, S]}
 * @param features what the linear layer reads: {@code [1, R]} for the text, {@code [T, S]} for its tokens
 * @param scores logits {@code [1, K]} or emissions {@code [T, K]}
 */
public record NetworkTrace(FloatMatrix vectors, FloatMatrix states, FloatMatrix features, FloatMatrix scores) {}
