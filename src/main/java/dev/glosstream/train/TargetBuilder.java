package dev.glosstream.train;

import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.corpus.CorpusException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the target distributions and weights of texts with classes. */
final class TargetBuilder {
    private final List<String> labels;
    private final TargetSettings settings;
    private final Map<String, Double> classWeights;

    /**
     * Creates a builder.
     *
     * @param labels in the order of the network's outputs
     * @param examples all there are, for the weights of classes
     */
    TargetBuilder(List<String> labels, TargetSettings settings, List<CorpusExample> examples) {
        this.labels = List.copyOf(labels);
        this.settings = settings;
        Map<String, Double> counts = new TreeMap<>();
        examples.stream()
                .filter(example -> !example.label().isEmpty())
                .forEach(example -> counts.merge(example.label(), example.weight(), Double::sum));
        this.classWeights = settings.classWeights().of(counts);
    }

    /**
     * Returns the probability of each class that an example teaches.
     *
     * @param taught what teachers think of it; without a label it is the whole target
     */
    float[] distribution(CorpusExample example, Optional<float[]> taught) {
        if (example.label().isEmpty()) {
            return taught.orElseThrow(() -> new CorpusException("example: expected a label or teachers, got neither"))
                    .clone();
        }
        int label = labels.indexOf(example.label());
        if (label < 0) {
            throw new CorpusException("example: expected a label of " + labels + ", got '" + example.label() + "'");
        }
        float[] target = new float[labels.size()];
        float smoothing = (float) settings.labelSmoothing();
        Arrays.fill(target, smoothing / target.length);
        target[label] += 1 - smoothing;
        float share = (float) settings.distillation();
        taught.filter(shares -> example.taught()).ifPresent(shares -> {
            for (int index = 0; index < target.length; index++) {
                target[index] = (1 - share) * target[index] + share * shares[index];
            }
        });
        return target;
    }

    /** Returns how much an example counts: by its corpus, and by its class if it has one. */
    float weight(CorpusExample example) {
        return (float) (example.weight() * classWeights.getOrDefault(example.label(), 1.0));
    }
}
