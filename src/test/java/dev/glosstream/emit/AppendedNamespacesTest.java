package dev.glosstream.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.sequence.Outcome;
import java.util.List;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A derived schema is registered as JSON: read back, every name in it must mean what it meant. */
class AppendedNamespacesTest {
    private static final String PLAIN = "{'type':'record','name':'Inner','namespace':'','fields':[]}";
    private static final String SPACED = "{'type':'record','name':'Inner','namespace':'x','fields':[]}";

    private static Schema parsed(String json) {
        return read(json.replace('\'', '"'));
    }

    private static Schema read(String json) {
        return new Schema.Parser(NameValidator.NO_VALIDATION).parse(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'record','name':'Outer','fields':[{'name':'f','type':" + SPACED + "},"
                        + "{'name':'g','type':'x.Inner'}]}",
                "{'type':'record','name':'Outer','namespace':'x','fields':[{'name':'f','type':" + PLAIN + "}]}",
                "{'type':'record','name':'Outer','namespace':'x','fields':[{'name':'f','type':" + PLAIN + "},"
                        + "{'name':'g','type':'Inner'}]}",
                "{'type':'record','name':'Outer','namespace':'x','fields':[{'name':'f','type':" + PLAIN + "},"
                        + "{'name':'g','type':{'type':'record','name':'Deep','namespace':'y','fields':["
                        + "{'name':'h','type':'Inner'}]}}]}",
                "{'type':'record','name':'Outer','namespace':'dev.glosstream.avro','fields':[{'name':'f','type':"
                        + PLAIN + "},{'name':'g','type':'Inner'}]}",
            })
    void shouldMeanTheSameWhenReadBack(String json) {
        Schema writer = parsed(json);

        Schema derived = AppendedSchema.derive(writer, "nlp", false).fold(found -> found, rejection -> {
            throw new AssertionError(rejection.detail());
        });

        Schema again = read(derived.toString());
        assertThat(again).isEqualTo(derived);
        for (Schema.Field field : writer.getFields()) {
            assertThat(again.getField(field.name()).schema()).isEqualTo(field.schema());
        }
    }

    /** Avro writes both as 'Inner' within 'x', and reads one of them there. */
    @Test
    void shouldRefuseASchemaThatMeansSomethingElseWhenReadBack() {
        Schema plain = parsed(PLAIN);
        Schema spaced = parsed(SPACED.replace("[]", "[{'name':'n','type':'int'}]"));
        Schema writer = Schema.createRecord("Outer", null, "x", false);
        writer.setFields(List.of(
                new Schema.Field("a", plain),
                new Schema.Field("b", spaced),
                new Schema.Field("c", plain),
                new Schema.Field("d", spaced)));

        Outcome<Schema> derived = AppendedSchema.derive(writer, "nlp", false);

        String detail = derived.fold(found -> "derived", rejection -> rejection.detail());
        assertThat(detail)
                .startsWith("schema 'x.Outer': expected names that mean the same")
                .contains("use output.mode: wrap");
    }
}
