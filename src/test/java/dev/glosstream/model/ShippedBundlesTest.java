package dev.glosstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bundles that ship, and what the README says of them. */
class ShippedBundlesTest {
    private static final long LARGEST_BYTES = 15_000_000;

    @ParameterizedTest
    @CsvSource({
        "sentiment-en, sentiment-en",
        "entities-en, entities-en",
        "joint-en/sentiment, joint-sentiment-en",
        "joint-en/entities, joint-entities-en",
    })
    void shouldVerifyAndBeSmall(String folder, String name) throws IOException {
        ModelBundle bundle = open(folder);

        long bytes = 0;
        for (String file : bundle.manifest().files().keySet()) {
            bytes += Files.size(bundle.directory().resolve(file));
        }
        assertThat(bytes).isLessThan(LARGEST_BYTES);
        assertThat(bundle.manifest().name()).isEqualTo(name);
        assertThat(bundle.manifest().attributions()).isNotEmpty();
        assertThat(Files.readString(bundle.directory().resolve(ModelBundle.CARD)))
                .isEqualTo(ModelCard.of(bundle.manifest()));
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource({
        "sentiment-en, goemotions/test.tsv, macroF1, macro-F1",
        "sentiment-en, tweeteval/test_text.txt, macroRecall, macro-recall",
        "entities-en, uner-ewt/en_ewt-ud-dev.iob2, f1, F1",
        "entities-en, wnut17/emerging.test.annotated, f1, F1",
        "entities-en, btc/f.conll, f1, F1",
    })
    void shouldBeQuotedInTheReadmeAsMeasured(String name, String data, String measure, String words)
            throws IOException {
        Map<String, Double> measured = open(name).manifest().metrics().getOrDefault(data, Map.of());
        assertThat(measured)
                .as("figures of %s in the manifest of %s", data, name)
                .containsKey(measure);

        String quote = String.format(Locale.ROOT, "`%s` %s %.4f", data, words, measured.getOrDefault(measure, 0.0));
        assertThat(Files.readString(Path.of("README.md"))).contains(quote);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sentiment-en", "entities-en", "joint-en/sentiment", "joint-en/entities"})
    void shouldBeAllowedToComputeInBf16(String name) {
        assertThat(open(name).manifest().precisionChecks().get("bf16"))
                .as("the check of %s", name)
                .matches(PrecisionCheck::allows, "allows it")
                .matches(check -> check.texts() >= 2000, "on enough texts");
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource({
        "joint-en/sentiment, goemotions/test.tsv, macroF1, macro-F1",
        "joint-en/sentiment, tweeteval/test_text.txt, macroRecall, macro-recall",
        "joint-en/sentiment, newsmtsc/devtest_mt.jsonl, macroF1, macro-F1",
        "joint-en/entities, uner-ewt/en_ewt-ud-dev.iob2, f1, F1",
        "joint-en/entities, wnut17/emerging.test.annotated, f1, F1",
        "joint-en/entities, btc/f.conll, f1, F1",
    })
    void shouldBeComparedWithTheBundlesOfOneTaskAsMeasured(String folder, String data, String measure, String words)
            throws IOException {
        String alone = folder.substring(folder.indexOf('/') + 1) + "-en";
        String row = String.format(
                Locale.ROOT,
                "`%s` | %s | %.4f | %.4f |",
                data,
                words,
                open(alone).manifest().metrics().getOrDefault(data, Map.of()).getOrDefault(measure, 0.0),
                open(folder).manifest().metrics().getOrDefault(data, Map.of()).getOrDefault(measure, 0.0));

        assertThat(Files.readString(Path.of("docs", "joint.md"))).contains(row);
    }

    @Test
    void shouldShareAnEncoderWhereTheyAreJoint() {
        assertThat(open("joint-en/sentiment").sharesEncoder(open("joint-en/entities")))
                .isTrue();
        assertThat(open("joint-en/sentiment").sharesEncoder(open("sentiment-en")))
                .isFalse();
    }

    @Test
    void shouldBeNamedInTheReadmeWithTheirVersions() throws IOException {
        String readme = Files.readString(Path.of("README.md"));

        assertThat(readme)
                .contains(open("sentiment-en").id())
                .contains(open("entities-en").id());
    }

    private static ModelBundle open(String name) {
        return ModelBundle.open(Path.of("models", name));
    }
}
