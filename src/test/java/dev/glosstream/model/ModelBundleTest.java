package dev.glosstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.infer.LoadedModel;
import dev.glosstream.infer.TinyBundles;
import dev.glosstream.sequence.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelBundleTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void writeBundle() {
        TinyBundles.write(directory, Task.ENTITIES);
    }

    @Test
    void shouldOpenASoundBundle() throws IOException {
        ModelBundle bundle = ModelBundle.open(directory);

        assertThat(bundle.id()).isEqualTo("tiny-entities@0.0.1");
        assertThat(bundle.sha256()).isEqualTo(Digests.sha256(directory.resolve("manifest.json")));
        assertThat(bundle.transitions().tags()).startsWith("O", "B-PER", "I-PER");
    }

    @Test
    void shouldNameAMissingFile() throws IOException {
        Files.delete(directory.resolve("weights.params"));

        assertThatThrownBy(() -> ModelBundle.open(directory))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("file 'weights.params': missing");
    }

    @Test
    void shouldNameEveryAlteredFile() throws IOException {
        Files.writeString(directory.resolve("word.txt"), "<pad>\n<unknown>\nother\n");
        Files.writeString(directory.resolve("transitions.json"), "{}");

        assertThatThrownBy(() -> ModelBundle.open(directory))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("file 'word.txt': expected SHA-256")
                .hasMessageContaining("file 'transitions.json': expected SHA-256");
    }

    @Test
    void shouldRefuseAManifestThatListsNoChecksumOfItsWeights() throws IOException {
        alter("\"weights.params\" :", "\"other.params\" :");

        assertThatThrownBy(() -> ModelBundle.open(directory))
                .hasMessageContaining("file 'weights.params': expected a checksum in manifest.json, found none");
    }

    @Test
    void shouldRefuseAFileOutsideTheBundle() throws IOException {
        alter("\"weights.params\" :", "\"../weights.params\" :");

        assertThatThrownBy(() -> ModelBundle.open(directory))
                .hasMessageContaining("file '../weights.params': expected a path within the bundle");
    }

    @Test
    void shouldSayWhereAManifestIsBroken() throws IOException {
        Files.writeString(directory.resolve("manifest.json"), "{\n\"formatVersion\": oops");

        assertThatThrownBy(() -> ModelBundle.open(directory))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("expected a valid manifest.json")
                .hasMessageContaining("line 2");
    }

    @Test
    void shouldRefuseALaterFormat() throws IOException {
        alter("\"formatVersion\" : " + ModelManifest.FORMAT_VERSION, "\"formatVersion\" : 99");

        assertThatThrownBy(() -> ModelBundle.open(directory))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("formatVersion: expected " + ModelManifest.FORMAT_VERSION + ", got 99");
    }

    @Test
    void shouldRefuseAFolderWithoutManifest() {
        assertThatThrownBy(() -> ModelBundle.open(directory.resolve("nothing")))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("expected a bundle with manifest.json, found none");
    }

    @Test
    void shouldRefuseWeightsThatDoNotFitTheManifest() throws IOException {
        alter("\"stateSize\" : 6", "\"stateSize\" : 7");
        ModelBundle bundle = ModelBundle.open(directory);

        assertThatThrownBy(() -> LoadedModel.load(bundle).close())
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("that fit the manifest");
    }

    @Test
    void shouldRecordWhatWasMeasured() throws IOException {
        ModelBundle.open(directory).record("dev", Map.of("f1", 0.5));

        assertThat(ModelBundle.open(directory).manifest().metrics()).containsEntry("dev", Map.of("f1", 0.5));
        assertThat(directory.resolve("MODEL_CARD.md")).content().contains("| dev | f1 0.5000 |");
    }

    @Test
    void shouldKeepItsCheckOfAPrecision() throws IOException {
        PrecisionCheck check = new PrecisionCheck("dev.tsv", 2000, 1998, "f1", 0.71, 0.709, "test");
        ModelBundle.open(directory).check("bf16", check);

        ModelBundle checked = ModelBundle.open(directory);
        assertThat(checked.manifest().precisionChecks()).containsOnly(Map.entry("bf16", check));
        assertThat(check.describe()).isEqualTo("99.90 % same labels, f1 0.7100 -> 0.7090 on 2,000 dev texts");
        // Figures and temperature change no label, other weights and another format may
        checked.record("dev", Map.of("f1", 0.5));
        assertThat(ModelBundle.open(directory).manifest().precisionChecks()).containsKey("bf16");
        assertThat(checked.manifest().afterTraining(2, Map.of()).precisionChecks())
                .isEmpty();
        assertThat(checked.manifest()
                        .exported(new ModelManifest.Weights("w.pt", ModelManifest.Weights.TORCHSCRIPT, "bf16"))
                        .precisionChecks())
                .isEmpty();
    }

    @Test
    void shouldReadAManifestThatSaysNothingOfOtherPrecisions() throws IOException {
        assertThat(Files.readString(directory.resolve("manifest.json"))).doesNotContain("precisionChecks");
        assertThat(ModelBundle.open(directory).manifest().precisionChecks()).isEmpty();
    }

    @Test
    void shouldRefuseACheckOfMoreTextsThanThereWere() {
        assertThatThrownBy(() -> new PrecisionCheck("dev.tsv", 10, 11, "f1", 0.7, 0.7, "test"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected sameLabels 0 to texts, got 11 of 10");
    }

    @Test
    void shouldNotTrustACheckOfFewTexts() {
        assertThat(new PrecisionCheck("dev.tsv", 200, 200, "f1", 0.7, 0.7, "test").allows())
                .isTrue();
        assertThat(new PrecisionCheck("dev.tsv", 199, 199, "f1", 0.7, 0.7, "test").allows())
                .isFalse();
        assertThat(new PrecisionCheck("dev.tsv", 0, 0, "f1", 0, 0, "test").allows())
                .isFalse();
    }

    private void alter(String from, String to) throws IOException {
        Path manifest = directory.resolve("manifest.json");
        String text = Files.readString(manifest);
        assertThat(text).contains(from);
        Files.writeString(manifest, text.replace(from, to));
    }
}
