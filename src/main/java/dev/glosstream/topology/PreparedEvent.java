package dev.glosstream.topology;

import dev.glosstream.avro.TextEvent;
import dev.glosstream.pipeline.PreparedText;

/**
 * A decoded event with its text ready for the models.
 *
 * @param event the event whole
 * @param text its text, tokenized and looked up
 */
record PreparedEvent(TextEvent event, PreparedText text) {}
