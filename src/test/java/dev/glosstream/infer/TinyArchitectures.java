package dev.glosstream.infer;

import dev.glosstream.model.Architecture;
import dev.glosstream.model.Architecture.Representation;
import dev.glosstream.model.CharacterColumn;
import dev.glosstream.model.EntryColumn;
import dev.glosstream.model.LexiconColumn;
import dev.glosstream.model.LstmSettings;
import dev.glosstream.model.LstmSettings.Directions;
import dev.glosstream.model.LstmSettings.InitialState;
import dev.glosstream.model.NgramColumn;
import dev.glosstream.model.TokenColumn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small networks, one for every option there is. */
public final class TinyArchitectures {
    private static final TokenColumn WORD = new EntryColumn(EntryColumn.Feature.WORD, 0, 6, "word.txt");
    private static final TokenColumn CNN = new CharacterColumn(CharacterColumn.Reader.CNN, 6, 4, 5, "characters.txt");
    private static final TokenColumn LSTM = new CharacterColumn(CharacterColumn.Reader.LSTM, 6, 4, 4, "letters.txt");

    private TinyArchitectures() {}

    /** Returns the networks by what is particular to each. */
    public static Map<String, Architecture> all() {
        Map<String, Architecture> all = new LinkedHashMap<>();
        lstms(all);
        columns(all);
        all.put(
                "everything",
                new Architecture(
                        List.of(
                                WORD,
                                affix(EntryColumn.Feature.PREFIX, "affix.txt"),
                                affix(EntryColumn.Feature.SUFFIX, "affix.txt"),
                                new EntryColumn(EntryColumn.Feature.SHAPE, 0, 3, "shape.txt"),
                                new LexiconColumn(3, 4, "lexicon.gz"),
                                new NgramColumn(2, 3, 5, 20, 4),
                                CNN,
                                LSTM),
                        lstm(Directions.BOTH, 2, true, InitialState.LEARNED),
                        Representation.ATTENTION,
                        64,
                        Architecture.Truncation.HEAD));
        return all;
    }

    /** Returns a network whose prefixes and suffixes look up one table. */
    public static Architecture sharedTable() {
        return columns(affix(EntryColumn.Feature.PREFIX, "affix.txt"), affix(EntryColumn.Feature.SUFFIX, "affix.txt"));
    }

    /** Returns a bidirectional network that reads so many tokens of a text. */
    static Architecture reading(int tokens) {
        Architecture usual = words(lstm(Directions.BOTH, 1, false, InitialState.ZERO));
        return new Architecture(usual.columns(), usual.lstm(), usual.representation(), tokens, usual.truncation());
    }

    private static void lstms(Map<String, Architecture> all) {
        for (Directions directions : Directions.values()) {
            for (int layers = 1; layers <= 2; layers++) {
                all.put(directions + ", layers " + layers, words(lstm(directions, layers, false, InitialState.ZERO)));
            }
            for (Representation representation : Representation.values()) {
                all.put(
                        directions + ", " + representation,
                        new Architecture(
                                List.of(WORD),
                                lstm(directions, 1, false, InitialState.ZERO),
                                representation,
                                64,
                                Architecture.Truncation.HEAD));
            }
            all.put(directions + ", layer norm", words(lstm(directions, 2, true, InitialState.ZERO)));
            all.put(directions + ", learned initial state", words(lstm(directions, 2, false, InitialState.LEARNED)));
        }
    }

    private static void columns(Map<String, Architecture> all) {
        all.put("prefix", columns(affix(EntryColumn.Feature.PREFIX, "prefix.txt")));
        all.put("suffix", columns(affix(EntryColumn.Feature.SUFFIX, "suffix.txt")));
        all.put("shape", columns(new EntryColumn(EntryColumn.Feature.SHAPE, 0, 3, "shape.txt")));
        all.put("one table for prefix and suffix", sharedTable());
        all.put("lexicon", columns(WORD, new LexiconColumn(3, 4, "lexicon.gz")));
        all.put("lexicon, one class", columns(WORD, new LexiconColumn(1, 4, "lexicon.gz")));
        all.put("n-grams", columns(new NgramColumn(2, 3, 5, 20, 4)));
        all.put("n-grams, one", columns(WORD, new NgramColumn(5, 5, 1, 20, 4)));
        all.put("characters by a CNN", columns(CNN));
        all.put("characters by an LSTM", columns(LSTM));
    }

    private static Architecture words(LstmSettings lstm) {
        return Architecture.of(List.of(WORD), lstm, 64);
    }

    private static Architecture columns(TokenColumn... columns) {
        return Architecture.of(List.of(columns), LstmSettings.bidirectional(4, 1), 64);
    }

    private static TokenColumn affix(EntryColumn.Feature feature, String file) {
        return new EntryColumn(feature, 2, 3, file);
    }

    private static LstmSettings lstm(Directions directions, int layers, boolean norm, InitialState initialState) {
        return new LstmSettings(4, layers, directions, norm, initialState);
    }
}
