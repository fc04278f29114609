package dev.glosstream.tokenize;

import java.util.Locale;
import java.util.Set;

/**
 * Finds where a token that starts at a position ends. Each method returns the end, exclusive, or the start if there is no
 * such token there. All look ahead a bounded distance or consume what they look at, so tokenizing stays linear.
 */
final class Scanner {
    private static final Set<String> CLITICS = Set.of("'s", "'re", "'ve", "'ll", "'d", "'m", "n't");
    private static final int LONGEST_LOCAL_PART = 64;
    private static final int LONGEST_ABBREVIATION = 16;
    private static final int LONGEST_DOMAIN = 255;

    private Scanner() {}

    /** Letters, digits and marks; apostrophes between letters; points and commas between digits; underscores. */
    static int word(String text, int start) {
        int position = start;
        while (position < text.length()) {
            char unit = text.charAt(position);
            if (isAsciiAlphanumeric(unit)) {
                position++;
                continue;
            }
            int codePoint = text.codePointAt(position);
            if (isWord(codePoint) || codePoint == '_' || CharacterClass.isVariationSelector(codePoint)) {
                position += Character.charCount(codePoint);
            } else if (position > start && joins(text, position, codePoint)) {
                position++;
            } else {
                break;
            }
        }
        return position;
    }

    private static boolean joins(String text, int position, int joiner) {
        if (position + 1 >= text.length()) {
            return false;
        }
        int before = text.codePointBefore(position);
        int after = text.codePointAt(position + 1);
        if (CharacterClass.isApostrophe(joiner) || joiner == CharacterClass.ZERO_WIDTH_JOINER || joiner == 0x200C) {
            return isLetterOrMark(before) && isLetterOrMark(after) && isWord(after);
        }
        return (joiner == '.' || joiner == ',') && Character.isDigit(before) && Character.isDigit(after);
    }

    /** Single letters with a point after each, at least two: {@code U.S.}, {@code p.m.}. */
    static int abbreviation(String text, int start) {
        int position = start;
        while (position + 1 < text.length()
                && position - start < LONGEST_ABBREVIATION
                && text.charAt(position + 1) == '.'
                && Character.isLetter(text.charAt(position))) {
            position += 2;
        }
        boolean wordFollows = position < text.length() && isWord(text.codePointAt(position));
        return position - start >= 4 && !wordFollows ? position : start;
    }

    /** Returns where the clitic at the end of a word starts, or {@code end} if it has none. */
    static int clitic(String text, int start, int end) {
        for (int length = 2; length <= 3; length++) {
            int cut = end - length;
            if (cut > start && isClitic(text, cut, end)) {
                return cut;
            }
        }
        return end;
    }

