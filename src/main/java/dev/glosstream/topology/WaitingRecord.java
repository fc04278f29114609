package dev.glosstream.topology;

import dev.glosstream.pipeline.PreparedText;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.window.WindowEntry;
import java.util.List;

/**
 * A record on its way to the window, or in it.
 *
 * @param input the record as it arrived
 * @param prepared what the models will read; rejected if it passes the window by, or was restored under limits that no
 *     longer admit it
 */
record WaitingRecord(InputRecord input, Outcome<PreparedEvent> prepared) implements WindowEntry {

    @Override
    public List<Outcome<PreparedText>> texts() {
        return prepared.fold(
                event -> event.texts().stream()
                        .map(text -> Outcome.accepted(text.prepared()))
                        .toList(),
                rejection -> List.of());
    }
}
