package dev.glosstream.app.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.model.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the cost is measured over as work grows: ten times as many events, twice; and texts ten times as long, twice.
 *
 * <p>A run that is over early says nothing about so many events, so none of these is: {@code --longest} is not for them. Runs
 * over the length of texts have as many tokens each, so that they take about as long.
 *
 * @param texts whose words are labelled
 * @param events of the longest run, at least {@value #FEWEST_EVENTS}
 */
public record Growth(BenchTexts texts, int events) {
    /** The fewest that can be divided by ten twice. */
    public static final int FEWEST_EVENTS = 100;
    /** What grows in the first three runs. */
    static final String EVENTS = "events";
    /** What grows in the other three: tokens of a text. */
    static final String TOKENS = "tokens of a text";

    private static final Duration NO_END = Duration.ofDays(1);
    private static final List<Integer> LENGTHS = List.of(10, 100, 1000);
    /** Tokens of each run over lengths, for every event of the longest run over events. */
    private static final int TOKENS_PER_EVENT = 1;
    /** Of the texts that are measured, how many are labelled before them. */
    private static final int WARM_UP_SHARE = 4;

    private static final int DISTINCT_TEXTS = 12_000;

    /** Requires enough events. */
    public Growth {
        if (events < FEWEST_EVENTS) {
            throw new IllegalArgumentException("growth: expected at least " + FEWEST_EVENTS + " events, got " + events);
        }
    }

    /**
     * One run.
     *
     * @param what grows
     * @param value how far it has grown
     * @param load the texts; all of them are measured
     */
    record Step(String what, int value, Load load) {
        /**
         * Returns the bundles to label with. Texts of a length are read whole, however long they are.
         *
         * @param folder for copies
         */
        Map<String, Path> models(Map<String, Path> models, Path folder) throws IOException {
            return what.equals(TOKENS) ? reading(value, models, folder) : models;
        }

        /** Returns the settings of a pipeline that takes the texts. */
        Map<String, Object> settings() {
            int chars = load.texts().stream().mapToInt(String::length).max().orElse(0);
            return chars <= LimitSettings.DEFAULT.maxChars() ? Map.of() : Map.of("limits", Map.of("maxChars", chars));
        }
    }

    /**
     * Returns the runs, those over events first, each growing.
     *
     * @param warmUp the most texts that are labelled before the clock starts
     */
    List<Step> steps(int warmUp, int partitions) {
        List<Step> steps = new ArrayList<>();
        for (int count : List.of(events / 100, events / 10, events)) {
            steps.add(step(EVENTS, count, texts, count, warmUp, partitions));
        }
        for (int length : LENGTHS) {
            int count = Math.max(1, (int) ((long) TOKENS_PER_EVENT * events / length));
            BenchTexts cut = BenchTexts.ofLength(texts, length, Math.min(DISTINCT_TEXTS, count));
            steps.add(step(TOKENS, length, cut, count, Math.min(warmUp, count / WARM_UP_SHARE), partitions));
        }
        return steps;
    }

    private static Step step(String what, int value, BenchTexts texts, int count, int warmUp, int partitions) {
        return new Step(what, value, Load.of(texts, Math.max(1, warmUp), count, NO_END, partitions));
    }

    /**
     * Returns bundles that read texts of so many tokens whole: copies of those that do not, with another {@code
     * maxSequenceLength}. Nothing else of an LSTM depends on it.
     *
     * @param models folder of the bundle of each task
     * @param folder for copies
     */
    static Map<String, Path> reading(int tokens, Map<String, Path> models, Path folder) throws IOException {
        Map<String, Path> reading = new LinkedHashMap<>();
        for (Map.Entry<String, Path> model : models.entrySet()) {
            ModelBundle bundle = ModelBundle.open(model.getValue());
            boolean whole = bundle.manifest().architecture().maxSequenceLength() >= tokens;
            reading.put(model.getKey(), whole ? model.getValue() : copy(model.getValue(), tokens, folder));
        }
        return reading;
    }

    private static Path copy(Path bundle, int tokens, Path folder) throws IOException {
        Path copy = Files.createTempDirectory(folder, "bundle-");
        try (Stream<Path> files = Files.list(bundle)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(bundle.relativize(file)));
            }
        }
        Path manifest = copy.resolve(ModelBundle.MANIFEST);
        ObjectMapper json = new ObjectMapper();
        ObjectNode all = (ObjectNode) json.readTree(manifest.toFile());
        all.withObject("/architecture").put("maxSequenceLength", tokens);
        json.writeValue(manifest.toFile(), all);
        return copy;
    }
}
