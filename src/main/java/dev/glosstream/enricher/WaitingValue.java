package dev.glosstream.enricher;

import dev.glosstream.pipeline.PreparedText;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.window.WindowEntry;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A record on its way to the window, or in it.
 *
 * @param record as it arrived
 * @param source where it came from
 * @param text of its value, empty if there is none
 * @param prepared what the models will read, or why there is nothing
 */
record WaitingValue<K, V>(
        Record<K, V> record, InputRecord.Source source, Optional<String> text, Outcome<PreparedText> prepared)
        implements WindowEntry {

    @Override
    public List<Outcome<PreparedText>> texts() {
        return List.of(prepared);
    }

    /** Returns this record as refused. */
    WaitingValue<K, V> refused(Outcome<PreparedText> rejected) {
        return new WaitingValue<>(record, source, text, rejected);
    }

    /** Returns the value with its result. */
    Enriched<V> enriched(Outcome<Labels> result) {
        return new Enriched<>(record.value(), text, result, source);
    }
}
