package dev.glosstream.train;

import dev.glosstream.train.corpus.CorpusExample;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/** What a checkpoint belongs to, in short: SHA-256 of everything that decides what the next step does. */
final class Fingerprints {
    private Fingerprints() {}

    /** Returns the fingerprint of all settings. */
    static String of(TrainingRecipe recipe, String program) {
        MessageDigest digest = sha256();
        add(digest, program);
        add(digest, recipe.task().code() + recipe.name() + recipe.version() + recipe.license());
        add(digest, recipe.attributions().toString() + recipe.labels());
        add(digest, recipe.columns().toString() + recipe.architecture() + recipe.teachers());
        add(digest, recipe.pretraining().isAsked() ? recipe.pretraining().toString() : "");
        add(digest, new TreeMap<>(recipe.training().asText()).toString());
        add(digest, String.valueOf(recipe.training().seed()));
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Returns the fingerprint of all examples.
     *
     * @param examples what is learned from
     */
    static String of(List<CorpusExample> examples, TrainingData data) {
        MessageDigest digest = sha256();
        examples.forEach(example -> add(digest, example.toString()));
        add(digest, "dev");
        data.dev().examples().forEach(example -> add(digest, example.toString()));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Returns the fingerprint of some examples. */
    static String of(List<CorpusExample> examples) {
        MessageDigest digest = sha256();
        examples.forEach(example -> add(digest, example.toString()));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