    /** A clitic that stands alone, as in text whose tokens were joined with spaces. */
    static int loneClitic(String text, int start) {
        if (!CharacterClass.isApostrophe(text.charAt(start)) || start + 1 >= text.length()) {
            return start;
        }
        boolean apart = start == 0 || CharacterClass.of(text.codePointBefore(start)) == CharacterClass.SEPARATOR;
        if (!apart) {
            return start;
        }
        int end = start + 1;
        while (end < text.length() && end - start < 4 && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return isClitic(text, start, end) ? end : start;
    }

    private static boolean isClitic(String text, int start, int end) {
        // Most words have no apostrophe: they need no copy to be compared.
        return (isPlainApostrophe(text, start) || isPlainApostrophe(text, start + 1))
                && isListedClitic(text, start, end);
    }

    /** Every clitic has one, as its first or its second character. */
    private static boolean isPlainApostrophe(String text, int position) {
        return position < text.length() && (text.charAt(position) == '\'' || text.charAt(position) == '\u2019');
    }

    private static boolean isListedClitic(String text, int start, int end) {
        return CLITICS.contains(
                text.substring(start, end).replace('\u2019', '\'').toLowerCase(Locale.ROOT));
    }

    /** A web link up to white space, without the punctuation that closes the sentence. */
    static int url(String text, int start) {
        if (!startsLink(text, start)) {
            return start;
        }
        int end = start;
        while (end < text.length() && CharacterClass.of(text.codePointAt(end)) != CharacterClass.SEPARATOR) {
            end += Character.charCount(text.codePointAt(end));
        }
        while (end > start && ".,;:!?)]}'\"\u2026\u201D\u2019".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    private static boolean startsLink(String text, int start) {
        return switch (text.charAt(start)) {
            case 'h', 'H' ->
                text.regionMatches(true, start, "http://", 0, 7) || text.regionMatches(true, start, "https://", 0, 8);
            case 'w', 'W' -> text.regionMatches(true, start, "www.", 0, 4);
            default -> false;
        };
    }

    /** An address {@code local@domain.tld}, ASCII only. */
    static int email(String text, int start) {
        int at = start;
        while (at < text.length() && at - start <= LONGEST_LOCAL_PART && isMailCharacter(text.charAt(at))) {
            at++;
        }
        if (at == start || at >= text.length() || text.charAt(at) != '@') {
            return start;
        }
        int end = at + 1;
        while (end < text.length() && end - at <= LONGEST_DOMAIN && isDomainCharacter(text.charAt(end))) {
            end++;
        }
        while (end > at && (text.charAt(end - 1) == '.' || text.charAt(end - 1) == '-')) {
            end--;
        }
        // Not lastIndexOf: without a dot in the domain it would look through the whole text before it.
        int dot = end - 1;
        while (dot > at && text.charAt(dot) != '.') {
            dot--;
        }
        return dot > at + 1 ? end : start;
    }

    /** {@code @name}: ASCII letters, digits and underscores. */
    static int mention(String text, int start) {
        int end = start + 1;
        while (end < text.length() && (isAsciiAlphanumeric(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        return end > start + 1 ? end : start;
    }

    /** A western emoticon: eyes, perhaps a nose, a mouth; or a heart. */
    static int emoticon(String text, int start) {
        if (text.startsWith("<3", start) && !isWordAt(text, start + 2)) {
            return start + 2;
        }
        if (":;=".indexOf(text.charAt(start)) < 0) {
            return start;
        }
        int mouth = start + 1;
        if (mouth < text.length() && "-'^".indexOf(text.charAt(mouth)) >= 0) {
            mouth++;
        }
        if (mouth >= text.length()) {
            return start;
        }
        char shape = text.charAt(mouth);
        if ("()[]{}|*".indexOf(shape) >= 0) {
            return mouth + 1;
        }
        boolean letterMouth = "DPpOo3Xx/\\S".indexOf(shape) >= 0 && !isWordAt(text, mouth + 1);
        return letterMouth && !text.startsWith("//", mouth) ? mouth + 1 : start;
    }

    /** One symbol and its repetitions ({@code !!!}, {@code ...}), marks included. */
    static int run(String text, int start) {
        int symbol = text.codePointAt(start);
        int position = start + Character.charCount(symbol);
        while (position < text.length() && text.codePointAt(position) == symbol) {
            position += Character.charCount(symbol);
        }
        return position;
    }

    /** One character with the marks on it. */
    static int withMarks(String text, int start) {
        int position = start + Character.charCount(text.codePointAt(start));
        while (position < text.length() && isMark(text.codePointAt(position))) {
            position += Character.charCount(text.codePointAt(position));
        }
        return position;
    }

    /** A whole emoji: a flag's two letters, or pictographs joined by zero-width joiners, with their modifiers. */
    static int emoji(String text, int start) {
        int first = text.codePointAt(start);
        int position = start + Character.charCount(first);
        if (CharacterClass.isRegionalIndicator(first)
                && position < text.length()
                && CharacterClass.isRegionalIndicator(text.codePointAt(position))) {
            return position + 2;
        }
        while (position < text.length()) {
            int codePoint = text.codePointAt(position);
            int next = position + Character.charCount(codePoint);
            if (CharacterClass.isEmojiModifier(codePoint)) {
                position = next;
            } else if (codePoint == CharacterClass.ZERO_WIDTH_JOINER
                    && next < text.length()
                    && CharacterClass.of(text.codePointAt(next)) == CharacterClass.EMOJI) {
                position = next + Character.charCount(text.codePointAt(next));
            } else {
                break;
            }
        }
        return position;
    }

    private static boolean isWord(int codePoint) {
        return CharacterClass.of(codePoint) == CharacterClass.WORD;
    }

    private static boolean isWordAt(String text, int position) {
        return position < text.length() && isWord(text.codePointAt(position));
    }

    private static boolean isLetterOrMark(int codePoint) {
        return Character.isLetter(codePoint) || isMark(codePoint);
    }

    private static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isMailCharacter(char unit) {
        return switch (unit) {
            case '.', '_', '%', '+', '-' -> true;
            default -> isAsciiAlphanumeric(unit);
        };
    }

    private static boolean isDomainCharacter(char unit) {
        return isAsciiAlphanumeric(unit) || unit == '.' || unit == '-';
    }

    private static boolean isAsciiAlphanumeric(char unit) {
        return unit < 0x80 && CharacterClass.of(unit) == CharacterClass.WORD;
    }
}
