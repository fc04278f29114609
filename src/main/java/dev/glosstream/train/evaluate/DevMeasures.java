package dev.glosstream.train.evaluate;

import dev.glosstream.model.ModelManifest;
import java.util.Map;

/**
 * What training writes into the manifest about the epoch it keeps: the temperature that the dev texts ask for, and the
 * figures on them at that temperature.
 *
 * @param calibration {@link ModelManifest.Calibration#NONE} if the dev texts do not tell one
 * @param report on the dev texts, with the probabilities that the bundle will serve
 */
public record DevMeasures(ModelManifest.Calibration calibration, Report report) {
    /** Name of the dev texts in a manifest. */
    public static final String DATA = "dev";

    private static final double AS_TRAINED = 1;

    /**
     * Fits the temperature.
     *
     * @param report of the bundle without calibration
     */
    public static DevMeasures of(Report report) {
        return Temperature.calibrate(DATA, report, AS_TRAINED)
                .map(fitted -> new DevMeasures(fitted, Temperature.reheat(report, AS_TRAINED, fitted.temperature())))
                .orElseGet(() -> new DevMeasures(ModelManifest.Calibration.NONE, report));
    }

    /** Returns the manifest of the epoch with all of this. */
    public ModelManifest in(ModelManifest manifest, int epoch) {
        return manifest.withCalibration(calibration).afterTraining(epoch, Map.of(DATA, report.recorded()));
    }
}
