package dev.glosstream.model;

import dev.glosstream.sequence.Task;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The manifest of a bundle for a person to read: what it is for, what it was made of, how good it is.
 *
 * @see <a href="https://doi.org/10.1145/3287560.3287596">Mitchell et al., "Model Cards for Model Reporting", 2019</a>
 */
final class ModelCard {
    private ModelCard() {}

    /** Returns the card as Markdown. */
    static String of(ModelManifest manifest) {
        return String.join(
                "\n",
                "# " + manifest.name() + " " + manifest.version(),
                "",
                purpose(manifest),
                "",
                "Written from `manifest.json`, which also holds the checksum of each file.",
                "",
                "## Licence",
                "",
                manifest.license() + ". With thanks to:",
                "",
                manifest.attributions().stream().map(source -> "- " + source).collect(Collectors.joining("\n")),
                "",
                "## Network",
                "",
                network(manifest.architecture()),
                "",
                "## Data",
                "",
                data(manifest.training()),
                "",
                "## Measured",
                "",
                metrics(manifest.metrics()),
                "",
                "## Limits",
                "",
                "Trained on short English texts of the web and of news: other languages, other domains and long documents"
                        + " get worse answers than the figures say. A label is a guess with a probability, not a fact"
                        + " about a person; do not decide about people by it.",
                "");
    }

    private static String purpose(ModelManifest manifest) {
        return manifest.task() == Task.SENTIMENT
                ? "Sentiment of a text: " + String.join(", ", manifest.labels()) + "."
                : "Named entities of a text: " + String.join(", ", manifest.labels()) + ".";
    }

    private static String network(Architecture architecture) {
        String columns =
                architecture.columns().stream().map(TokenColumn::describe).collect(Collectors.joining(", "));
        LstmSettings lstm = architecture.lstm();
        String directions = lstm.directions() == LstmSettings.Directions.BOTH ? "forward and backward" : "forward";
        return "Embedding tables for " + columns + "; " + lstm.layers() + " " + directions + " LSTM layer(s) of "
                + lstm.stateSize() + " units each; reads " + architecture.maxSequenceLength() + " tokens ("
                + architecture.truncation().name().toLowerCase(Locale.ROOT).replace("_", " and ") + ").";
    }

    private static String data(ModelManifest.Training training) {
        StringBuilder table = new StringBuilder("| file | read |\n| --- | ---: |\n");
        training.corpora().forEach(corpus -> table.append("| ")
                .append(corpus.source())
                .append(" | ")
                .append(corpus.examples())
                .append(" |\n"));
        return table
                + "\nRead of each file; texts that repeat, that carry two labels, or that stand in the dev data were then left"
                + " out. Seed "
                + training.seed() + ", " + training.epochs() + " epochs, by " + training.program() + ".";
    }

    private static String metrics(Map<String, Map<String, Double>> metrics) {
        StringBuilder table = new StringBuilder("| data | measures |\n| --- | --- |\n");
        metrics.forEach((data, measures) -> table.append("| ")
                .append(data)
                .append(" | ")
                .append(measures.entrySet().stream()
                        .map(measure -> measure.getKey() + " " + number(measure.getValue()))
                        .collect(Collectors.joining(", ")))
                .append(" |\n"));
        return table.toString().stripTrailing();
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.4f", value);
    }
}
