package dev.glosstream.app;

import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What became of one text, to be printed.
 *
 * @param origin what identifies it, name → text or number, in the order to print; empty if the line itself does
 * @param text the text; empty if the record could not be read
 * @param outcome its labels, or why it was refused
 */
record TextResult(Map<String, Object> origin, Optional<String> text, Outcome<Labels> outcome) {

    /** Copies the origin, keeping its order. */
    TextResult {
        origin = Collections.unmodifiableMap(new LinkedHashMap<>(origin));
    }

    /** Returns the result of a text that needs no other name. */
    static TextResult of(String text, Outcome<Labels> outcome) {
        return new TextResult(Map.of(), Optional.of(text), outcome);
    }
}
