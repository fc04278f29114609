package dev.glosstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTimeTest {
    @ParameterizedTest
    @CsvSource({
        "NUMBER, 1700000000123, 1700000000123",
        "NUMBER, -5, -5",
        "NUMBER, 1.5, ",
        "NUMBER, 99999999999999999999, ",
        "TIME, 7, 7",
        "TEXT, 1700000000123, 1700000000123",
        "TEXT, 1970-01-01T00:00:01Z, 1000",
        "TEXT, 1970-01-01T01:00:01.5+01:00, 1500",
        "TEXT, 1970-01-01T00:00:01, 1000",
        "TEXT, 1970-01-02, 86400000",
        "TEXT, yesterday, ",
        "TEXT, 1970-13-01T00:00:00Z, ",
        "TEXT, +999999999-12-31T23:59:59Z, ",
        "TRUTH, true, ",
        "BYTES, 7, ",
    })
    void shouldReadTimes(Finding.Kind kind, String text, Long expected) {
        assertThat(EventTime.read(new Finding("at", true, kind, text)).orElse(null))
                .isEqualTo(expected);
    }

    @Property
    void shouldAnswerOnAnyText(@ForAll String text) {
        assertThat(EventTime.read(new Finding("at", true, Finding.Kind.TEXT, text)))
                .isNotNull();
    }
}
