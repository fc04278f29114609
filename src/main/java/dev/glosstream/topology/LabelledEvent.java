package dev.glosstream.topology;

import dev.glosstream.avro.TextEvent;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Labels;

/**
 * An event with its labels, before it becomes output records.
 *
 * @param input the record it came in
 * @param event the event whole
 * @param labels its labels
 */
record LabelledEvent(InputRecord input, TextEvent event, Labels labels) {}
