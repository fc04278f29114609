package dev.glosstream.jmh;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glosstream.app.bench.BenchTexts;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.pipeline.PreparedText;
import dev.glosstream.pipeline.TextPreparer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** {@value #COUNT} texts of a wide length distribution, and what the shipped bundles read of them. */
@State(Scope.Benchmark)
public class MixedTexts {
    /** How many; a benchmark takes them all at each call. */
    public static final int COUNT = 512;

    private static final Path EVENTS = Path.of("samples/events.jsonl");
    private static final Path MODELS = Path.of("models");

    /** The texts. */
    List<String> texts = List.of();
    /** The bundles for sentiment and for entities. */
    List<ModelBundle> bundles = List.of();
    /** The stages before the window. */
    TextPreparer preparer = new TextPreparer(List.of(), LimitSettings.DEFAULT);
    /** The texts, ready for the models. */
    List<PreparedText> prepared = List.of();

    /** Reads them; says how many tokens they have, so that figures per text can be turned into figures per token. */
    @Setup(Level.Trial)
    public void read() throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<String> base = Files.readAllLines(EVENTS).stream()
                .map(line -> text(json, line))
                .toList();
        texts = BenchTexts.mixed(base, COUNT).texts();
        bundles = List.of(
                ModelBundle.open(MODELS.resolve("sentiment-en")), ModelBundle.open(MODELS.resolve("entities-en")));
        preparer = new TextPreparer(bundles, LimitSettings.DEFAULT);
        prepared = texts.stream().map(this::prepare).toList();
        int tokens =
                prepared.stream().mapToInt(text -> text.text().tokens().size()).sum();
        System.out.printf("# texts: %d, tokens of a text: %.1f%n", COUNT, (double) tokens / COUNT);
    }

    private static String text(ObjectMapper json, String line) {
        try {
            return json.readTree(line).get("text").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PreparedText prepare(String text) {
        return preparer.prepare(text).fold(ready -> ready, rejection -> {
            throw new IllegalStateException("text: expected one to label, got " + rejection);
        });
    }
}
