package dev.glosstream.train;

import dev.glosstream.infer.DropoutRates;
import dev.glosstream.model.Architecture;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the encoder of a network is pretrained on plain texts, before it learns from labels.
 *
 * @param texts corpora whose texts are read, labels ignored; none if there is nothing to read them for
 * @param encoder file that an earlier pretraining wrote, to start from instead; a relative path starts at the working
 *     directory
 * @param vocabulary which texts the entries of vocabularies are counted in
 * @param epochs passes over the texts, at least 0
 * @param candidates words that are drawn in each step for the targets to be told from, at least 1
 * @param optimizer how weights move
 * @param batchSize most sequences per step, at least 1
 * @param dropout rates before and after the LSTM, if they are not those of the training
 * @param wordDropout share of tokens whose word becomes unknown, if it is not that of the training
 * @param heldOut share of the texts that is measured on, not learned from; above 0, at most a half
 */
public record PretrainingSettings(
        List<CorpusChoice> texts,
        Optional<Path> encoder,
        VocabularyTexts vocabulary,
        int epochs,
        int candidates,
        OptimizerSettings optimizer,
        int batchSize,
        Optional<Double> dropout,
        Optional<Double> wordDropout,
        double heldOut) {
    /** No pretraining. */
    public static final PretrainingSettings NONE = new PretrainingSettings(
            List.of(),
            Optional.empty(),
            VocabularyTexts.LABELLED,
            1,
            1,
            adam(0.001, 0),
            1,
            Optional.empty(),
            Optional.empty(),
            0.01);

    /** Where the entries of vocabularies come from, where a column takes them from texts. */
    public enum VocabularyTexts {
        /** The texts that are trained on afterwards. */
        LABELLED,
        /** Those and the texts of the pretraining; where its encoder is read from a file, the vocabularies of that file. */
        ALL
    }

    /** With an encoder from a file, or without epochs, no texts are read. */
    public PretrainingSettings {
        texts = encoder.isPresent() || epochs == 0 ? List.of() : List.copyOf(texts);
    }

    /** Returns Adam as pretraining uses it: the rate rises in a line and falls as a cosine; gradients are cut to length 1. */
    static OptimizerSettings adam(double learningRate, int warmUpSteps) {
        return new OptimizerSettings(
                OptimizerSettings.Kind.ADAM,
                learningRate,
                0,
                0,
                warmUpSteps,
                LearningRate.Decay.COSINE,
                Double.POSITIVE_INFINITY,
                1);
    }

    /** Returns whether a network starts from anything but random values. */
    public boolean isAsked() {
        return !texts.isEmpty() || encoder.isPresent();
    }

    /**
     * Requires a network that can be pretrained.
     *
     * @param words indices of its columns of words
     */
    void requireFits(Architecture architecture, List<Integer> words) {
        if (!isAsked()) {
            return;
        }
        if (architecture.lstm().layers() != 1) {
            throw new IllegalArgumentException("pretraining: expected network.layers 1, got "
                    + architecture.lstm().layers()
                    + "; a second layer reads both directions and would know the word that is to be foretold");
        }
        if (architecture.lstm().layerNorm()) {
            throw new IllegalArgumentException("pretraining: expected network.layerNorm false, got true; it"
                    + " mixes both directions, and so would show the word that is to be foretold");
        }
        if (words.isEmpty()) {
            throw new IllegalArgumentException(
                    "pretraining: expected a column of feature word, whose words are" + " foretold, got none");
        }
    }

    /** Returns the rates of pretraining. */
    DropoutRates dropout(TrainingSettings training) {
        return dropout.map(rate -> new DropoutRates(rate.floatValue(), 0, rate.floatValue()))
                .orElse(training.dropout());
    }

    /** Returns the share of words that pretraining makes unknown. */
    double wordDropout(TrainingSettings training) {
        return wordDropout.orElse(training.wordDropout());
    }

    /** Returns the settings as they are written into a manifest; none if there is no pretraining. */
    Map<String, String> asText() {
        Map<String, String> text = new TreeMap<>();
        if (!texts.isEmpty()) {
            text.put("pretraining.epochs", String.valueOf(epochs));
            text.put("pretraining.candidates", String.valueOf(candidates));
            text.put("pretraining.learningRate", String.valueOf(optimizer.learningRate()));
            text.put("pretraining.warmUpSteps", String.valueOf(optimizer.warmUpSteps()));
            text.put("pretraining.batchSize", String.valueOf(batchSize));
            text.put("pretraining.vocabulary", vocabulary.name().toLowerCase(Locale.ROOT));
            dropout.ifPresent(rate -> text.put("pretraining.dropout", String.valueOf(rate)));
            wordDropout.ifPresent(rate -> text.put("pretraining.wordDropout", String.valueOf(rate)));
            text.put("pretraining.heldOut", String.valueOf(heldOut));
        }
        return text;
    }
}
