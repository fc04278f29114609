package dev.glosstream.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.model.Architecture;
import dev.glosstream.model.Architecture.Representation;
import dev.glosstream.model.Architecture.Truncation;
import dev.glosstream.model.CharacterColumn;
import dev.glosstream.model.EntryColumn;
import dev.glosstream.model.HashedNgrams;
import dev.glosstream.model.IdSpace;
import dev.glosstream.model.Lexicon;
import dev.glosstream.model.LexiconColumn;
import dev.glosstream.model.LstmSettings;
import dev.glosstream.model.NgramColumn;
import dev.glosstream.model.TokenColumn;
import dev.glosstream.model.Vocabulary;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.TokenIds;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenEncoderTest {
    private static final TokenColumn WORD = new EntryColumn(EntryColumn.Feature.WORD, 0, 4, "word.txt");
    private static final Vocabulary WORDS = Vocabulary.of(List.of("is", "very", "deep", "learning"));

    @Test
    void shouldNumberDeepLearningIsVeryDeep() {
        TokenIds ids = encoder(WORD, WORDS).encode(new Tokenizer().tokenize("deep learning is very deep"));

        assertThat(ids.ids(0)).containsExactly(4, 5, 2, 3, 4);
    }

    @Test
    void shouldGiveWordsThatNoVocabularyKnowsTheUnknownIdOrTheirNgrams() {
        assertThat(encode(WORD, WORDS, "deep sea")).containsExactly(4, IdSpace.UNKNOWN_ID);

        HashedNgrams ngrams = new HashedNgrams(1000);
        assertThat(encode(new NgramColumn(3, 3, 4, 1000, 4), ngrams, "sea ok"))
                .containsExactly(
                        ngrams.id("<se"),
                        ngrams.id("sea"),
                        ngrams.id("ea>"),
                        0,
                        ngrams.id("<ok"),
                        ngrams.id("ok>"),
                        0,
                        0);
    }

    @Test
    void shouldLookUpClassesWithinTheTokensThatAreRead() {
        Lexicon lexicon = Lexicon.of(Map.of("new york", List.of("city"), "york", List.of("name")));

        // city 2 (first word 3, others 4), name 5
        assertThat(encode(new LexiconColumn(2, 4, "lexicon"), lexicon, "New York rocks"))
                .containsExactly(3, 0, 4, 5, 0, 0);
        assertThat(encode(new LexiconColumn(1, 4, "lexicon"), lexicon, "New York"))
                .as("no more classes than the column keeps, those of the phrase that starts first")
                .containsExactly(3, 4);
    }

    @Test
    void shouldWriteCharactersForwardsAndForAnLstmBackwardsToo() {
        Vocabulary letters = Vocabulary.of(List.of("a", "b", "C"));

        assertThat(encode(new CharacterColumn(CharacterColumn.Reader.CNN, 3, 4, 4, "l"), letters, "Ca b"))
                .containsExactly(4, 2, 0, 3, 0, 0);
        assertThat(encode(new CharacterColumn(CharacterColumn.Reader.LSTM, 3, 4, 4, "l"), letters, "Ca b"))
                .containsExactly(4, 2, 0, 2, 4, 0, 3, 0, 0, 3, 0, 0);
    }

    @Test
    void shouldReadHeadTailOrBothOfALongText() {
        assertThat(read(Truncation.HEAD, 3)).containsExactly(2, 3, 4);
        assertThat(read(Truncation.TAIL, 3)).containsExactly(4, 5, 1);
        assertThat(read(Truncation.HEAD_TAIL, 3)).containsExactly(2, 3, 1);
        assertThat(read(Truncation.HEAD_TAIL, 4)).containsExactly(2, 3, 5, 1);
        assertThat(read(Truncation.TAIL, 5)).containsExactly(2, 3, 4, 5, 1);
    }

    @Test
    void shouldPadBehindTheTokensInEveryColumn() {
        TokenEncoder encoder = encoder(WORD, WORDS);
        PaddedBatch batch = new PaddedBatch(List.of(
                encoder.encode(new Tokenizer().tokenize("deep")),
                encoder.encode(new Tokenizer().tokenize("is very deep"))));

        assertThat(batch.ids(0)).containsExactly(4, 0, 0, 2, 3, 4);
        assertThat(batch.attentionMask()).containsExactly(1, 0, 0, 1, 1, 1);
    }

    @Test
    void shouldWantIdsForEachColumn() {
        Architecture architecture = Architecture.of(List.of(WORD), LstmSettings.bidirectional(2, 1), 8);

        assertThatThrownBy(() -> new TokenEncoder(architecture, List.of()))
                .hasMessage("token encoder: expected ids for each column, got 0 for 1");
    }

    private static int[] read(Truncation truncation, int maxSequenceLength) {
        Architecture architecture = new Architecture(
                List.of(WORD), LstmSettings.bidirectional(2, 1), Representation.LAST, maxSequenceLength, truncation);
        return new TokenEncoder(architecture, List.of(WORDS))
                .encode(new Tokenizer().tokenize("is very deep learning !"))
                .ids(0);
    }

    private static int[] encode(TokenColumn column, IdSpace ids, String text) {
        return encoder(column, ids).encode(new Tokenizer().tokenize(text)).ids(0);
    }

    private static TokenEncoder encoder(TokenColumn column, IdSpace ids) {
        return new TokenEncoder(Architecture.of(List.of(column), LstmSettings.bidirectional(2, 1), 64), List.of(ids));
    }
}
