package dev.glosstream.train.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.sequence.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Half of an emoji, which formats with escapes can hold and UTF-8 cannot: serving refuses such a text, training too. */
class HalfCharactersTest {
    private static final String FOUND = "expected well-formed Unicode, got half a surrogate pair at UTF-16 unit ";

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "newsmtsc | {'sentence_normalized': 'bad \\ud83d', 'targets': [{'polarity': 2}]}"
                        + " | {'sentence_normalized': 'good \\ud83d\\ude00', 'targets': [{'polarity': 6}]}",
                "semeval | 1#negative#bad \\ude00#x | 2#positive#good \\ud83d\\ude00#x",
                "tweeteval | bad \\ud83d | good \\ud83d\\ude00"
            })
    void shouldBeABadRow(String format, String broken, String whole) throws IOException {
        Files.writeString(folder.resolve("a_labels.txt"), "0\n2\n");
        String rows = (broken + "\n" + whole + "\n").replace('\'', '"').replace('#', '\t');
        CorpusFile file = new CorpusFile(
                Objects.requireNonNull(CorpusFormat.ofCode(format)),
                Files.writeString(folder.resolve("a_text.txt"), rows));
        CorpusReader skipping = new CorpusReader(true);

        assertThatThrownBy(() -> new CorpusReader(false).read(file))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("1 bad rows")
                .hasMessageContaining("a_text.txt:1: text: " + FOUND + 4);
        assertThat(skipping.read(file)).extracting(CorpusExample::text).containsExactly("good 😀");
        assertThat(skipping.problems()).hasSize(1);
    }

    @Test
    void shouldBeABadEvent() {
        LabelledEvents classes = new LabelledEvents(Task.SENTIMENT, LabelMap.CUSTOMARY);
        LabelledEvents spans = new LabelledEvents(Task.ENTITIES, LabelMap.CUSTOMARY);

        assertThatThrownBy(() -> classes.read(event("{'text': 'so good \\ud83d', 'label': 'positive'}")))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining(FOUND + 8);
        assertThatThrownBy(() -> spans.read(event("{'text': '\\ude00 Bonn', 'entities': []}")))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining(FOUND + 0);
        List<CorpusExample> read = classes.read(event("{'text': 'so good \\ud83d\\ude00', 'label': 'positive'}"));
        assertThat(read).extracting(CorpusExample::text).containsExactly("so good 😀");
    }

    private static byte[] event(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
