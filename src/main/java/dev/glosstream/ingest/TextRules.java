package dev.glosstream.ingest;

import dev.glosstream.config.LimitSettings;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;

/** What a text must be to go on: not empty, not blank, not too long, well-formed Unicode. Any thread may share one. */
public final class TextRules {
    private final LimitSettings limits;

    /** Creates the rules. */
    public TextRules(LimitSettings limits) {
        this.limits = limits;
    }

    /** Returns the text, or why it is refused. */
    public Outcome<String> check(String text) {
        if (text.isEmpty()) {
            return Outcome.rejected(RejectionReason.EMPTY_TEXT, "text: expected at least one character, got none");
        }
        if (text.length() > limits.maxChars()) {
            return Outcome.rejected(
                    RejectionReason.TEXT_TOO_LONG,
                    "text: expected at most " + limits.maxChars() + " UTF-16 units (limits.maxChars), got "
                            + text.length());
        }
        int lone = UnicodeRules.loneSurrogate(text);
        if (lone >= 0) {
            return Outcome.rejected(
                    RejectionReason.MALFORMED_TEXT,
                    "text: expected well-formed Unicode, got half a surrogate pair at UTF-16 unit " + lone);
        }
        if (text.isBlank()) {
            return blank();
        }
        return Outcome.accepted(text);
    }

    /** Returns the rejection of a text with nothing visible in it. */
    public static <T> Outcome<T> blank() {
        return Outcome.rejected(
                RejectionReason.BLANK_TEXT,
                "text: expected a visible character, got only white space or invisible ones");
    }
}
