package dev.glosstream.train.evaluate;

import dev.glosstream.infer.ServedPrecision;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One bundle on one set of texts: how good and how fast.
 *
 * @param bundle {@code name@version}, or whatever else tells it from another
 * @param precision that it computes in, and why
 * @param report how good
 * @param speed how fast the network alone is, on one thread
 * @param wholeTokensPerSecond tokens in a second of checking, tokenizing, batching, inference and decoding together, on
 *     one thread, cold start included; 0 if every text was refused
 */
public record Measured(
        String bundle, ServedPrecision precision, Report report, ModelSpeed speed, double wholeTokensPerSecond) {
    /** Name under which the speed of the network is recorded. */
    public static final String MODEL_SPEED = "tokensPerSecond.model";
    /** Name under which the speed of the whole is recorded. */
    public static final String WHOLE_SPEED = "tokensPerSecond.whole";

    /** Returns all figures as they are written into a manifest. */
    public Map<String, Double> recorded() {
        Map<String, Double> recorded = new LinkedHashMap<>(report.recorded());
        recorded.put(MODEL_SPEED, (double) Math.round(speed.tokensPerSecond()));
        recorded.put(WHOLE_SPEED, (double) Math.round(wholeTokensPerSecond));
        return recorded;
    }

    /** Returns the same under another name. */
    public Measured named(String name) {
        return new Measured(name, precision, report, speed, wholeTokensPerSecond);
    }

    /** Returns the tables and the speed for a person. */
    public String toText() {
        return report.toText() + "\n" + ReportText.speed(this);
    }
}
