package dev.glosstream.emit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.EventFields;
import dev.glosstream.sequence.EventText;
import dev.glosstream.sequence.LabelledText;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Sentiment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppendedValuesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Labels LABELS = new Labels(
            Optional.of(new Sentiment("neutral", 1e-7, Map.of("neutral", 1e-7))),
            Optional.of(List.of(new Entity("LOC", 0, 5, 0.5))),
            1,
            false);

    private final AppendedValues values = new AppendedValues(new SingleObjectEncoder(), "nlp");

    private static SpecificRecord labels(boolean several) {
        EventFields fields = new EventFields("e", List.of(), several, Optional.empty(), Optional.empty(), Map.of());
        EventText text = new EventText("a[0]", "\"\u00e9\n\"x", false);
        return new OutputRecords(List.of()).appendedLabels(fields, List.of(new LabelledText(text, LABELS)), 8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", " { \t} \n", "{\"a\":{}}", "{\"a\":\"}\"\r\n}", "{\"a\":[{}]}   "})
    void shouldPutTheLabelsBeforeTheLastBrace(String document) throws IOException {
        JsonNode appended = JSON.readTree(values.json(utf8(document), labels(false)));

        JsonNode original = JSON.readTree(document);
        assertThat(appended.size()).isEqualTo(original.size() + 1);
        JsonNode labels = appended.get("nlp");
        assertThat(labels.get("sentiment").get("score").doubleValue()).isEqualTo(1e-7);
        assertThat(labels.get("entities").get(0).get("text").textValue()).isEqualTo("\"\u00e9\n\"x");
        assertThat(labels.get("processedAt").longValue()).isEqualTo(8);
        assertThat(labels.has("provenance")).isTrue();
    }

    @Test
    void shouldListTheTextsOfASourceThatMayHaveSeveral() throws IOException {
        JsonNode labels = JSON.readTree(values.json(utf8("{}"), labels(true))).get("nlp");

        assertThat(labels.get("texts").get(0).get("path").textValue()).isEqualTo("a[0]");
        assertThat(labels.get("texts").get(0).has("text")).isFalse();
        assertThat(labels.get("texts").get(0).get("sentiment").get("label").textValue())
                .isEqualTo("neutral");
    }

    /** Members as people write them: numbers of many forms, escapes, white space in odd places. */
    @Provide
    Arbitrary<String> members() {
        return Arbitraries.of(
                "1.0",
                "1e5",
                "-0",
                "123456789012345678901234567890",
                "\"\\u0041\\/\"",
                "[ 1 ,2]",
                "{\"nlp\" : null }",
                "\"\uD83D\uDE00\"",
                " null ",
                "\t\"}\"\n");
    }

    @Property
    void shouldKeepEveryByteOfTheOriginal(
            @ForAll @Size(max = 5) List<@From("members") String> members,
            @ForAll("blanks") String before,
            @ForAll("blanks") String after) {
        StringBuilder document = new StringBuilder("{");
        for (int index = 0; index < members.size(); index++) {
            document.append(index == 0 ? "" : ",")
                    .append("\"m")
                    .append(index)
                    .append("\":")
                    .append(members.get(index));
        }
        byte[] original = utf8(document + before + "}" + after);
        int end = utf8(document + before).length;

        byte[] appended = values.json(original, labels(false));

        int added = appended.length - original.length;
        assertThat(Arrays.copyOf(appended, end)).isEqualTo(Arrays.copyOf(original, end));
        assertThat(Arrays.copyOfRange(appended, end + added, appended.length))
                .isEqualTo(Arrays.copyOfRange(original, end, original.length));
    }

    @Provide
    Arbitrary<String> blanks() {
        return Arbitraries.of("", " ", "\n", "\r\n\t ");
    }

    @Test
    void shouldSayWhichSchemasTakeNoLabels() {
        assertThat(List.of(
                        obstacle(Schema.create(Schema.Type.STRING)),
                        obstacle(SchemaBuilder.record("R")
                                .fields()
                                .requiredInt("nlp")
                                .endRecord()),
                        obstacle(SchemaBuilder.record("R")
                                .fields()
                                .name("x")
                                .aliases("nlp")
                                .type()
                                .intType()
                                .noDefault()
                                .endRecord()),
                        obstacle(new Schema.Parser()
                                .parse("{\"type\":\"record\",\"name\":\"T\",\"fields\":["
                                        + "{\"name\":\"next\",\"type\":[\"null\",\"T\"]}]}")),
                        obstacle(SchemaBuilder.record("R")
                                .fields()
                                .name("x")
                                .type(SchemaBuilder.enumeration("Sentiment")
                                        .namespace("dev.glosstream.avro")
                                        .symbols("GOOD"))
                                .noDefault()
                                .endRecord())))
                .satisfiesExactly(
                        first -> assertThat(first).contains("a record that takes a field, got string"),
                        second -> assertThat(second).contains("no field or alias 'nlp'"),
                        third -> assertThat(third).contains("no field or alias 'nlp'"),
                        fourth -> assertThat(fourth).contains("does not contain itself"),
                        fifth -> assertThat(fifth).contains("no type 'dev.glosstream.avro.Sentiment'"));
    }

    private static String obstacle(Schema schema) {
        return AppendedSchema.derive(schema, "nlp", false)
                .fold(derived -> "derived", rejection -> rejection.reason().code() + " " + rejection.detail());
    }

    @Test
    void shouldAppendOnceMoreUnderAnotherName() {
        Schema original = SchemaBuilder.record("R")
                .prop("owner", "x")
                .aliases("Q")
                .fields()
                .requiredString("t")
                .endRecord();
        Schema once = AppendedSchema.derive(original, "nlp", false).fold(derived -> derived, rejection -> original);
        Schema twice = AppendedSchema.derive(once, "nlp2", true).fold(derived -> derived, rejection -> original);

        assertThat(twice.getFields()).extracting(Schema.Field::name).containsExactly("t", "nlp", "nlp2");
        assertThat(twice.getProp("owner")).isEqualTo("x");
        assertThat(twice.getAliases()).containsExactly("Q");
        assertThat(twice.toString()).doesNotContain("avro.java.string");
        assertThat(new Schema.Parser().parse(twice.toString())).isEqualTo(twice);
    }
}
