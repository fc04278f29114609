package dev.glosstream.train;

import dev.glosstream.config.Range;
import dev.glosstream.config.Setting;
import dev.glosstream.config.SettingsSection;
import dev.glosstream.config.TextRule;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Reads the {@code pretraining} section of a recipe; {@code training/README.md} explains every key. */
final class PretrainingSection {
    private PretrainingSection() {}

    /**
     * Reads the section.
     *
     * @param folder of the recipe
     */
    static Supplier<PretrainingSettings> read(SettingsSection section, Path folder) {
        Supplier<List<CorpusChoice>> texts = CorpusSection.read(section, "texts", folder);
        Setting<String> encoder = section.string("encoder", TextRule.NOT_EMPTY);
        Setting<PretrainingSettings.VocabularyTexts> vocabulary = section.choice(
                "vocabulary", Arrays.asList(PretrainingSettings.VocabularyTexts.values()), value -> value.name()
                        .toLowerCase(Locale.ROOT));
        Setting<Integer> epochs = section.integer("epochs", Range.atLeast(0));
        Setting<Integer> candidates = section.integer("candidates", new Range(1, 100_000));
        Setting<Double> learningRate = section.decimal("learningRate", 1e-7, 10);
        Setting<Integer> warmUpSteps = section.integer("warmUpSteps", Range.atLeast(0));
        Setting<Integer> batchSize = section.integer("batchSize", Range.atLeast(1));
        Setting<Double> dropout = section.decimal("dropout", 0, 0.99);
        Setting<Double> wordDropout = section.decimal("wordDropout", 0, 0.99);
        Setting<Double> heldOut = section.decimal("heldOut", 1e-6, 0.5);
        if (!section.keys(true).isEmpty() && !section.has("texts") && !section.has("encoder")) {
            section.mistake("texts", "expected texts or encoder beside the other keys, got neither");
        }
        return () -> new PretrainingSettings(
                texts.get(),
                encoder.optional().map(Path::of),
                vocabulary.orElse(PretrainingSettings.VocabularyTexts.LABELLED),
                epochs.orElse(3),
                candidates.orElse(1024),
                PretrainingSettings.adam(learningRate.orElse(0.001), warmUpSteps.orElse(500)),
                batchSize.orElse(64),
                dropout.optional(),
                wordDropout.optional(),
                heldOut.orElse(0.01));
    }
}
