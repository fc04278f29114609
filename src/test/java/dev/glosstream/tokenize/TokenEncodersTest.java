package dev.glosstream.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.model.Architecture;
import dev.glosstream.model.EntryColumn;
import dev.glosstream.model.IdSpace;
import dev.glosstream.model.Lexicon;
import dev.glosstream.model.LexiconColumn;
import dev.glosstream.model.LstmSettings;
import dev.glosstream.model.TokenColumn;
import dev.glosstream.model.Vocabulary;
import dev.glosstream.sequence.TokenizedText;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several models look a text up together: each must read what it reads alone. */
class TokenEncodersTest {
    private static final Vocabulary WORDS = Vocabulary.of(List.of("is", "very", "deep", "learning", "new", "york"));
    private static final Vocabulary SUFFIXES = Vocabulary.of(List.of("ing", "ery", "ork"));
    private static final Lexicon PLACES =
            Lexicon.of(Map.of("new york", List.of("place"), "deep", List.of("dark"), "york", List.of("title")));

    private static final Lexicon OPPOSITES = Lexicon.of(Map.of("new", List.of("old"), "very deep", List.of("flat")));

    private static final TokenColumn WORD = new EntryColumn(EntryColumn.Feature.WORD, 0, 2, "w");
    private static final TokenColumn SUFFIX = new EntryColumn(EntryColumn.Feature.SUFFIX, 3, 2, "s");
    private static final TokenColumn PLACE = new LexiconColumn(2, 2, "lexicon");

    /** A model, made anew each time: nothing is remembered from one test to the next. */
    private record Model(Architecture architecture, List<IdSpace> ids) {
        static Model of(int longest, Architecture.Truncation truncation, List<TokenColumn> columns, IdSpace... ids) {
            Architecture read = new Architecture(
                    columns, LstmSettings.bidirectional(2, 1), Architecture.Representation.LAST, longest, truncation);
            return new Model(read, List.of(ids));
        }

        ModelColumns columns() {
            return new ModelColumns(architecture, ids);
        }

        TokenEncoder alone() {
            return new TokenEncoder(architecture, ids);
        }
    }

    private static final List<Model> MODELS = List.of(
            Model.of(4, Architecture.Truncation.HEAD, List.of(WORD, PLACE), WORDS, PLACES),
            Model.of(3, Architecture.Truncation.TAIL, List.of(PLACE, SUFFIX, WORD), OPPOSITES, SUFFIXES, WORDS),
            Model.of(5, Architecture.Truncation.HEAD_TAIL, List.of(SUFFIX), SUFFIXES));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deep",
                "New York is deep",
                "learning is very very deep in New York",
                "a York and a new one , and then New York again"
            })
    void shouldReadForEachModelWhatItReadsAlone(String text) {
        TokenEncoders together =
                new TokenEncoders(MODELS.stream().map(Model::columns).toList());
        TokenizedText tokens = new Tokenizer().tokenize(text);

        for (int round = 0; round < 2; round++) {
            assertThat(together.encode(tokens))
                    .containsExactlyElementsOf(MODELS.stream()
                            .map(model -> model.alone().encode(tokens))
                            .toList());
        }
        assertThat(together.encode(tokens))
                .allSatisfy(ids -> assertThat(ids.sequenceLength()).isBetween(1, 5));
    }
}
