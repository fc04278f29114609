package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.config.LimitSettings;
import dev.glosstream.ingest.EventReader;
import dev.glosstream.ingest.TextEventSource;
import dev.glosstream.ingest.TextRules;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import dev.glosstream.tokenize.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BrokenRecordsTest {
    private static final LimitSettings LIMITS = new LimitSettings(2000, 8192);

    private final BrokenRecords records = new BrokenRecords(LIMITS);

    @Test
    void shouldBeRefusedEachForItsOwnReason() {
        Map<String, RejectionReason> reasons = new LinkedHashMap<>();
        records.refused()
                .forEach(record -> reasons.put(key(record), reason(record).orElseThrow()));

        assertThat(reasons)
                .containsExactlyEntriesOf(expected(
                        "not-avro", RejectionReason.NOT_AVRO,
                        "json", RejectionReason.NOT_AVRO,
                        "no-bytes", RejectionReason.NOT_AVRO,
                        "without-key", RejectionReason.NULL_VALUE,
                        "fingerprint", RejectionReason.WRONG_SCHEMA,
                        "truncated", RejectionReason.NOT_AVRO,
                        "trailing-bytes", RejectionReason.NOT_AVRO,
                        "empty-text", RejectionReason.EMPTY_TEXT,
                        "blank-text", RejectionReason.BLANK_TEXT,
                        "invisible-text", RejectionReason.BLANK_TEXT,
                        "too-long", RejectionReason.TEXT_TOO_LONG,
                        "too-large", RejectionReason.RECORD_TOO_LARGE,
                        "surrogates", RejectionReason.MALFORMED_TEXT));
    }

    @Test
    void shouldOnlyLookBrokenWhereTheyAreToBeLabelled() {
        assertThat(records.odd()).isNotEmpty().allSatisfy(record -> assertThat(reason(record))
                .isEmpty());
    }

    private static Map<String, RejectionReason> expected(Object... pairs) {
        Map<String, RejectionReason> expected = new LinkedHashMap<>();
        for (int index = 0; index < pairs.length; index += 2) {
            expected.put("broken-" + pairs[index], (RejectionReason) pairs[index + 1]);
        }
        return expected;
    }

    private static String key(DemoRecord record) {
        byte[] key = record.key();
        return key == null ? "broken-without-key" : new String(key, StandardCharsets.UTF_8);
    }

    private static Optional<RejectionReason> reason(DemoRecord record) {
        InputRecord input = new InputRecord(
                record.key(), record.value(), List.of(), new InputRecord.Source("text-events", 0, 0, 0));
        Outcome<?> outcome = new EventReader(LIMITS, new TextEventSource())
                .read(input)
                .then(event -> new TextRules(LIMITS)
                        .check(event.fields().texts().get(0).text()))
                .then(text -> new Tokenizer().tokenize(text).tokens().isEmpty()
                        ? TextRules.<String>blank()
                        : Outcome.accepted(text));
        return outcome.fold(text -> Optional.empty(), rejection -> Optional.of(rejection.reason()));
    }
}
