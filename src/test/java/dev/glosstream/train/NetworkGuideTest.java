package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.glosstream.config.ConfigException;
import dev.glosstream.config.SettingsFile;
import dev.glosstream.config.SettingsSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tables of docs/network.md hold the keys that the reader knows, no more and no fewer. */
class NetworkGuideTest {
    private static final Path GUIDE = Path.of("docs/network.md");
    private static final String UNKNOWN_KEY = "qqqqqqqqqqqqqqqqqqqq";
    private static final Pattern KEY = Pattern.compile("(?m)^\\| `([A-Za-z0-9]+)` \\|");

    @Test
    void shouldExplainEveryKeyOfTheSection() throws IOException {
        assertThat(keys("The section")).isEqualTo(known(UNKNOWN_KEY + ": 1\n", NetworkGuideTest::network));
    }

    @Test
    void shouldExplainEveryKeyOfAColumn() throws IOException {
        assertThat(keys("Columns"))
                .isEqualTo(known("columns:\n  - {" + UNKNOWN_KEY + ": 1}\n", NetworkGuideTest::network));
    }

    @Test
    void shouldNameOnlyKeysThatTrainingKnows() throws IOException {
        assertThat(known(UNKNOWN_KEY + ": 1\n", TrainingSection::read))
                .containsAll(keys("What is dropped while training"))
                .contains("dropout", "wordDropout");
    }

    @Test
    void shouldExplainEveryFeatureAndFormat() throws IOException {
        assertThat(section("Features"))
                .contains("`word`", "`prefix`, `suffix`", "`lexicon`", "`ngrams`", "`characters`");
        assertThat(Arrays.stream(dev.glosstream.train.corpus.WordClasses.Format.values())
                        .map(format -> "`" + format.name().toLowerCase(java.util.Locale.ROOT) + "`"))
                .allSatisfy(format -> assertThat(section("Lexicons")).contains(format));
    }

    private static void network(SettingsSection section) {
        NetworkSection.read(section, Optional.empty());
    }

    /** Returns the keys that stand in the table under a heading. */
    private static Set<String> keys(String heading) throws IOException {
        Set<String> keys = new TreeSet<>();
        Matcher rows = KEY.matcher(section(heading));
        while (rows.find()) {
            keys.add(rows.group(1));
        }
        return keys;
    }

    private static String section(String heading) throws IOException {
        return Files.readString(GUIDE).split("(?m)^#+ " + heading + "$", -1)[1].split("(?m)^#+ ", -1)[0];
    }

    /** Returns the keys that the reader lists in its answer to one that it does not know. */
    private static Set<String> known(String yaml, Consumer<SettingsSection> reader) {
        SettingsFile file = SettingsFile.parse("recipe", yaml, Map.of(), List.of());
        reader.accept(file.root());
        List<String> mistakes = catchThrowableOfType(ConfigException.class, () -> file.finish(() -> "nothing"))
                .mistakes();
        String answer = mistakes.stream()
                .filter(mistake -> mistake.contains(UNKNOWN_KEY))
                .findFirst()
                .orElseThrow();
        return new TreeSet<>(Arrays.asList(answer.substring(answer.indexOf("known are ") + "known are ".length())
                .split(", ")));
    }
}
