package dev.glosstream.train;

import dev.glosstream.model.IdSpace;
import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.Task;
import dev.glosstream.sequence.TokenizedText;
import dev.glosstream.tokenize.TokenEncoder;
import dev.glosstream.tokenize.Tokenizer;
import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.corpus.CorpusException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Makes encoded examples of corpora: asks the teachers, adds copies, tokenizes, encodes. One thread. */
final class ExamplePreparation {
    private final TrainingRecipe recipe;
    private final ProgressListener listener;
    private final Tokenizer tokenizer = new Tokenizer();

    ExamplePreparation(TrainingRecipe recipe, ProgressListener listener) {
        this.recipe = recipe;
        this.listener = listener;
    }

    /**
     * Returns all that will be learned from: labelled texts and their copies, and unlabelled ones. Sentences without labels
     * have the entities that the teachers see in them; other texts keep an empty label.
     */
    List<CorpusExample> examples(TrainingData data) {
        if (!data.unlabelled().examples().isEmpty() && recipe.teachers().isEmpty()) {
            throw new CorpusException("unlabelled texts: expected teachers to label them, got none; name bundles with"
                    + " --set teachers=DIR,DIR");
        }
        Random random = new Random(recipe.training().seed());
        List<CorpusExample> labelled = new ArrayList<>(data.training().examples());
        boolean tagging = recipe.task() == Task.ENTITIES;
        if (tagging) {
            labelled.addAll(tagged(data.unlabelled().examples()));
        }
        List<CorpusExample> renamed = new MentionCopies(data.names(), random)
                .add(labelled, recipe.training().mentionCopies());
        List<CorpusExample> all =
                new ArrayList<>(CaseCopies.add(renamed, recipe.training().caseCopies(), random));
        if (!tagging) {
            all.addAll(data.unlabelled().examples());
        }
        return all;
    }

    private List<CorpusExample> tagged(List<CorpusExample> sentences) {
        if (sentences.isEmpty()) {
            return sentences;
        }
        List<CorpusExample> tagged = new ArrayList<>();
        try (Teachers teachers = Teachers.open(recipe)) {
            List<Optional<List<Entity>>> entities = teachers.entities(texts(sentences));
            for (int index = 0; index < sentences.size(); index++) {
                CorpusExample sentence = sentences.get(index);
                entities.get(index).ifPresent(found -> tagged.add(sentence.withEntities(found)));
            }
        }
        listener.onNote("teachers labelled " + tagged.size() + " sentences");
        return tagged;
    }

    private static List<String> texts(List<CorpusExample> examples) {
        return examples.stream().map(CorpusExample::text).toList();
    }

    /** Tokenizes every text. */
    List<TokenizedText> tokenize(List<CorpusExample> examples) {
        return examples.stream()
                .map(example -> tokenizer.tokenize(example.text()))
                .toList();
    }

    /** Encodes every text that has a token; the mean of all weights is 1. */
    List<EncodedExample> encode(List<CorpusExample> examples, List<TokenizedText> texts, List<IdSpace> ids) {
        ExampleEncoder encoder = new ExampleEncoder(
                recipe.labels(),
                new TokenEncoder(recipe.architecture().reading(recipe.training().maxSequenceLength()), ids));
        TargetBuilder targets =
                new TargetBuilder(recipe.labels(), recipe.training().targets(), examples);
        List<Optional<float[]>> taught = taught(examples);
        List<EncodedExample> encoded = new ArrayList<>(examples.size());
        for (int index = 0; index < examples.size(); index++) {
            CorpusExample example = examples.get(index);
            boolean refused = example.label().isEmpty() && taught.get(index).isEmpty();
            if (texts.get(index).tokens().isEmpty()) {
                continue;
            }
            if (recipe.task() == Task.ENTITIES) {
                encoded.add(encoder.encodeTags(example, texts.get(index)));
            } else if (!refused) {
                encoded.add(encoder.encodeClass(example, texts.get(index), targets, taught.get(index)));
            }
        }
        return normalised(encoded);
    }

    /**
     * Encodes labelled texts to be measured on: all that has a token, read as far as the bundle reads when it serves, with
     * the labels as they are.
     */
    List<EncodedExample> encodeToMeasure(List<CorpusExample> examples, List<IdSpace> ids) {
        TokenEncoder encoder = new TokenEncoder(recipe.architecture(), ids);
        ExampleEncoder tags = new ExampleEncoder(recipe.labels(), encoder);
        List<EncodedExample> encoded = new ArrayList<>(examples.size());
        for (CorpusExample example : examples) {
            TokenizedText text = tokenizer.tokenize(example.text());
            if (text.tokens().isEmpty()) {
                continue;
            }
            encoded.add(
                    recipe.task() == Task.ENTITIES
                            ? tags.encodeTags(example, text)
                            : EncodedExample.ofClass(encoder.encode(text), certain(example), 1));
        }
        return encoded;
    }

    private float[] certain(CorpusExample example) {
        int label = recipe.labels().indexOf(example.label());
        if (label < 0) {
            throw new CorpusException(
                    "example: expected a label of " + recipe.labels() + ", got '" + example.label() + "'");
        }
        float[] distribution = new float[recipe.labels().size()];
        distribution[label] = 1;
        return distribution;
    }

    /** What teachers think of each text; nothing where nobody asks. */
    private List<Optional<float[]>> taught(List<CorpusExample> examples) {
        TargetSettings targets = recipe.training().targets();
        boolean asked = recipe.task() == Task.SENTIMENT
                && (targets.distillation() > 0
                        || examples.stream().anyMatch(example -> example.label().isEmpty()));
        if (!asked || recipe.teachers().isEmpty()) {
            return Collections.nCopies(examples.size(), Optional.empty());
        }
        try (Teachers teachers = Teachers.open(recipe)) {
            List<Optional<float[]>> taught = teachers.probabilities(texts(examples), targets.distillationTemperature());
            listener.onNote("teachers judged " + taught.size() + " texts");
            return taught;
        }
    }

    private static List<EncodedExample> normalised(List<EncodedExample> examples) {
        double mean =
                examples.stream().mapToDouble(EncodedExample::weight).average().orElse(1);
        return examples.stream()
                .map(example -> example.withWeight((float) (example.weight() / mean)))
                .toList();
    }
}
