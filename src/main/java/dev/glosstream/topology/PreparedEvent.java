package dev.glosstream.topology;

import dev.glosstream.ingest.SourceEvent;
import dev.glosstream.pipeline.PreparedText;
import dev.glosstream.sequence.EventText;
import java.util.List;

/**
 * A decoded event with its texts ready for the models.
 *
 * @param event the event
 * @param texts those of its texts that will be labelled, in their order; none of a tombstone
 */
record PreparedEvent(SourceEvent event, List<Text> texts) {

    /**
     * One text of an event.
     *
     * @param text where it stands
     * @param prepared tokenized and looked up
     */
    record Text(EventText text, PreparedText prepared) {}

    /** Copies the texts. */
    PreparedEvent {
        texts = List.copyOf(texts);
    }
}
