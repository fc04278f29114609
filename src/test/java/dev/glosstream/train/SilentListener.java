package dev.glosstream.train;

import dev.glosstream.train.evaluate.Report;
import java.util.List;

/** Hears nothing. */
class SilentListener implements ProgressListener {
    @Override
    public void onEpochStart(int epoch, int epochs, int steps) {}

    @Override
    public void onStep(double meanLoss) {}

    @Override
    public void onEpochEnd(int epoch, double meanLoss, List<Report> dev, boolean kept) {}
}
