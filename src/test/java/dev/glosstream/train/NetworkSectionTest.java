package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.glosstream.config.ConfigException;
import dev.glosstream.config.SettingsFile;
import dev.glosstream.model.Architecture;
import dev.glosstream.model.CharacterColumn;
import dev.glosstream.model.EntryColumn;
import dev.glosstream.model.LexiconColumn;
import dev.glosstream.model.LstmSettings;
import dev.glosstream.model.NgramColumn;
import dev.glosstream.sequence.Task;
import dev.glosstream.train.ColumnRecipe.Entries;
import dev.glosstream.train.ColumnRecipe.Table;
import dev.glosstream.train.corpus.WordClasses;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkSectionTest {

    @Test
    void shouldReadEveryKeyOfTheNetwork() {
        Architecture architecture =
                read("""
                        columns: [{feature: word, dimension: 3}]
                        stateSize: 7
                        layers: 2
                        directions: forward
                        layerNorm: true
                        initialState: learned
                        representation: attention
                        maxSequenceLength: 99
                        truncation: head-tail
                        """)
                        .architecture();

        assertThat(architecture.lstm())
                .isEqualTo(new LstmSettings(
                        7, 2, LstmSettings.Directions.FORWARD, true, LstmSettings.InitialState.LEARNED));
        assertThat(architecture.representation()).isEqualTo(Architecture.Representation.ATTENTION);
        assertThat(architecture.maxSequenceLength()).isEqualTo(99);
        assertThat(architecture.truncation()).isEqualTo(Architecture.Truncation.HEAD_TAIL);
    }

    @Test
    void shouldHaveDefaults() {
        NetworkSection.Network network = read("columns: [{feature: word, dimension: 3}]\nstateSize: 7\n");

        assertThat(network.architecture())
                .isEqualTo(Architecture.of(
                        List.of(new EntryColumn(EntryColumn.Feature.WORD, 0, 3, "word.vocabulary.txt")),
                        LstmSettings.bidirectional(7, 1),
                        512));
        assertThat(network.columns().get(0).vocabulary()).isEqualTo(new Entries(Entries.Source.TEXTS, 2, 20_000));
        assertThat(network.columns().get(0).table()).isEqualTo(Table.DEFAULT);
    }

    @Test
    void shouldReadEveryKeyOfAColumn() {
        NetworkSection.Network network = read(
                """
                minCount: 3
                maxVocabulary: 500
                stateSize: 7
                columns:
                  - {feature: word, dimension: 3, table: glove, vocabulary: both, minCount: 4, maxVocabulary: 600,
                     vectors: v.txt, initializer: uniform, scale: 0.2, frozenEpochs: 5, l2: 0.01, maxNorm: 2}
                  - {feature: prefix, length: 2, dimension: 4, initializer: xavier}
                  - {feature: suffix, length: 3, dimension: 5}
                  - {feature: shape, dimension: 6}
                  - {feature: lexicon, dimension: 7, idsPerToken: 2, lexicon: [a=vader:v.txt, b=w.txt]}
                  - {feature: ngrams, dimension: 8, shortest: 2, longest: 4, buckets: 99, idsPerToken: 9}
                  - {feature: characters, dimension: 9, reader: lstm, length: 10, filters: 6}
                """);

        assertThat(network.architecture().columns())
                .containsExactly(
                        new EntryColumn(EntryColumn.Feature.WORD, 0, 3, "glove.vocabulary.txt"),
                        new EntryColumn(EntryColumn.Feature.PREFIX, 2, 4, "prefix2.vocabulary.txt"),
                        new EntryColumn(EntryColumn.Feature.SUFFIX, 3, 5, "suffix3.vocabulary.txt"),
                        new EntryColumn(EntryColumn.Feature.SHAPE, 0, 6, "shape.vocabulary.txt"),
                        new LexiconColumn(2, 7, "lexicon.lexicon.tsv.gz"),
                        new NgramColumn(2, 4, 9, 99, 8),
                        new CharacterColumn(CharacterColumn.Reader.LSTM, 10, 9, 6, "characters.vocabulary.txt"));
        ColumnRecipe word = network.columns().get(0);
        assertThat(word.vocabulary()).isEqualTo(new Entries(Entries.Source.BOTH, 4, 600));
        assertThat(word.table()).isEqualTo(new Table(Table.Start.UNIFORM, 0.2, Optional.of("v.txt"), 5, 0.01, 2));
        assertThat(network.columns().get(1).vocabulary()).isEqualTo(new Entries(Entries.Source.TEXTS, 3, 500));
        assertThat(network.columns().get(1).table().start()).isEqualTo(Table.Start.XAVIER);
        assertThat(network.columns().get(4).lexicon())
                .containsExactly(
                        new LexiconSource("a", WordClasses.Format.VADER, "v.txt"),
                        new LexiconSource("b", WordClasses.Format.LIST, "w.txt"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "feature: word, buckets: 9|buckets: expected no such key for feature 'word', got it; ngrams use it",
                "feature: shape, length: 9|length: expected no such key for feature 'shape', got it; prefix, suffix,"
                        + " characters use it",
                "feature: ngrams, vectors: v.txt|vectors: expected no such key for feature 'ngrams', got it;",
                "feature: ngrams, table: x|table: expected no such key for feature 'ngrams', got it;",
                "feature: lexicon, lexicon: [a=b], minCount: 2|minCount: expected no such key for feature 'lexicon'",
                "feature: prefix|length: expected a whole number, 1 to 8, got nothing",
                "feature: suffix, length: 9|length: expected a whole number, 1 to 8, got '9'",
                "feature: characters, length: 1|length: expected a whole number, 2 to 64, got '1'",
                "feature: characters, reader: lstm, filters: 5|filters: expected an even number for reader lstm, half for"
                        + " each direction, got 5",
                "feature: ngrams, shortest: 4, longest: 3|longest: expected at least shortest, 4, got 3",
                "feature: lexicon|lexicon: expected a list, got nothing",
                "feature: lexicon, lexicon: [a=b], idsPerToken: 17|idsPerToken: expected a whole number, 1 to 16, got '17'",
                "feature: lexicon, lexicon: [nonsense]|lexicon[0]: expected NAME=PATH or NAME=FORMAT:PATH",
                "feature: lexicon, lexicon: ['a=b', 'c=xml:d']|lexicon[1]: expected NAME=PATH or NAME=FORMAT:PATH",
                "feature: word, vocabulary: vectors|vocabulary: expected a file of vectors beside it, got no key vectors",
                "feature: word, vocabulary: vectors, vectors: v, minCount: 2|minCount: expected no such key beside"
                        + " vocabulary: vectors",
                "feature: word, initializer: xavier, scale: 1|scale: expected no such key beside initializer: xavier",
                "feature: word, table: ../x|table: expected 1 to 40 letters, digits, '_' and '-', got '../x'",
                "feature: word, colour: red|colour: expected a known key, got this one",
                "feature: none|feature: expected one of word, prefix, suffix, shape, lexicon, ngrams, characters, got 'none'",
            })
    void shouldNameTheLineOfWhatAColumnCannotHave(String column, String mistake) {
        assertThat(mistakes("stateSize: 7\ncolumns:\n  - {dimension: 3, " + column + "}\n"))
                .singleElement()
                .asString()
                .startsWith("recipe:3: columns[0]." + mistake);
    }

    @Test
    void shouldReportAllMistakesAtOnceWithTheirLines() {
        assertThat(
                        mistakes(
                                """
                                columns:
                                  - feature: word
                                    dimension: 0
                                    buckets: 3
                                  - feature: affix
                                    length: 3
                                layers: 9
                                layerNorm: maybe
                                truncation: middle
                                stateSiz: 3
                                """))
                .satisfiesExactly(
                        mistake -> assertThat(mistake).startsWith("recipe:1: stateSize: expected a whole number"),
                        mistake -> assertThat(mistake).startsWith("recipe:3: columns[0].dimension: expected"),
                        mistake -> assertThat(mistake).startsWith("recipe:4: columns[0].buckets: expected no such key"),
                        mistake -> assertThat(mistake).startsWith("recipe:5: columns[1].feature: expected one of"),
                        mistake -> assertThat(mistake).startsWith("recipe:5: columns[1].dimension: expected"),
                        mistake -> assertThat(mistake).startsWith("recipe:7: layers: expected"),
                        mistake -> assertThat(mistake).startsWith("recipe:8: layerNorm: expected one of true, false"),
                        mistake -> assertThat(mistake).startsWith("recipe:9: truncation: expected one of head, tail"),
                        mistake -> assertThat(mistake).startsWith("recipe:10: stateSiz: expected a known key"));
    }

    @Test
    void shouldRefuseWhatEntitiesCannotUse() {
        String network =
                "columns: [{feature: word, dimension: 3}]\nstateSize: 7\nrepresentation: last\ntruncation: tail\n";

        assertThat(mistakes(network, Task.ENTITIES))
                .containsExactly(
                        "recipe:3: representation: expected no such key for task entities, which labels each token, got it",
                        "recipe:4: truncation: expected head for task entities, whose tokens are counted from the start");
        assertThat(mistakes("stateSize: 7\n"))
                .containsExactly("recipe:1: columns: expected a list of sections, got nothing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "feature: word, dimension: 4, table: t|dimension 3 and 4",
                "feature: word, dimension: 3, table: t, vectors: v.txt|vectors none and v.txt",
                "feature: word, dimension: 3, table: t, frozenEpochs: 2|frozenEpochs 0 and 2",
                "feature: word, dimension: 3, table: t, initializer: uniform, l2: 0.5|initializer NORMAL and UNIFORM, l2 0.0"
                        + " and 0.5",
                "feature: word, dimension: 3, table: t, minCount: 9|minCount 2 and 9",
                "feature: characters, dimension: 3, table: t|kind EntryColumn and CharacterColumn",
            })
    void shouldRefuseATableThatTwoColumnsDescribeDifferently(String second, String difference) {
        List<String> mistakes =
                mistakes("stateSize: 7\ncolumns:\n  - {feature: word, dimension: 3, table: t}\n  - {" + second + "}\n");

        assertThat(mistakes)
                .singleElement()
                .asString()
                .startsWith("recipe: network.columns[0] (word (3)) and network.columns[1] (")
                .contains("expected the same settings of the table that they share, got " + difference + "; give one");
    }

    @Test
    void shouldShareATableThatTwoColumnsDescribeAlike() {
        assertThat(
                        read("""
                                        stateSize: 7
                                        columns:
                                          - {feature: prefix, length: 2, dimension: 3, table: affix, l2: 0.1}
                                          - {feature: suffix, length: 3, dimension: 3, table: affix, l2: 0.1}
                                        """)
                                .architecture()
                                .columns())
                .extracting(column -> column.file().orElseThrow())
                .containsExactly("affix.vocabulary.txt", "affix.vocabulary.txt");
    }

    private static List<String> mistakes(String yaml) {
        return mistakes(yaml, Task.SENTIMENT);
    }

    private static List<String> mistakes(String yaml, Task task) {
        return catchThrowableOfType(ConfigException.class, () -> read(yaml, task))
                .mistakes();
    }

    private static NetworkSection.Network read(String yaml) {
        return read(yaml, Task.SENTIMENT);
    }

    private static NetworkSection.Network read(String yaml, Task task) {
        SettingsFile file = SettingsFile.parse("recipe", yaml, Map.of(), List.of());
        Supplier<NetworkSection.Network> network = NetworkSection.read(file.root(), Optional.of(task));
        return file.finish(network);
    }
}
