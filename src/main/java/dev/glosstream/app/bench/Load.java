package dev.glosstream.app.bench;

import dev.glosstream.tokenize.Tokenizer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a subject is given: texts that lie in the topic before it starts.
 *
 * @param texts in their order, those of the warm-up first
 * @param tokens of each text
 * @param warmUp how many results are awaited before the clock starts
 * @param longest how long is measured at most; a slow subject does not get through all texts
 * @param partitions of every topic
 */
public record Load(List<String> texts, List<Integer> tokens, int warmUp, Duration longest, int partitions) {

    /** Returns a load of so many measured texts. */
    public static Load of(BenchTexts texts, int warmUp, int count, Duration longest, int partitions) {
        List<String> all = texts.shuffled(warmUp + count);
        Tokenizer tokenizer = new Tokenizer();
        Map<String, Integer> known = new HashMap<>();
        List<Integer> tokens = all.stream()
                .map(text -> known.computeIfAbsent(
                        text, each -> tokenizer.tokenize(each).tokens().size()))
                .toList();
        return new Load(all, tokens, warmUp, longest, partitions);
    }

    /** Returns the texts after those of the warm-up. */
    List<String> measured() {
        return texts.subList(warmUp, texts.size());
    }

    /** Returns the number of their tokens. */
    long measuredTokens() {
        return tokens.subList(warmUp, tokens.size()).stream()
                .mapToLong(Integer::longValue)
                .sum();
    }

    /** Returns the same for topics of another number of partitions. */
    Load withPartitions(int other) {
        return new Load(texts, tokens, warmUp, longest, other);
    }
}
