package dev.glosstream.testkit;

import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.Vocabulary;
import dev.glosstream.sequence.BioTagSet;
import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.Task;
import dev.glosstream.sequence.TokenizedText;
import dev.glosstream.tokenize.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules in token ids, and the scores that follow from them. Immutable; any thread. */
final class RuleBook {
    /** So much more than the others that softmax and CRF leave no doubt. */
    private static final float CERTAIN = 10;
    /** Of the neutral class: less than one word of another counts, more than none. */
    private static final float NO_WORD = CERTAIN / 2;

    private final Task task;
    private final List<String> labels;
    private final Map<Integer, List<Integer>> classesByWord = new HashMap<>();
    private final List<Phrase> phrases = new ArrayList<>();
    private final Set<Integer> poison = new HashSet<>();

    /** A name and the number of its type. */
    private record Phrase(List<Integer> ids, int type) {}

    RuleBook(
            ModelBundle bundle,
            Map<String, List<String>> wordsByLabel,
            Map<String, List<String>> phrasesByType,
            List<String> poison) {
        this.task = bundle.task();
        this.labels = bundle.manifest().labels();
        Vocabulary vocabulary = (Vocabulary) bundle.ids().get(0);
        poison.forEach(word -> this.poison.addAll(ids(vocabulary, word)));
        if (task == Task.SENTIMENT) {
            wordsByLabel.forEach((label, words) ->
                    words.forEach(word -> ids(vocabulary, word).forEach(id -> classesByWord
                            .computeIfAbsent(id, first -> new ArrayList<>())
                            .add(labels.indexOf(label)))));
        } else {
            phrasesByType.forEach((type, names) ->
                    names.forEach(name -> phrases.add(new Phrase(ids(vocabulary, name), labels.indexOf(type)))));
            // The longest name that fits wins.
            phrases.sort(
                    Comparator.comparing((Phrase phrase) -> phrase.ids().size()).reversed());
        }
    }

    /** Returns the words of a text as the tokenizer normalises them. */
    static List<String> norms(String words) {
        TokenizedText text = new Tokenizer().tokenize(words);
        if (text.tokens().isEmpty()) {
            throw new IllegalArgumentException("rule models: expected a word, got '" + words + "'");
        }
        return text.tokens().stream().map(token -> token.norm()).toList();
    }

    private static List<Integer> ids(Vocabulary vocabulary, String words) {
        return norms(words).stream().map(vocabulary::id).toList();
    }

    /** Returns what is predicted. */
    Task task() {
        return task;
    }

    /** Returns whether the models fail on a text. */
    boolean isPoison(long[] ids) {
        return Arrays.stream(ids).anyMatch(id -> poison.contains((int) id));
    }

    /** Returns the scores of one text. */
    ScoreMatrix score(long[] ids) {
        return task == Task.SENTIMENT ? sentiment(ids) : entities(ids);
    }

    private ScoreMatrix sentiment(long[] ids) {
        int[] words = new int[labels.size()];
        for (long id : ids) {
            classesByWord.getOrDefault((int) id, List.of()).forEach(label -> words[label]++);
        }
        int most = Arrays.stream(words).max().orElse(0);
        long leaders = Arrays.stream(words).filter(count -> count == most).count();
        float[] logits = new float[labels.size()];
        for (int label = 0; label < words.length; label++) {
            boolean wins = words[label] == most && most > 0 && leaders == 1;
            logits[label] = wins ? CERTAIN : 0;
        }
        int neutral = labels.indexOf(RuleModels.NEUTRAL);
        logits[neutral] = Math.max(logits[neutral], NO_WORD);
        return new ScoreMatrix(logits, logits.length);
    }

    private ScoreMatrix entities(long[] ids) {
        BioTagSet tags = BioTagSet.of(labels);
        float[] emissions = new float[ids.length * tags.size()];
        int position = 0;
        while (position < ids.length) {
            position += mark(ids, position, emissions, tags);
        }
        return new ScoreMatrix(emissions, tags.size());
    }

    /** Marks the name that begins at a position, if one does, and returns how many tokens are done with. */
    private int mark(long[] ids, int position, float[] emissions, BioTagSet tags) {
        for (Phrase phrase : phrases) {
            if (beginsAt(ids, position, phrase.ids())) {
                for (int word = 0; word < phrase.ids().size(); word++) {
                    int tag = word == 0 ? tags.begin(phrase.type()) : tags.inside(phrase.type());
                    emissions[(position + word) * tags.size() + tag] = CERTAIN;
                }
                return phrase.ids().size();
            }
        }
        emissions[position * tags.size() + BioTagSet.OUTSIDE] = CERTAIN;
        return 1;
    }

    private static boolean beginsAt(long[] ids, int position, List<Integer> phrase) {
        if (position + phrase.size() > ids.length) {
            return false;
        }
        for (int word = 0; word < phrase.size(); word++) {
            if (ids[position + word] != phrase.get(word)) {
                return false;
            }
        }
        return true;
    }
}
