package dev.glosstream.app;

import java.util.Optional;

/**
 * A record that the pipeline wrote: an enriched event or a dead letter.
 *
 * @param id id of the event, of an enriched one
 * @param place where the input stood, of a dead letter
 * @param result what became of it
 */
record OutputRecord(Optional<String> id, Optional<RecordPlace> place, TextResult result) {}
