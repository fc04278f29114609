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
    private static final String LIMITS =
            "Trained on short English texts of the web and of news: other languages, other domains and long documents get"
                    + " worse answers than the figures say. A label is a guess with a probability, not a fact about a"
                    + " person; do not decide about people by it.\n";
    private static final String LOW = ".low";
    private static final String HIGH = ".high";
    private static final String SPEED = "tokensPerSecond.";

    private ModelCard() {}

    /** Returns the card as Markdown. */
    static String of(ModelManifest manifest) {
        String thanks = manifest.attributions().stream()
                .map(source -> "\n- " + source)
                .collect(Collectors.joining("", ". With thanks to:\n", ""));
        return String.join(
                "\n\n",
                "# " + manifest.name() + " " + manifest.version(),
                purpose(manifest),
                "Written from `manifest.json`, which also holds the checksum of each file.",
                "## Intended use",
                use(manifest),
                "## Licence",
                manifest.license() + thanks,
                "## Network",
                network(manifest.architecture()),
                "## Data",
                data(manifest.training()),
                "## Measured",
                metrics(manifest.metrics()),
                "What each figure means: docs/evaluation.md of the project.",
                "## Calibration",
                calibration(manifest),
                "## Speed",
                speed(manifest.metrics()),
                "## Limits",
                LIMITS);
    }

    private static String purpose(ModelManifest manifest) {
        return manifest.task() == Task.SENTIMENT
                ? "Sentiment of a text: " + String.join(", ", manifest.labels()) + "."
                : "Named entities of a text: " + String.join(", ", manifest.labels()) + ".";
    }

    private static String use(ModelManifest manifest) {
        String what = manifest.task() == Task.SENTIMENT
                ? "Telling the tone of many short texts: streams of posts, comments, reviews, messages."
                : "Finding names in many short texts: streams of posts, news, messages.";
        return what
                + " For counts and trends, for sorting what people then read; not for deciding about a single person.";
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
        int examples = training.corpora().stream()
                .mapToInt(ModelManifest.Corpus::examples)
                .sum();
        return table.append("| all | ").append(examples).append(" |\n")
                + "\nRead of each file; texts that repeat, that carry two labels, or that stand in the dev data were then left"
                + " out. Seed "
                + training.seed() + ", " + training.epochs() + " epochs, by " + training.program() + ".";
    }

    private static String metrics(Map<String, Map<String, Double>> metrics) {
        StringBuilder table = new StringBuilder("| data | measures, with 95 % intervals |\n| --- | --- |\n");
        metrics.forEach((data, measures) -> table.append("| ")
                .append(data)
                .append(" | ")
                .append(measures.keySet().stream()
                        .filter(name -> !name.endsWith(LOW) && !name.endsWith(HIGH) && !name.startsWith(SPEED))
                        .map(name -> measure(name, measures))
                        .collect(Collectors.joining(", ")))
                .append(" |\n"));
        return table.toString().stripTrailing();
    }

    private static String measure(String name, Map<String, Double> measures) {
        Double low = measures.get(name + LOW);
        Double high = measures.get(name + HIGH);
        String value = name + " " + number(measures.getOrDefault(name, 0.0));
        return low == null || high == null ? value : String.format(Locale.ROOT, "%s (%.4f to %.4f)", value, low, high);
    }

    private static String calibration(ModelManifest manifest) {
        ModelManifest.Calibration calibration = manifest.calibration();
        if (manifest.task() == Task.ENTITIES) {
            return "The score of an entity is its probability under the CRF, not calibrated.";
        }
        if (calibration.data().isEmpty()) {
            return "Probabilities are those of the softmax, not calibrated.";
        }
        return String.format(
                Locale.ROOT,
                "Logits are divided by %.4f before the softmax, fitted on %s (%,d texts): expected calibration error %.4f"
                        + " there, %.4f before.",
                calibration.temperature(),
                calibration.data(),
                calibration.examples(),
                calibration.errorAfter(),
                calibration.errorBefore());
    }

    private static String speed(Map<String, Map<String, Double>> metrics) {
        String measured = metrics.entrySet().stream()
                .filter(entry -> entry.getValue().containsKey(SPEED + "model"))
                .map(entry -> String.format(
                        Locale.ROOT,
                        "%,.0f tokens/s on %s",
                        entry.getValue().getOrDefault(SPEED + "model", 0.0),
                        entry.getKey()))
                .collect(Collectors.joining(", "));
        return measured.isEmpty()
                ? "Not measured; `./glosstream evaluate` tells it for your machine."
                : "The network alone, one thread of the machine that measured: " + measured + ".";
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.4f", value);
    }
}
