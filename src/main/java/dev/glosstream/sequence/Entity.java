package dev.glosstream.sequence;

/**
 * One named entity of a text.
 *
 * @param type entity type, for example {@code PER}
 * @param charStart first character, in UTF-16 units, inclusive
 * @param charEnd end, in UTF-16 units, exclusive
 * @param score probability that exactly this span has exactly this type, 0 to 1
 */
public record Entity(String type, int charStart, int charEnd, double score) {

    /** Validates the span. */
    public Entity {
        if (charStart < 0 || charEnd <= charStart) {
            throw new IllegalArgumentException(
                    "entity: expected 0 <= charStart < charEnd, got " + charStart + " and " + charEnd);
        }
    }

    /** Returns the entity's characters. */
    public String textOf(String text) {
        return text.substring(charStart, charEnd);
    }
}
