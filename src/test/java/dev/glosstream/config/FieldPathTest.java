package dev.glosstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldPathTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "body|body",
                "payload.review.body|payload.review.body",
                "comments[].text|comments[].text",
                "tags[]|tags[]",
                "[].text|[].text",
                "labels['a.b']|labels['a.b']",
                "['it''s'].x|['it''s'].x",
                "['plain']|plain",
                "a['b'][].c-d_e:f@g|a.b[].c-d_e:f@g",
                "$|$",
                "body?|body?",
                "$?|$?"
            })
    void shouldReadAPath(String written, String shown) {
        assertThat(FieldPath.of(written)).hasToString(shown);
        assertThat(FieldPath.of(shown)).isEqualTo(FieldPath.of(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "?", ".a", "a.", "a..b", "a[0]", "a[", "a]", "a b[]c", "['']", "a.['b']", "a.[]", "$.a", "a??",
                " a", "a "
            })
    void shouldRefuseWhatIsNoPath(String written) {
        assertThat(FieldPath.RULE.accepts(written)).isFalse();
        assertThatThrownBy(() -> FieldPath.of(written)).hasMessageContaining("comments[].text");
    }

    @Test
    void shouldShowWhichElementsItLedTo() {
        FieldPath path = FieldPath.of("threads[].comments[].text");

        assertThat(path.isList()).isTrue();
        assertThat(path.prefix(5, List.of(3, 0))).isEqualTo("threads[3].comments[0].text");
        assertThat(path.prefix(3, List.of(3))).isEqualTo("threads[3].comments");
        assertThat(path.prefix(0)).isEqualTo("$");
    }

    @Property
    void shouldReadBackAnyNames(@ForAll @Size(min = 1, max = 4) List<@NotEmpty String> names) {
        FieldPath path = new FieldPath(names.stream().map(FieldPath.Step::new).toList(), false);

        assertThat(FieldPath.of(path.toString())).isEqualTo(path);
    }
}
