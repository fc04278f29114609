package dev.glosstream.ingest;

import static dev.glosstream.ingest.SourceFixtures.accepted;
import static dev.glosstream.ingest.SourceFixtures.fields;
import static dev.glosstream.ingest.SourceFixtures.rejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.glosstream.config.FieldPath;
import dev.glosstream.config.SourceFields;
import dev.glosstream.sequence.EventFields;
import dev.glosstream.sequence.EventText;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonSourceTest {
    private final JsonSource body = new JsonSource(fields("body", "", ""), "");

    private static Outcome<SourceEvent> decode(JsonSource source, String json) {
        return source.decode(WireFixtures.record(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldFindEveryPathInOneWalk() {
        JsonSource source = new JsonSource(fields("a.b.c list[].t rows[][]", "n", "at"), "");
        EventFields found = accepted(
                decode(
                        source,
                        """
                {"list": [{"t": "two", "x": {"t": 1}}, {"t": "three"}], "n": 1e400, "skip": {"a": [{}, []]},
                 "rows": [["four"], ["five", "six"]], "at": "2024-05-06T07:08:09.123Z", "a": {"b": {"c": "one"}}}
                """));

        assertThat(found.texts())
                .extracting(EventText::path, EventText::text)
                .map(each -> each.toList().toString())
                .containsExactly(
                        "[a.b.c, one]",
                        "[list[0].t, two]",
                        "[list[1].t, three]",
                        "[rows[0][0], four]",
                        "[rows[1][0], five]",
                        "[rows[1][1], six]");
        assertThat(found.id()).isEqualTo("1e400");
        assertThat(found.occurredAtMs()).contains(1_714_979_289_123L);
        assertThat(found.severalTexts()).isTrue();
    }

    @Test
    void shouldFillInIdAndTime() {
        EventFields found = accepted(decode(body, "{\"body\": \"x\"}"));

        assertThat(found.id()).isEqualTo("text-events-3-42");
        assertThat(found.occurredAtMs()).contains(1_000L);
        assertThat(found.severalTexts()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{}|missing-field|path 'a.b': expected a text, got no such field at 'a'",
                "{\"a\":null}|missing-field|path 'a.b': expected a text, got null at 'a'",
                "{\"a\":{}}|missing-field|path 'a.b': expected a text, got no such field",
                "{\"a\":{\"b\":null}}|missing-field|path 'a.b': expected a text, got null",
                "{\"a\":{\"b\":7}}|wrong-field|path 'a.b': expected a text, got a number",
                "{\"a\":{\"b\":true}}|wrong-field|path 'a.b': expected a text, got true or false",
                "{\"a\":{\"b\":{}}}|wrong-field|path 'a.b': expected a text, got a record",
                "{\"a\":{\"b\":[\"x\"]}}|wrong-field|path 'a.b': expected a text, got a list",
                "{\"a\":\"x\"}|wrong-field|path 'a.b': expected a text, got a text at 'a'",
                "{\"a\":[{\"b\":\"x\"}]}|wrong-field|path 'a.b': expected a text, got a list at 'a'",
                "\"x\"|wrong-field|path 'a.b': expected a text, got a text at '$'",
                "null|missing-field|path 'a.b': expected a text, got null at '$'",
            })
    void shouldSayWhatStandsWhereTheTextShould(String json, String reason, String detail) {
        assertThat(rejected(decode(new JsonSource(fields("a.b", "", ""), ""), json)))
                .satisfies(rejection -> assertThat(rejection.reason().code()).isEqualTo(reason))
                .satisfies(rejection -> assertThat(rejection.detail()).isEqualTo(detail));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{\"tags\":\"x\"}|got a text at 'tags'",
                "{\"tags\":{}}|got a record at 'tags'",
                "{\"tags\":[\"x\",7]}|got a number at 'tags[1]'",
                "{\"tags\":[[\"x\"]]}|got a list at 'tags[0]'",
            })
    void shouldSayWhichElementIsNoText(String json, String detail) {
        assertThat(rejected(decode(new JsonSource(fields("tags[]", "", ""), ""), json))
                        .detail())
                .isEqualTo("path 'tags[]': expected a text, " + detail);
    }

    @Test
    void shouldLeaveOutOptionalTextsButNotAllOfThem() {
        JsonSource source = new JsonSource(fields("title? tags[]?", "", ""), "");

        assertThat(accepted(decode(source, "{\"title\":null,\"tags\":[\"x\",null]}"))
                        .texts())
                .containsExactly(new EventText("tags[0]", "x", true));
        assertThat(rejected(decode(source, "{\"tags\":[]}")).reason()).isEqualTo(RejectionReason.MISSING_FIELD);
        assertThat(rejected(decode(source, "{\"tags\":7}")).reason()).isEqualTo(RejectionReason.WRONG_FIELD);
    }

    @Test
    void shouldBoundTheNumberOfTexts() {
        JsonSource source = new JsonSource(fields("tags[]", "", ""), "");
        String most = "\"x\",".repeat(FieldMapping.MOST_TEXTS - 1) + "\"x\"";

        assertThat(accepted(decode(source, "{\"tags\":[" + most + "]}")).texts())
                .hasSize(FieldMapping.MOST_TEXTS);
        assertThat(rejected(decode(source, "{\"tags\":[" + most + ",\"x\"]}")).reason())
                .isEqualTo(RejectionReason.TOO_MANY_TEXTS);
    }

    @Test
    void shouldKeepAFewFindingsOfAnyNumberOfElements() throws IOException {
        FieldMapping mapping = new FieldMapping(fields("list[].t?", "", ""), "");
        Findings findings = mapping.newFindings();
        String document = "{\"list\":[" + "7,{},null,{\"t\":7},{\"t\":\"x\"},".repeat(5_000) + "[]]}";

        JsonWalk.walk(document.toCharArray(), document.length(), mapping.tree(), findings);

        assertThat(findings.of(0)).hasSizeLessThan(FieldMapping.MOST_TEXTS + 10);
    }

    @Test
    void shouldFindATextBehindAnyNumberOfElementsWithoutOne() {
        JsonSource source = new JsonSource(fields("list[].t?", "", ""), "");
        String none = "{},".repeat(5_000);

        assertThat(accepted(decode(source, "{\"list\":[" + none + "{\"t\":\"x\"}]}"))
                        .texts())
                .containsExactly(new EventText("list[5000].t", "x", true));
        assertThat(rejected(decode(source, "{\"list\":[" + none + "{\"t\":7}]}"))
                        .detail())
                .endsWith("got a number at 'list[5000].t'");
    }

    @Test
    void shouldGoOnWithoutOptionalFieldsThatAreEmptyOrBlank() {
        SourceFields fields = new SourceFields(
                List.of(FieldPath.of("body")),
                Optional.of(FieldPath.of("id?")),
                Optional.of(FieldPath.of("lang?")),
                Optional.of(FieldPath.of("at?")),
                Map.of("kind", FieldPath.of("kind?")));
        EventFields found = accepted(decode(
                new JsonSource(fields, ""), "{\"body\":\"x\",\"id\":\"\",\"lang\":\" \",\"at\":\"\",\"kind\":\"\"}"));

        assertThat(found.id()).isEqualTo("text-events-3-42");
        assertThat(found.language()).isEmpty();
        assertThat(found.occurredAtMs()).contains(1_000L);
        assertThat(found.attributes()).isEmpty();
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                argumentSet("nothing", ""),
                argumentSet("white space", " \n"),
                argumentSet("a sentence", "Good morning"),
                argumentSet("cut off", "{\"body\":\"x\""),
                argumentSet("something behind it", "{\"body\":\"x\"} x"),
                argumentSet("two documents", "{\"body\":\"x\"}{}"),
                argumentSet("a key twice", "{\"body\":\"x\",\"body\":\"y\"}"),
                argumentSet("a key twice, once escaped", "{\"body\":\"x\",\"b\\u006fdy\":\"y\"}"),
                argumentSet("a key twice far from any path", "{\"body\":\"x\",\"z\":[{\"k\":1,\"k\":2}]}"),
                argumentSet("a comment", "{\"body\":\"x\"/**/}"),
                argumentSet("a trailing comma", "{\"body\":\"x\",}"),
                argumentSet("not a number", "{\"body\":\"x\",\"n\":NaN}"),
                argumentSet("a bare control character", "{\"body\":\"a\u0001b\"}"),
                argumentSet("a byte order mark", "\uFEFF{\"body\":\"x\"}"),
                argumentSet("a nesting bomb", "{\"body\":\"x\",\"z\":" + "[".repeat(100_000)),
                argumentSet("deep and closed", "{\"z\":" + "[".repeat(600) + "]".repeat(600) + ",\"body\":\"x\"}"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void shouldRefuseWhatIsNotOneDocument(String json) {
        assertThat(rejected(decode(body, json)))
                .satisfies(rejection -> assertThat(rejection.reason()).isEqualTo(RejectionReason.NOT_JSON))
                .satisfies(rejection -> assertThat(rejection.detail()).doesNotContain("morning", "body"));
    }

    @Test
    void shouldRefuseBytesThatAreNotUtf8() {
        byte[] latin1 = "{\"body\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] utf16 = "{\"body\":\"x\"}".getBytes(StandardCharsets.UTF_16BE);
        byte[] surrogate = {'{', '"', 'a', '"', ':', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', '}'};
        byte[] overlong = {'{', '"', 'a', '"', ':', '"', (byte) 0xC0, (byte) 0xAF, '"', '}'};

        assertThat(Stream.of(latin1, utf16, surrogate, overlong)).allSatisfy(bytes -> assertThat(
                        rejected(body.decode(WireFixtures.record(bytes))).reason())
                .isEqualTo(RejectionReason.NOT_JSON));
    }

    @Test
    void shouldRefuseHalfASurrogatePairInAnIdAndLeaveThatInATextToTheRulesOfTexts() {
        JsonSource source = new JsonSource(fields("body", "id", ""), "");

        assertThat(rejected(decode(source, "{\"body\":\"x\",\"id\":\"\\ud83d\"}"))
                        .reason())
                .isEqualTo(RejectionReason.MALFORMED_TEXT);
        assertThat(accepted(decode(source, "{\"body\":\"\\ud83d\",\"id\":\"\\ud83d\\ude00\"}"))
                        .id())
                .isEqualTo("\uD83D\uDE00");
    }

    @Test
    void shouldNotConvertHugeNumbers() {
        String digits = "9".repeat(1_000_000);

        assertThat(accepted(decode(body, "{\"n\":" + digits + ",\"body\":\"x\",\"e\":1e999999999}"))
                        .texts())
                .hasSize(1);
    }

    /** Pieces that make JSON, and pieces that break it. */
    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ":",
                        "\"",
                        "\"body\"",
                        "\"body\":\"x\"",
                        "null",
                        "1e9",
                        "-",
                        "\\u00",
                        "\\",
                        " ",
                        "\n",
                        "true",
                        "\uFEFF",
                        "\uD83D\uDE00",
                        "\u0000")
                .list()
                .ofMaxSize(12)
                .map(List::copyOf)
                .map(parts -> String.join("", parts));
    }

    @Property
    void shouldAnswerOnAnyText(@ForAll("pieces") String json) {
        JsonSource source = new JsonSource(fields("body? [].body? $?", "body?", "body?"), "nlp");

        assertThat(decode(source, json)).isNotNull();
        assertThat(decode(source, "{" + json + "}")).isNotNull();
    }

    @Property
    void shouldAnswerOnAnyBytes(@ForAll byte[] value) {
        assertThat(body.decode(WireFixtures.record(value))).isInstanceOf(Outcome.Rejected.class);
    }
}
