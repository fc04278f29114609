package dev.glosstream.train;

/**
 * A corpus of a recipe.
 *
 * @param source {@code FORMAT:PATH} or a path
 * @param keep share of its examples that is used, in blocks spread evenly over the file; above 0, at most 1
 */
public record CorpusChoice(String source, double keep) {

    /** Validates the share. */
    public CorpusChoice {
        if (keep <= 0 || keep > 1) {
            throw new IllegalArgumentException(
                    "corpus '" + source + "': expected keep above 0 and at most 1, got " + keep);
        }
    }

    /** Returns the path without the format before it. */
    public String path() {
        return source.substring(source.indexOf(':') + 1);
    }

    /** Understands {@code SOURCE} or {@code SOURCE * SHARE}. */
    public static CorpusChoice parse(String argument) {
        int star = argument.lastIndexOf(" * ");
        if (star < 0) {
            return new CorpusChoice(argument, 1);
        }
        return new CorpusChoice(
                argument.substring(0, star).trim(),
                Double.parseDouble(argument.substring(star + 3).trim()));
    }
}
