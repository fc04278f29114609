package dev.glosstream.train.evaluate;

/**
 * A wrong answer. It holds the text: show it only to who asked for texts.
 *
 * @param text the text
 * @param truth what would have been right
 * @param answer what was answered
 * @param confidence of the answer, 0 to 1
 * @param start where the answer starts in the text, in UTF-16 units; 0 if it is about the whole text
 * @param end where it ends, exclusive; 0 if it is about the whole text
 */
public record Mistake(String text, String truth, String answer, double confidence, int start, int end) {}
