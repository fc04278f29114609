package dev.glosstream.tokenize;

import java.lang.Character.UnicodeScript;
import java.util.stream.IntStream;

/** What a code point means to the tokenizer. */
enum CharacterClass {
    /** White space, control and format characters: between tokens, never in one. */
    SEPARATOR,
    /** Letters, digits and marks of scripts that write words apart. */
    WORD,
    /** Letters of scripts that do not: each is a token. */
    IDEOGRAPH,
    /** Pictographs and regional indicators. */
    EMOJI,
    /** Everything else: punctuation, symbols, unassigned, lone surrogates. */
    SYMBOL;

    static final int ZERO_WIDTH_JOINER = 0x200D;

    /** Nearly all characters of most texts: looked up, not computed. */
    private static final CharacterClass[] ASCII =
            IntStream.range(0, 0x80).mapToObj(CharacterClass::ofAscii).toArray(CharacterClass[]::new);

    static CharacterClass of(int codePoint) {
        if (codePoint < ASCII.length) {
            return ASCII[codePoint];
        }
        if (isVariationSelector(codePoint)) {
            return SEPARATOR;
        }
        return switch (Character.getType(codePoint)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER -> isWrittenWithoutSpaces(codePoint) ? IDEOGRAPH : WORD;
            case Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK -> WORD;
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> SEPARATOR;
            default -> isEmoji(codePoint) ? EMOJI : SYMBOL;
        };
    }

    private static CharacterClass ofAscii(int codePoint) {
        if (codePoint <= ' ' || codePoint == 0x7F) {
            return SEPARATOR;
        }
        boolean word = (codePoint >= 'a' && codePoint <= 'z')
                || (codePoint >= 'A' && codePoint <= 'Z')
                || (codePoint >= '0' && codePoint <= '9');
        return word ? WORD : SYMBOL;
    }

    private static boolean isWrittenWithoutSpaces(int codePoint) {
        UnicodeScript script = UnicodeScript.of(codePoint);
        return script == UnicodeScript.HAN || script == UnicodeScript.HIRAGANA || script == UnicodeScript.KATAKANA;
    }

    /** Blocks in which Unicode Technical Standard #51 places emoji; JDK 17 has no emoji property to ask. */
    private static boolean isEmoji(int codePoint) {
        return (codePoint >= 0x1F000 && codePoint <= 0x1FAFF)
                || (codePoint >= 0x2600 && codePoint <= 0x27BF)
                || (codePoint >= 0x2B00 && codePoint <= 0x2BFF)
                || (codePoint >= 0x2300 && codePoint <= 0x23FF);
    }

    static boolean isRegionalIndicator(int codePoint) {
        return codePoint >= 0x1F1E6 && codePoint <= 0x1F1FF;
    }

    /** Returns whether the code point changes the look of the emoji before it: skin tone, variation selector, tag. */
    static boolean isEmojiModifier(int codePoint) {
        return (codePoint >= 0x1F3FB && codePoint <= 0x1F3FF)
                || isVariationSelector(codePoint)
                || (codePoint >= 0xE0020 && codePoint <= 0xE007F);
    }

    static boolean isVariationSelector(int codePoint) {
        return codePoint >= 0xFE00 && codePoint <= 0xFE0F;
    }

    static boolean isApostrophe(int codePoint) {
        return codePoint == '\'' || codePoint == 0x2019;
    }
}
