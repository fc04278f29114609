package dev.glosstream.app;

import dev.glosstream.app.process.ResidentMemory;
import dev.glosstream.train.ProgressListener;
import dev.glosstream.train.evaluate.Report;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows training on the terminal: one bar over all epochs with loss, dev score and time left; a line per epoch. */
final class TrainingProgress implements ProgressListener, AutoCloseable {
    private static final int UPDATE_MS = 500;

    private final PrintWriter terminal;
    private @Nullable ProgressBar bar;
    private int epoch;
    private int epochs;
    private String devScore = "";

    TrainingProgress(PrintWriter terminal) {
        this.terminal = terminal;
    }

    @Override
    public void onNote(String note) {
        terminal.println(note);
        terminal.flush();
    }

    @Override
    public void onPretrainingEpochStart(int number, int of, int steps) {
        startEpoch("pretraining", number, of, steps);
    }

    @Override
    public void onPretrainingEpochEnd(int number, double meanLoss, double heldOutLoss) {
        terminal.printf(
                Locale.ROOT,
                "%npretraining epoch %d: loss %.4f, held out %.4f (perplexity %.1f), %d MB resident%n",
                number,
                meanLoss,
                heldOutLoss,
                Math.exp(heldOutLoss),
                ResidentMemory.megabytes());
        terminal.flush();
    }

    @Override
    public void onEpochStart(int number, int of, int steps) {
        startEpoch("training", number, of, steps);
    }

    private void startEpoch(String stage, int number, int of, int steps) {
        epoch = number;
        epochs = of;
        if (bar != null && !bar.getTaskName().equals(stage)) {
            bar.close();
            bar = null;
        }
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName(stage)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setInitialMax((long) of * steps)
                    .setUpdateIntervalMillis(UPDATE_MS)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err))
                    .build();
        }
    }

    @Override
    public void onStep(double meanLoss) {
        if (bar != null) {
            bar.step();
            bar.setExtraMessage(
                    String.format(Locale.ROOT, " epoch %d/%d loss %.4f%s", epoch, epochs, meanLoss, devScore));
        }
    }

    @Override
    public void onEpochEnd(int number, double meanLoss, List<Report> dev, boolean kept) {
        String scores = dev.stream()
                .map(report -> String.format(Locale.ROOT, "%.4f", report.score()))
                .collect(Collectors.joining(" and "));
        devScore = " dev " + scores;
        terminal.printf(
                Locale.ROOT,
                "%nepoch %d: loss %.4f, dev score %s%s, %d MB resident%n",
                number,
                meanLoss,
                scores,
                kept ? " (kept)" : "",
                ResidentMemory.megabytes());
        terminal.flush();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
