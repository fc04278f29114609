package dev.glosstream.app.bench;

/**
 * A run whose results were wrong, so that it has no speed.
 *
 * @param what was run
 * @param why what was expected, and what came
 */
public record Failed(String what, String why) {}
