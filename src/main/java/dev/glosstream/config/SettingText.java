package dev.glosstream.config;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the text of a scalar means. */
final class SettingText {
    private static final Pattern INTEGER = Pattern.compile("[+-]?(0|[1-9][0-9]*(_[0-9]+)*)");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,12})(ms|s|m|h)");
    private static final int LONGEST_QUOTE = 60;

    private SettingText() {}

    /** Reads a whole number, decimal, underscores between digits allowed; empty if it is none or too large for a long. */
    static Optional<Long> integer(String text) {
        if (!INTEGER.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(text.replace("_", "")));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    /** Reads a finite decimal number with a point and perhaps an exponent; empty if it is none. */
    static Optional<Double> decimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            return Optional.empty();
        }
        return Optional.of(new BigDecimal(text).doubleValue()).filter(Double::isFinite);
    }

    /** Reads a whole number with a unit, {@code 20ms}, {@code 1s}, {@code 2m}, {@code 1h}; empty if it is none. */
    static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    default -> Duration.ofHours(count);
                });
    }

    /** Reads a path; empty if the platform knows no such path. */
    static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Returns a text in quotes, on one line and not too long. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("'");
        text.codePoints().limit(LONGEST_QUOTE).forEach(codePoint -> {
            if (Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.FORMAT) {
                quoted.append(String.format("\\u%04x", codePoint));
            } else {
                quoted.appendCodePoint(codePoint);
            }
        });
        boolean cut = text.codePointCount(0, text.length()) > LONGEST_QUOTE;
        return quoted.append(cut ? "…'" : "'").toString();
    }
}
