package dev.glosstream.model;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.OptBoolean;
import dev.glosstream.sequence.Task;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code manifest.json} of a bundle says.
 *
 * @param formatVersion version of this layout, {@value #FORMAT_VERSION}
 * @param name bundle name, for example {@code sentiment-en}
 * @param version bundle version, for example {@code 1.0.0}
 * @param task what it predicts
 * @param license SPDX identifier of the licence of the weights
 * @param attributions who and what the weights owe their existence to
 * @param tokenizer name of the tokenizer it was trained with
 * @param labels class labels in output order; for entities the entity types
 * @param architecture the network
 * @param weights file name of the weights and how they are stored
 * @param training where the weights come from
 * @param encoder SHA-256 of what comes before the head, which other bundles may share; empty, and not in the file, if the
 *     bundle is not meant to share
 * @param calibration how its probabilities were made to be trusted; {@link Calibration#NONE} if the file does not say
 * @param precisionChecks how the bundle does in other precisions than its own, by precision; empty if the file does not say
 * @param metrics data set → measure → value, as printed by {@code evaluate}
 * @param files file name → SHA-256 in lower-case hexadecimal, of every other file that is needed
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ModelManifest(
        int formatVersion,
        String name,
        String version,
        Task task,
        String license,
        List<String> attributions,
        String tokenizer,
        List<String> labels,
        Architecture architecture,
        Weights weights,
        Training training,
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
                @JsonProperty("encoder")
                @JacksonInject(value = "encoder", useInput = OptBoolean.TRUE)
                String encoder,
        @JsonProperty("calibration") @JacksonInject(value = "calibration", useInput = OptBoolean.TRUE)
                Calibration calibration,
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
                @JsonProperty("precisionChecks")
                @JacksonInject(value = "precisionChecks", useInput = OptBoolean.TRUE)
                Map<String, PrecisionCheck> precisionChecks,
        Map<String, Map<String, Double>> metrics,
        Map<String, String> files) {

    /** Of a bundle that shares nothing. */
    public static final String OWN_ENCODER = "";

    /** The layout that this program reads and writes. */
    public static final int FORMAT_VERSION = 2;

    /**
     * The weights.
     *
     * @param file file name within the bundle
     * @param format how they are stored: {@value #DJL_PARAMETERS} or {@value #TORCHSCRIPT}
     * @param precision of their arithmetic: {@value #FP32}, or {@value #BF16} in TorchScript; what goes in and comes out is
     *     the same
     */
    public record Weights(String file, String format, String precision) {
        /** Parameters as DJL writes them. */
        public static final String DJL_PARAMETERS = "djl-parameters";
        /** A program with its parameters, as {@code torch.jit.save} writes it. */
        public static final String TORCHSCRIPT = "torchscript";
        /** Single precision, 32 bits. */
        public static final String FP32 = "fp32";
        /** Brain floating point, 16 bits. */
        public static final String BF16 = "bf16";

        /** Validates the precision. */
        public Weights {
            boolean known = precision.equals(FP32) || (precision.equals(BF16) && format.equals(TORCHSCRIPT));
            if (!known) {
                throw new IllegalArgumentException("weights: expected precision '" + FP32 + "', or '" + BF16
                        + "' of format '" + TORCHSCRIPT + "', got '" + precision + "' of format '" + format + "'");
            }
        }
    }

    /**
     * Where the weights come from.
     *
     * @param corpora the data
     * @param settings the settings of training, name → value
     * @param program name and version of the program that trained
     * @param seed of every random choice
     * @param epochs read to the weights kept
     */
    public record Training(List<Corpus> corpora, Map<String, String> settings, String program, long seed, int epochs) {
        /** Copies the collections, settings in a fixed order. */
        public Training {
            corpora = List.copyOf(corpora);
            settings = Map.copyOf(settings);
        }
    }

    /**
     * One file of training data.
     *
     * @param source path as given, without folders above the data set
     * @param examples read of it, repetitions and contradictions included
     * @param sha256 of the file
     */
    public record Corpus(String source, int examples, String sha256) {}

    /**
     * How the probabilities of a sentiment bundle were made to be trusted; it changes no label.
     *
     * @param temperature by which logits are divided before the softmax, {@value #COLDEST} to {@value #HOTTEST}
     * @param data the texts that it was fitted on, empty if it was not fitted
     * @param examples how many they are
     * @param errorBefore expected calibration error on them at temperature 1 or the one before, 0 to 1
     * @param errorAfter expected calibration error on them at this temperature, 0 to 1
     */
    public record Calibration(double temperature, String data, int examples, double errorBefore, double errorAfter) {
        /** Least temperature. */
        public static final double COLDEST = 0.05;
        /** Greatest temperature. */
        public static final double HOTTEST = 20;
        /** Probabilities as the network gives them. */
        public static final Calibration NONE = new Calibration(1, "", 0, 0, 0);

        /** Validates the temperature. */
        public Calibration {
            if (!(temperature >= COLDEST && temperature <= HOTTEST)) {
                throw new IllegalArgumentException("calibration.temperature: expected " + COLDEST + " to " + HOTTEST
                        + ", got " + temperature + "; fit it again with 'evaluate --calibrate'");
            }
        }
    }

    /** Validates what can be checked without the files. */
    public ModelManifest {
        if (formatVersion != FORMAT_VERSION) {
            throw new IllegalArgumentException("formatVersion: expected " + FORMAT_VERSION + ", got " + formatVersion
                    + "; train the bundle again");
        }
        if (labels.size() < (task == Task.SENTIMENT ? 2 : 1)) {
            throw new IllegalArgumentException(
                    "labels: expected at least two classes or one entity type, got " + labels);
        }
        if (task == Task.ENTITIES && architecture.truncation() != Architecture.Truncation.HEAD) {
            throw new IllegalArgumentException(
                    "architecture.truncation: expected HEAD for entities, whose tokens are counted from the start, got "
                            + architecture.truncation());
        }
        if (!encoder.matches("([0-9a-f]{64})?")) {
            throw new IllegalArgumentException(
                    "encoder: expected 64 hexadecimal digits, or nothing, got '" + encoder + "'");
        }
        attributions = List.copyOf(attributions);
        labels = List.copyOf(labels);
        precisionChecks = new TreeMap<>(precisionChecks);
        metrics = new TreeMap<>(metrics);
        files = new TreeMap<>(files);
    }

    /** Returns this manifest with the metrics of one data set added or replaced. */
    public ModelManifest withMetrics(String dataSet, Map<String, Double> measured) {
        Map<String, Map<String, Double>> all = new TreeMap<>(metrics);
        all.put(dataSet, new TreeMap<>(measured));
        return with(training, encoder, calibration, precisionChecks, all, files);
    }

    /** Returns this manifest with what was found in another precision. */
    public ModelManifest withPrecisionCheck(String precision, PrecisionCheck check) {
        Map<String, PrecisionCheck> all = new TreeMap<>(precisionChecks);
        all.put(precision, check);
        return with(training, encoder, calibration, all, metrics, files);
    }

    /**
     * Returns this manifest with another calibration. Measures that depend on the old one are left out: they are no longer
     * true.
     */
    public ModelManifest withCalibration(Calibration fitted) {
        Map<String, Map<String, Double>> all = new TreeMap<>();
        metrics.forEach((dataSet, measures) -> {
            Map<String, Double> kept = new TreeMap<>(measures);
            kept.keySet().removeIf(name -> name.startsWith("calibrationError") || name.startsWith("logLoss"));
            all.put(dataSet, kept);
        });
        return with(training, encoder, fitted, precisionChecks, all, files);
    }

    /** Returns this manifest for the weights of an epoch, with what was measured of them. */
    public ModelManifest afterTraining(int epoch, Map<String, Map<String, Double>> measured) {
        Training of = new Training(training.corpora, training.settings, training.program, training.seed, epoch);
        return with(of, encoder, calibration, Map.of(), measured, files);
    }

    /** Returns this manifest with these files. */
    public ModelManifest withFiles(Map<String, String> digests) {
        return with(training, encoder, calibration, precisionChecks, metrics, digests);
    }

    /**
     * Returns this manifest for the same network in another format; the version says which, in the part that semantic
     * versioning leaves to builds.
     */
    public ModelManifest exported(Weights other) {
        return new ModelManifest(
                formatVersion,
                name,
                version + "+" + other.format() + "." + other.precision(),
                task,
                license,
                attributions,
                tokenizer,
                labels,
                architecture,
                other,
                training,
                OWN_ENCODER,
                calibration,
                Map.of(),
                metrics,
                files);
    }

    /** Returns this manifest of a bundle whose encoder others share. */
    public ModelManifest withEncoder(String digest) {
        return with(training, digest, calibration, precisionChecks, metrics, files);
    }

    private ModelManifest with(
            Training of,
            String shared,
            Calibration fitted,
            Map<String, PrecisionCheck> checks,
            Map<String, Map<String, Double>> measured,
            Map<String, String> digests) {
        return new ModelManifest(
                formatVersion,
                name,
                version,
                task,
                license,
                attributions,
                tokenizer,
                labels,
                architecture,
                weights,
                of,
                shared,
                fitted,
                checks,
                measured,
                digests);
    }
}
