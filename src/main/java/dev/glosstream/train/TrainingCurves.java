package dev.glosstream.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * How training went, epoch by epoch, for people: a picture and a table that go into the bundle.
 *
 * <p>The picture is SVG of a few lines, the same for the same numbers.
 */
final class TrainingCurves {
    /** The table: epoch, mean loss, dev score, separated by tabs. */
    static final String TABLE = "training.tsv";
    /** The picture of both curves. */
    static final String PICTURE = "training.svg";

    static final List<String> FILES = List.of(TABLE, PICTURE);

    private static final int WIDTH = 640;
    private static final int HEIGHT = 180;
    private static final int LEFT = 60;
    private static final int TOP = 30;
    private static final int GAP = 60;

    private TrainingCurves() {}

    static void write(Path directory, List<RunState.Epoch> history) throws IOException {
        StringBuilder table = new StringBuilder("epoch\tloss\tdevScore\n");
        history.forEach(epoch -> table.append(
                String.format(Locale.ROOT, "%d\t%.6f\t%.6f%n", epoch.number(), epoch.loss(), epoch.score())));
        Files.writeString(directory.resolve(TABLE), table.toString().replace("\r\n", "\n"));
        Files.writeString(directory.resolve(PICTURE), svg(history));
    }

    private static String svg(List<RunState.Epoch> history) {
        int height = 2 * HEIGHT + TOP + 2 * GAP;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + (WIDTH + 2 * LEFT) + "\" height=\"" + height
                + "\" font-family=\"sans-serif\" font-size=\"12\">\n"
                + "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
                + curve("mean loss", "#c0392b", TOP, history, RunState.Epoch::loss)
                + curve("dev score", "#2c5aa0", TOP + HEIGHT + GAP, history, RunState.Epoch::score)
                + text(LEFT + WIDTH / 2, height - 20, "epochs") + "</svg>\n";
    }

    private static String curve(
            String title,
            String colour,
            int top,
            List<RunState.Epoch> history,
            ToDoubleFunction<RunState.Epoch> value) {
        double least = history.stream().mapToDouble(value).min().orElse(0);
        double most = history.stream().mapToDouble(value).max().orElse(1);
        double range = most > least ? most - least : 1;
        StringBuilder points = new StringBuilder();
        for (RunState.Epoch epoch : history) {
            double x = LEFT + WIDTH * (epoch.number() - 0.5) / history.size();
            double y = top + HEIGHT * (most - value.applyAsDouble(epoch)) / range;
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
        }
        return text(LEFT, top - 8, title)
                + text(5, top + 4, String.format(Locale.ROOT, "%.4f", most))
                + text(5, top + HEIGHT + 4, String.format(Locale.ROOT, "%.4f", least))
                + "<rect x=\"" + LEFT + "\" y=\"" + top + "\" width=\"" + WIDTH + "\" height=\"" + HEIGHT
                + "\" fill=\"none\" stroke=\"#bbb\"/>\n<polyline points=\""
                + points.toString().trim() + "\" fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"2\"/>\n";
    }

    private static String text(int x, int y, String text) {
        return "<text x=\"" + x + "\" y=\"" + y + "\">" + text + "</text>\n";
    }
}
