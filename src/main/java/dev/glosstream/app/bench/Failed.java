package dev.glosstream.app.bench;

/**
 * A run that has no speed: its results were wrong, or it did not come to its end.
 *
 * @param what was run
 * @param why what was expected, and what came
 */
public record Failed(String what, String why) {}
