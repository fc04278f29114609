package dev.glosstream.train;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the answers are that a network learns to give.
 *
 * @param labelSmoothing share of a target that is spread evenly over all classes, 0 to below 1; sentiment
 * @param classWeights how much the examples of each class count; sentiment
 * @param distillation share of a target that comes from teachers where there is a label too, 0 to 1; sentiment
 * @param distillationTemperature what the teachers' logits are divided by, above 0: more makes them less sure; sentiment
 */
public record TargetSettings(
        double labelSmoothing, ClassWeights classWeights, double distillation, double distillationTemperature) {

    /** Validates the ranges. */
    public TargetSettings {
        TrainingSettings.require(
                labelSmoothing >= 0 && labelSmoothing < 1, "labelSmoothing", "0 to below 1", labelSmoothing);
        TrainingSettings.require(distillation >= 0 && distillation <= 1, "distillation", "0 to 1", distillation);
        TrainingSettings.require(
                distillationTemperature > 0, "distillationTemperature", "above 0", distillationTemperature);
    }

    /** Returns the settings as they are written into a manifest. */
    Map<String, String> asText() {
        Map<String, String> text = new TreeMap<>();
        text.put("labelSmoothing", String.valueOf(labelSmoothing));
        text.put("classWeights", classWeights.toString());
        text.put("distillation", String.valueOf(distillation));
        text.put("distillationTemperature", String.valueOf(distillationTemperature));
        return text;
    }
}
