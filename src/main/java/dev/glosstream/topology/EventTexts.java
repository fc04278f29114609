package dev.glosstream.topology;

import dev.glosstream.ingest.SourceEvent;
import dev.glosstream.sequence.EventText;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.LabelledText;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.Rejection;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The texts of one event: put into a window one by one, taken out of it together. */
final class EventTexts {
    private EventTexts() {}

    /**
     * Returns an event with the labels of its texts, or why one of them has none.
     *
     * @param labels gives the next outcomes, one per text of the event; exactly so many are taken
     */
    static Outcome<LabelledEvent> label(InputRecord input, PreparedEvent prepared, Iterator<Outcome<Labels>> labels) {
        List<LabelledText> labelled = new ArrayList<>(prepared.texts().size());
        List<Rejection> rejections = new ArrayList<>();
        for (PreparedEvent.Text text : prepared.texts()) {
            Outcome<Labels> outcome = labels.next();
            if (outcome instanceof Outcome.Accepted<Labels> accepted) {
                labelled.add(new LabelledText(text.text(), accepted.value()));
            } else if (outcome instanceof Outcome.Rejected<Labels> rejected) {
                rejections.add(at(text.text(), rejected.rejection()));
            }
        }
        SourceEvent event = prepared.event();
        return rejections.isEmpty()
                ? Outcome.accepted(new LabelledEvent(input, event, labelled))
                : new Outcome.Rejected<>(rejections.get(0));
    }

    /** Returns a rejection that says which text of an event it is about, if the format has paths. */
    static Rejection at(EventText text, Rejection rejection) {
        return text.path().isEmpty()
                ? rejection
                : new Rejection(rejection.reason(), "path '" + text.path() + "': " + rejection.detail());
    }
}
