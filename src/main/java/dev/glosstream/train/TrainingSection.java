package dev.glosstream.train;

import dev.glosstream.config.Range;
import dev.glosstream.config.Setting;
import dev.glosstream.config.SettingsSection;
import dev.glosstream.infer.DropoutRates;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Reads the {@code training} section of a recipe; {@code training/README.md} explains every key. */
final class TrainingSection {
    private TrainingSection() {}

    /** Reads the section of a recipe of one task. */
    static Supplier<TrainingSettings> read(SettingsSection section) {
        Setting<Integer> batchSize =
                section.integer("batchSize", Range.atLeast(1)).required();
        Supplier<TargetSettings> targets = targets(section);
        Setting<Double> caseCopies = section.decimal("caseCopies", 0, 1);
        Setting<Double> mentionCopies = section.decimal("mentionCopies", 0, 1);
        return settings(
                section, batchSize::get, targets, () -> caseCopies.orElse(0.0), () -> mentionCopies.orElse(0.0));
    }

    /** Reads the section of a joint recipe: without what its tasks' own recipes say of their examples. */
    static Supplier<TrainingSettings> readShared(SettingsSection section) {
        TargetSettings plain = new TargetSettings(0, new ClassWeights(ClassWeights.Rule.NONE, Map.of()), 0, 1);
        return settings(section, () -> 1, () -> plain, () -> 0.0, () -> 0.0);
    }

    private static Supplier<TrainingSettings> settings(
            SettingsSection section,
            Supplier<Integer> batchSize,
            Supplier<TargetSettings> targets,
            Supplier<Double> caseCopies,
            Supplier<Double> mentionCopies) {
        Setting<Integer> epochs = section.integer("epochs", Range.atLeast(1)).required();
        Setting<Integer> patience =
                section.integer("patience", Range.atLeast(1)).required();
        Supplier<OptimizerSettings> optimizer = optimizer(section);
        Supplier<DropoutRates> dropout = dropout(section);
        Setting<Double> wordDropout = section.decimal("wordDropout", 0, 0.99);
        Setting<Double> averaging = section.decimal("averaging", 0, 0.9999);
        Setting<Integer> maxSequenceLength = section.integer("maxSequenceLength", new Range(1, 4096));
        Setting<Integer> frozenEpochs = section.integer("encoderFrozenEpochs", Range.atLeast(0));
        Setting<Double> encoderRate = section.decimal("encoderLearningRateFactor", 1e-6, 1e6);
        Setting<Integer> checkpointSteps = section.integer("checkpointSteps", Range.atLeast(0));
        Setting<Integer> seed = section.integer("seed", Range.atLeast(0));
        return () -> new TrainingSettings(
                epochs.get(),
                patience.get(),
                batchSize.get(),
                optimizer.get(),
                targets.get(),
                dropout.get(),
                wordDropout.orElse(0.0),
                averaging.orElse(0.0),
                caseCopies.get(),
                mentionCopies.get(),
                maxSequenceLength.orElse(128),
                new TrainingSettings.EncoderLearning(frozenEpochs.orElse(0), encoderRate.orElse(1.0)),
                checkpointSteps.orElse(2000),
                seed.orElse(1));
    }

    private static Supplier<DropoutRates> dropout(SettingsSection section) {
        Setting<Double> all = section.decimal("dropout", 0, 0.99);
        Setting<Double> embedding = section.decimal("embeddingDropout", 0, 0.99);
        Setting<Double> layers = section.decimal("layerDropout", 0, 0.99);
        Setting<Double> output = section.decimal("outputDropout", 0, 0.99);
        return () -> new DropoutRates(rate(embedding, all), rate(layers, all), rate(output, all));
    }

    private static float rate(Setting<Double> own, Setting<Double> ofAll) {
        double rate = own.orElse(ofAll.orElse(0.0));
        return (float) rate;
    }

    private static Supplier<OptimizerSettings> optimizer(SettingsSection section) {
        Setting<OptimizerSettings.Kind> kind =
                section.choice("optimizer", Arrays.asList(OptimizerSettings.Kind.values()), TrainingSection::code);
        Setting<Double> learningRate = section.decimal("learningRate", 1e-7, 10).required();
        Setting<Double> momentum = section.decimal("momentum", 0, 0.9999);
        Setting<Double> weightDecay = section.decimal("weightDecay", 0, 1);
        Setting<Integer> warmUpSteps = section.integer("warmUpSteps", Range.atLeast(0));
        Setting<LearningRate.Decay> decay =
                section.choice("decay", Arrays.asList(LearningRate.Decay.values()), TrainingSection::code);
        Setting<Double> clipGradient = section.decimal("clipGradient", 1e-6, 1e6);
        Setting<Double> clipNorm = section.decimal("clipNorm", 1e-6, 1e6);
        return () -> new OptimizerSettings(
                kind.orElse(OptimizerSettings.Kind.ADAM),
                learningRate.get(),
                momentum.orElse(0.9),
                weightDecay.orElse(0.0),
                warmUpSteps.orElse(0),
                decay.orElse(LearningRate.Decay.COSINE),
                clipGradient.orElse(1.0),
                clipNorm.orElse(Double.POSITIVE_INFINITY));
    }

    private static Supplier<TargetSettings> targets(SettingsSection section) {
        Setting<Double> labelSmoothing = section.decimal("labelSmoothing", 0, 0.99);
        Supplier<ClassWeights> classWeights = classWeights(section);
        Setting<Double> distillation = section.decimal("distillation", 0, 1);
        Setting<Double> temperature = section.decimal("distillationTemperature", 0.01, 100);
        return () -> new TargetSettings(
                labelSmoothing.orElse(0.0), classWeights.get(), distillation.orElse(0.0), temperature.orElse(1.0));
    }

    private static Supplier<ClassWeights> classWeights(SettingsSection section) {
        if (section.hasSection("classWeights")) {
            SettingsSection weights = section.section("classWeights");
            Map<String, Setting<Double>> given = new TreeMap<>();
            weights.keys(true).forEach(label -> given.put(label, weights.decimal(label, 1e-6, 1e6)));
            return () -> {
                Map<String, Double> values = new TreeMap<>();
                given.forEach((label, weight) -> values.put(label, weight.get()));
                return new ClassWeights(ClassWeights.Rule.GIVEN, values);
            };
        }
        Setting<ClassWeights.Rule> rule = section.choice(
                "classWeights",
                List.of(ClassWeights.Rule.NONE, ClassWeights.Rule.BALANCED, ClassWeights.Rule.SQRT_BALANCED),
                ClassWeights.Rule::code);
        return () -> new ClassWeights(rule.orElse(ClassWeights.Rule.NONE), Map.of());
    }

    private static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
