package dev.glosstream.infer;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.glosstream.model.Architecture;
import dev.glosstream.model.Architecture.Representation;
import dev.glosstream.model.CharacterColumn;
import dev.glosstream.model.EntryColumn;
import dev.glosstream.model.LexiconColumn;
import dev.glosstream.model.LstmSettings;
import dev.glosstream.model.LstmSettings.Directions;
import dev.glosstream.model.LstmSettings.InitialState;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.NgramColumn;
import dev.glosstream.model.TokenColumn;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.Task;
import dev.glosstream.sequence.TokenIds;
import dev.glosstream.sequence.TokenizedText;
import dev.glosstream.tokenize.TokenEncoder;
import dev.glosstream.tokenize.Tokenizer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints what each option of a network costs: the table of docs/network.md. Not among the tests; {@code mvn test
 * -Dtest=NetworkCost} runs it.
 *
 * <p>Processor time of the one thread that computes, so that what else the machine does counts little; the networks take
 * turns, and the median of the rounds is printed.
 */
class NetworkCost {
    private static final int ROUNDS = 9;
    private static final int ROWS = 64;
    private static final TokenColumn WORD = new EntryColumn(EntryColumn.Feature.WORD, 0, 100, "word.txt");

    @TempDir
    private Path folder;

    @Test
    void printTable() throws IOException {
        List<TokenizedText> texts = texts();
        Map<String, List<Double>> reading = new LinkedHashMap<>();
        Map<String, List<Double>> lookup = new LinkedHashMap<>();
        Map<String, LoadedModel> models = new LinkedHashMap<>();
        networks()
                .forEach((name, network) -> models.put(
                        name,
                        LoadedModel.load(
                                TinyBundles.write(folder.resolve("b" + models.size()), Task.SENTIMENT, network))));
        for (int round = 0; round < ROUNDS; round++) {
            models.forEach((name, model) -> {
                lookup.computeIfAbsent(name, key -> new ArrayList<>()).add(lookUp(model.bundle(), texts));
                reading.computeIfAbsent(name, key -> new ArrayList<>()).add(read(model, texts));
            });
        }
        System.out.println("| network | weights beside the tables | network, tokens/s | lookup, tokens/s |");
        models.forEach((name, model) -> System.out.printf(
                "| %s | %,d | %,.0f | %,.0f |%n",
                name,
                weights(model.bundle()),
                median(reading.getOrDefault(name, List.of())),
                median(lookup.getOrDefault(name, List.of()))));
        models.values().forEach(LoadedModel::close);
    }

    private static Map<String, Architecture> networks() {
        Map<String, Architecture> networks = new LinkedHashMap<>();
        networks.put("word 100, LSTM 128 in both directions, max-mean", of(LstmSettings.bidirectional(128, 1), WORD));
        networks.put("stateSize 64", of(LstmSettings.bidirectional(64, 1), WORD));
        networks.put("stateSize 256", of(LstmSettings.bidirectional(256, 1), WORD));
        networks.put("layers 2", of(LstmSettings.bidirectional(128, 2), WORD));
        networks.put(
                "directions forward", of(new LstmSettings(128, 1, Directions.FORWARD, false, InitialState.ZERO), WORD));
        networks.put("layerNorm", of(new LstmSettings(128, 1, Directions.BOTH, true, InitialState.ZERO), WORD));
        networks.put(
                "initialState learned",
                of(new LstmSettings(128, 1, Directions.BOTH, false, InitialState.LEARNED), WORD));
        networks.put("representation last", represented(Representation.LAST));
        networks.put("representation attention", represented(Representation.ATTENTION));
        networks.put("dimension 200", with(new EntryColumn(EntryColumn.Feature.WORD, 0, 100, "more.txt")));
        networks.put("+ suffix 16", with(new EntryColumn(EntryColumn.Feature.SUFFIX, 3, 16, "suffix.txt")));
        networks.put("+ shape 8", with(new EntryColumn(EntryColumn.Feature.SHAPE, 0, 8, "shape.txt")));
        networks.put("+ lexicon 12, 2 ids", with(new LexiconColumn(2, 12, "lexicon.gz")));
        networks.put("+ lexicon 24, 8 ids", with(new LexiconColumn(8, 24, "lexicon.gz")));
        networks.put("+ ngrams 50, 3 to 5, 24 ids", with(new NgramColumn(3, 5, 24, 20_000, 50)));
        networks.put(
                "+ characters 24 by cnn 40, length 16",
                with(new CharacterColumn(CharacterColumn.Reader.CNN, 16, 24, 40, "letters.txt")));
        networks.put(
                "+ characters 24 by lstm 40, length 16",
                with(new CharacterColumn(CharacterColumn.Reader.LSTM, 16, 24, 40, "letters.txt")));
        return networks;
    }

    private static Architecture of(LstmSettings lstm, TokenColumn... columns) {
        return Architecture.of(List.of(columns), lstm, 512);
    }

    private static Architecture with(TokenColumn column) {
        return of(LstmSettings.bidirectional(128, 1), WORD, column);
    }

    private static Architecture represented(Representation representation) {
        return new Architecture(
                List.of(WORD), LstmSettings.bidirectional(128, 1), representation, 512, Architecture.Truncation.HEAD);
    }

    /** The sample texts, two by two, so that they are about as long as a tweet. */
    private static List<TokenizedText> texts() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("samples/train/sentiment-train.tsv"));
        List<TokenizedText> texts = new ArrayList<>();
        for (int index = 0; index + 1 < lines.size() && texts.size() < ROWS; index += 2) {
            texts.add(new Tokenizer().tokenize(text(lines.get(index)) + " " + text(lines.get(index + 1))));
        }
        return texts;
    }

    private static String text(String line) {
        return line.substring(line.indexOf('\t') + 1);
    }

    private static double lookUp(ModelBundle bundle, List<TokenizedText> texts) {
        TokenEncoder encoder = TokenEncoder.of(bundle);
        return tokensPerSecond(texts, () -> texts.forEach(encoder::encode));
    }

    private static double read(LoadedModel model, List<TokenizedText> texts) {
        TokenEncoder encoder = TokenEncoder.of(model.bundle());
        List<TokenIds> rows = texts.stream().map(encoder::encode).toList();
        try (SequenceScorer scorer = model.newScorer()) {
            return tokensPerSecond(texts, () -> scorer.score(new PaddedBatch(rows)));
        }
    }

    private static double tokensPerSecond(List<TokenizedText> texts, Runnable work) {
        int tokens = texts.stream().mapToInt(text -> text.tokens().size()).sum();
        for (int repeat = 0; repeat < 3; repeat++) {
            work.run();
        }
        int repeats = 5;
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int repeat = 0; repeat < repeats; repeat++) {
            work.run();
        }
        long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        return tokens * 1e9 * repeats / nanos;
    }

    private static long weights(ModelBundle bundle) {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            SequenceNetwork network = LoadedModel.network(bundle.manifest(), bundle.ids(), DropoutRates.NONE);
            network.initialize(
                    manager,
                    DataType.FLOAT32,
                    BatchArrays.shapes(bundle.manifest().architecture()));
            return network.getParameters().stream()
                    .filter(pair -> !pair.getKey().endsWith("embedding"))
                    .mapToLong(pair -> pair.getValue().getArray().size())
                    .sum();
        }
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
