package dev.glosstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {

    @Test
    void shouldReadEveryKindOfSetting() {
        SettingsFile file = parse(
                """
                name: "quoted # text"
                count: 16_384
                rate: 1.5e-3
                wait: 2m
                on: true
                colour: red
                words: [one, two]
                steps:
                  - {size: 1}
                  - {size: 2}
                nested:
                  deep:
                    value: 3
                """);
        SettingsSection root = file.root();

        assertThat(root.string("name", TextRule.ANY).required().get()).isEqualTo("quoted # text");
        assertThat(root.integer("count", Range.atLeast(1)).required().get()).isEqualTo(16_384);
        assertThat(root.decimal("rate", 0, 1).required().get()).isEqualTo(0.0015);
        assertThat(root.duration("wait", new Range(0, 600_000)).required().get())
                .isEqualTo(Duration.ofMinutes(2));
        assertThat(root.flag("on").required().get()).isTrue();
        assertThat(root.choice("colour", List.of("red", "blue"), name -> name).get())
                .isEqualTo("red");
        assertThat(root.strings("words", TextRule.NOT_EMPTY).get()).containsExactly("one", "two");
        assertThat(root.sections("steps"))
                .extracting(step -> step.integer("size", Range.atLeast(0)).get())
                .containsExactly(1, 2);
        assertThat(root.section("nested")
                        .section("deep")
                        .integer("value", new Range(3, 3))
                        .get())
                .isEqualTo(3);
        assertThat(file.<String>finish(() -> "done")).isEqualTo("done");
    }

    @Test
    void shouldGiveNoValueToWhatIsNotThere() {
        SettingsFile file = parse("kafka:\n");
        SettingsSection root = file.root();

        assertThat(root.integer("count", Range.atLeast(1)).optional()).isEmpty();
        assertThat(root.strings("words", TextRule.ANY).orElse(List.of("x"))).containsExactly("x");
        assertThat(root.sections("steps")).isEmpty();
        assertThat(root.section("kafka").texts(TextCheck.NONE)).isEmpty();
        assertThat(root.path("out", Path.of("/base")).optional()).isEmpty();
        assertThat(file.<String>finish(() -> "done")).isEqualTo("done");
    }

    @Test
    void shouldReachNestedSectionsWithOverrides() {
        SettingsFile file =
                SettingsFile.parse("f", "a:\n  b:\n    c: 1\n", Map.of(), List.of("a.b.c=2", "words=x,y", "on=false"));

        assertThat(file.root()
                        .section("a")
                        .section("b")
                        .integer("c", Range.atLeast(0))
                        .get())
                .isEqualTo(2);
        assertThat(file.root().strings("words", TextRule.NOT_EMPTY).get()).containsExactly("x", "y");
        assertThat(file.root().flag("on").get()).isFalse();
    }

    @Test
    void shouldReportWrongOverrides() {
        SettingsFile file =
                SettingsFile.parse("f", "", Map.of(), List.of("novalue", "=x", "a=text", "words=x,,y", "nothing=1"));
        file.root().section("a").texts(TextCheck.NONE);
        file.root().strings("words", TextRule.NOT_EMPTY);

        assertThat(mistakes(file))
                .containsExactly(
                        "--set 'novalue': expected key=value, got no key or no '='",
                        "--set '=x': expected key=value, got no key or no '='",
                        "--set a: expected a section (a.KEY), got 'text'",
                        "--set words: expected text, separated by commas",
                        "--set nothing: expected a known key, got this one; known are a, words");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: [1|f:1: expected YAML",
                "a: 1\\n b: 2|f:2: expected YAML",
                "a: *b|f:1: expected YAML",
                "a: 1\\n---\\nb: 2|f:2: expected YAML",
                "a: b\\n\\tc: d|f:2: expected YAML",
                "- 1\\n- 2|f:1: expected settings, 'key: value', got a list",
                "just text|f:1: expected settings, 'key: value', got 'just text'",
                "? [x]\\n: 2|f:1: expected a plain key",
                "<<: {a: b}|f:1: expected a plain key",
                "a: !!java.net.URL [x]|f:1: expected YAML, got Global tag is not allowed",
                "a: !own 1|f:1: a: expected text, got a value with the tag '!own'",
                "a:|f:1: a: expected text, got nothing",
                "'a\\u001bb': 1|f:1: ",
            })
    void shouldReportTextThatIsNotSettings(String text, String start) {
        String unescaped = text.replace("\\n", "\n").replace("\\t", "\t");

        assertThatThrownBy(() -> readAll(unescaped))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(start);
    }

    @ParameterizedTest
    @ValueSource(strings = {"010", "0x10", "1:30", "1.0", "9999999999999999999999", "1__0", "_1", "", "٣"})
    void shouldRefuseWhatOnlyYamlTakesForAWholeNumber(String written) {
        SettingsFile file = parse("n: '" + written + "'");
        file.root().integer("n", Range.atLeast(0));

        assertThat(mistakes(file))
                .containsExactly("f:1: n: expected a whole number, at least 0, got '" + written + "'");
    }

    @Test
    void shouldNameTheLineOfTheKeyWhereAnAliasIsUsed() {
        SettingsFile file = parse("a: &x text\nb: 1\nc: *x\n");
        file.root().string("a", TextRule.ANY);
        file.root().integer("b", Range.atLeast(0));
        file.root().integer("c", Range.atLeast(0));

        assertThat(mistakes(file)).containsExactly("f:3: c: expected a whole number, at least 0, got 'text'");
    }

    @Test
    void shouldRefuseManyAliasesInsteadOfExpandingThem() {
        StringBuilder bomb = new StringBuilder("l0: &l0 [x, x]\n");
        for (int level = 1; level < 60; level++) {
            bomb.append("l%d: &l%d [*l%d, *l%d]\n".formatted(level, level, level - 1, level - 1));
        }

        assertThatThrownBy(() -> parse(bomb.toString()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("aliases");
    }

    @Test
    void shouldReportMistakesOnOneLineEach() {
        SettingsFile file = parse("\"a\\nb\": 1\nc: \"x\\ny\\u202Ez\"\n");
        file.root().integer("c", Range.atLeast(0));

        assertThat(mistakes(file))
                .containsExactly(
                        "f:1: 'a\\u000ab': expected a known key, got this one; known are c",
                        "f:2: c: expected a whole number, at least 0, got 'x\\u000ay\\u202ez'");
    }

    @Test
    void shouldRefuseToReadASettingThatHasNoValue() {
        Setting<String> none = parse("").root().string("a", TextRule.ANY);

        assertThatThrownBy(none::get).isInstanceOf(IllegalStateException.class);
    }

    @Property
    void shouldAnswerAnyTextWithSettingsOrAConfigException(@ForAll("texts") String text) {
        try {
            readAll(text);
        } catch (ConfigException expected) {
            assertThat(expected.mistakes()).isNotEmpty().allSatisfy(mistake -> assertThat(mistake)
                    .doesNotContain("\n"));
        }
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.of(
                "a",
                "b.c",
                ": ",
                ":",
                "\n",
                "  ",
                "\n  ",
                "- ",
                "[",
                "]",
                "{",
                "}",
                ",",
                "'",
                "\"",
                "&x ",
                "*x",
                "<<: *x",
                "!t ",
                "!!int ",
                "? ",
                "|",
                ">",
                "# ",
                "---\n",
                "...\n",
                "%YAML 1.1\n",
                "\\x41",
                "\\U0011FFFF",
                "\\u12",
                "${",
                "}",
                "${A}",
                "${A:b}",
                "$${",
                "~",
                "null",
                "1",
                "20ms",
                "\t",
                "\r",
                "\u0000",
                "\uFEFF",
                "\uD800",
                "\uD83D\uDE00",
                "\u2028",
                "\u0085",
                "`",
                "@");
        return Arbitraries.oneOf(
                pieces.list().ofMaxSize(30).map(parts -> String.join("", parts)),
                Arbitraries.strings().ofMaxLength(60));
    }

    private static void readAll(String text) {
        SettingsFile file = parse(text);
        SettingsSection root = file.root();
        root.string("a", TextRule.ANY);
        root.string("a", TextRule.ANY).required();
        root.section("b.c").texts(TextCheck.NONE);
        root.strings("x", TextRule.ANY);
        root.sections("y").forEach(section -> section.duration("a", Range.atLeast(0)));
        file.<String>finish(() -> "done");
    }

    private static SettingsFile parse(String text) {
        return SettingsFile.parse("f", text, Map.of(), List.of());
    }

    private static List<String> mistakes(SettingsFile file) {
        return catchThrowableOfType(ConfigException.class, () -> file.<String>finish(() -> "done"))
                .mistakes();
    }
}
