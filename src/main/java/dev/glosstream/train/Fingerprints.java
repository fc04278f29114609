package dev.glosstream.train;

import dev.glosstream.model.Digests;
import dev.glosstream.train.corpus.CorpusExample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/** What a checkpoint belongs to, in short: SHA-256 of everything that decides what the next step does. */
final class Fingerprints {
    private Fingerprints() {}

    /** Returns the fingerprint of all settings. */
    static String of(TrainingRecipe recipe, String program) {
        MessageDigest digest = Digests.sha256();
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
        MessageDigest digest = Digests.sha256();
        examples.forEach(example -> add(digest, example.toString()));
        add(digest, "dev");
        data.dev().examples().forEach(example -> add(digest, example.toString()));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Returns the fingerprint of some examples. */
    static String of(List<CorpusExample> examples) {
        MessageDigest digest = Digests.sha256();
        examples.forEach(example -> add(digest, example.toString()));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Returns the fingerprint of what stands in some files; there may be none at a path, which is one more content. */
    static String ofFiles(List<Path> files) throws IOException {
        MessageDigest digest = Digests.sha256();
        for (Path file : files) {
            add(digest, Files.isRegularFile(file) ? Digests.sha256(file) : "none");
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }
}
