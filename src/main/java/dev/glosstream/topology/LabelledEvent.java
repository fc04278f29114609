package dev.glosstream.topology;

import dev.glosstream.ingest.SourceEvent;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.LabelledText;
import java.util.List;

/**
 * An event with its labels, before it becomes output records.
 *
 * @param input the record it came in
 * @param event the event
 * @param texts its texts with their labels, in their order; none of a tombstone
 */
record LabelledEvent(InputRecord input, SourceEvent event, List<LabelledText> texts) {

    /** Copies the texts. */
    LabelledEvent {
        texts = List.copyOf(texts);
    }
}
