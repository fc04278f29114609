package dev.glosstream.train;

import dev.glosstream.model.IdSpace;
import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.Task;
import dev.glosstream.sequence.TokenizedText;
import dev.glosstream.tokenize.TokenEncoder;
import dev.glosstream.tokenize.Tokenizer;
import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.corpus.CorpusException;
import dev.glosstream.train.corpus.JoinedList;
import dev.glosstream.train.corpus.MaskedNames;
import dev.glosstream.train.corpus.StoredExamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

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
        List<CorpusExample> labelled = data.training().examples();
        boolean tagging = recipe.task() == Task.ENTITIES;
        if (tagging) {
            labelled = new JoinedList<>(labelled, tagged(data.unlabelled().examples()));
            labelled = new MaskedNames(data.names(), random).fill(labelled);
        }
        List<CorpusExample> renamed = new MentionCopies(data.names(), random)
                .add(labelled, recipe.training().mentionCopies());
        List<CorpusExample> all = CaseCopies.add(renamed, recipe.training().caseCopies(), random);
        return tagging ? all : new JoinedList<>(all, data.unlabelled().examples());
    }

    private List<CorpusExample> tagged(List<CorpusExample> sentences) {
        if (sentences.isEmpty()) {
            return sentences;
        }
        List<CorpusExample> tagged = StoredExamples.create();
        try (Teachers teachers = Teachers.open(recipe)) {
            for (List<CorpusExample> window : windows(sentences)) {
                List<Optional<List<Entity>>> entities = teachers.entities(texts(window));
                for (int index = 0; index < window.size(); index++) {
                    CorpusExample sentence = window.get(index);
                    entities.get(index).ifPresent(found -> tagged.add(sentence.withEntities(found)));
                }
            }
        }
        listener.onNote("teachers labelled " + tagged.size() + " sentences");
        return tagged;
    }

    private static List<String> texts(List<CorpusExample> examples) {
        return examples.stream().map(CorpusExample::text).toList();
    }

    /** Cuts a list into parts, each read when it is its turn. */
    private static Iterable<List<CorpusExample>> windows(List<CorpusExample> examples) {
        return () -> IntStream.iterate(0, start -> start < examples.size(), start -> start + Teachers.WINDOW)
                .mapToObj(start ->
                        List.copyOf(examples.subList(start, Math.min(examples.size(), start + Teachers.WINDOW))))
                .iterator();
    }

    /** Returns the tokens of every text, each cut when it is its turn. */
    Iterable<TokenizedText> tokenized(List<CorpusExample> examples) {
        return () -> examples.stream()
                .map(example -> tokenizer.tokenize(example.text()))
                .iterator();
    }

    /**
     * Encodes every text that has a token; the mean of all weights is 1.
     *
     * @param encoded filled
     */
    void encode(List<CorpusExample> examples, List<IdSpace> ids, EncodedExamples encoded) {
        ExampleEncoder encoder = new ExampleEncoder(
                recipe.labels(),
                new TokenEncoder(recipe.architecture().reading(recipe.training().maxSequenceLength()), ids));
        TargetBuilder targets =
                new TargetBuilder(recipe.labels(), recipe.training().targets(), examples);
        try (TeacherOpinions opinions = TeacherOpinions.open(recipe, examples)) {
            for (List<CorpusExample> window : windows(examples)) {
                List<Optional<float[]>> taught = opinions.of(texts(window));
                for (int index = 0; index < window.size(); index++) {
                    encode(window.get(index), taught.get(index), encoder, targets)
                            .ifPresent(encoded::add);
                }
            }
            if (opinions.isAsked()) {
                listener.onNote("teachers judged " + examples.size() + " texts");
            }
        }
        encoded.normalise();
    }

    private Optional<EncodedExample> encode(
            CorpusExample example, Optional<float[]> taught, ExampleEncoder encoder, TargetBuilder targets) {
        TokenizedText text = tokenizer.tokenize(example.text());
        boolean refused = example.label().isEmpty() && taught.isEmpty();
        if (text.tokens().isEmpty()) {
            return Optional.empty();
        }
        if (recipe.task() == Task.ENTITIES) {
            return Optional.of(encoder.encodeTags(example, text));
        }
        return refused ? Optional.empty() : Optional.of(encoder.encodeClass(example, text, targets, taught));
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
}
