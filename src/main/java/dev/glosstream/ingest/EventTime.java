package dev.glosstream.ingest;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a field says of the time of its event. */
final class EventTime {
    /** What can be read, to stand after "expected". */
    static final String WORDS = "a time (milliseconds since 1970, ISO 8601, or a logical type of Avro)";

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,18}");
    private static final int LONGEST = 64;

    private EventTime() {}

    /** Returns milliseconds since 1970-01-01T00:00:00Z; empty if it is no time. A time without a zone is in UTC. */
    static Optional<Long> read(Finding finding) {
        String text = finding.text();
        return switch (finding.kind()) {
            case NUMBER, TIME -> wholeNumber(text);
            case TEXT -> wholeNumber(text).or(() -> iso(text));
            default -> Optional.empty();
        };
    }

    private static Optional<Long> wholeNumber(String text) {
        return WHOLE_NUMBER.matcher(text).matches() ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    private static Optional<Long> iso(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            if (text.indexOf('T') < 0) {
                return Optional.of(millis(LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC)));
            }
            TemporalAccessor parsed =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(millis(
                    parsed instanceof LocalDateTime local
                            ? local.atOffset(ZoneOffset.UTC)
                            : OffsetDateTime.from(parsed)));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static long millis(OffsetDateTime time) {
        return time.toInstant().toEpochMilli();
    }
}
