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
    @ValueSource(strings = {"sentiment-en", "entities-en"})
    void shouldVerifyAndBeSmall(String name) throws IOException {
        ModelBundle bundle = open(name);

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
    @ValueSource(strings = {"sentiment-en", "entities-en"})
    void shouldBeAllowedToComputeInBf16(String name) {
        assertThat(open(name).manifest().precisionChecks().get("bf16"))
                .as("the check of %s", name)
                .matches(PrecisionCheck::allows, "allows it")
                .matches(check -> check.texts() >= 2000, "on enough texts");
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
