package dev.glosstream.topology;

import dev.glosstream.config.LimitSettings;
import dev.glosstream.ingest.EventReader;
import dev.glosstream.ingest.SourceDecoder;
import dev.glosstream.ingest.SourceEvent;
import dev.glosstream.pipeline.PreparedText;
import dev.glosstream.pipeline.TextPreparer;
import dev.glosstream.sequence.EventText;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.Rejection;
import dev.glosstream.sequence.RejectionReason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Input record → prepared event: decode, check, tokenize, look up. The same for new and for restored records. */
final class RecordPreparer {
    private static final Set<RejectionReason> NOTHING_TO_READ =
            EnumSet.of(RejectionReason.EMPTY_TEXT, RejectionReason.BLANK_TEXT);

    private final EventReader reader;
    private final TextPreparer texts;

    RecordPreparer(LimitSettings limits, SourceDecoder decoder, TextPreparer texts) {
        this.reader = new EventReader(limits, decoder);
        this.texts = texts;
    }

    WaitingRecord prepare(InputRecord input) {
        return new WaitingRecord(input, reader.read(input).then(this::prepare));
    }

    /** One text that cannot be labelled refuses the whole record, so that nothing of it is silently left out. */
    private Outcome<PreparedEvent> prepare(SourceEvent event) {
        List<PreparedEvent.Text> prepared = new ArrayList<>();
        List<Rejection> leftOut = new ArrayList<>();
        for (EventText text : event.fields().texts()) {
            Outcome<PreparedText> outcome = texts.prepare(text.text());
            if (outcome instanceof Outcome.Accepted<PreparedText> accepted) {
                prepared.add(new PreparedEvent.Text(text, accepted.value()));
            } else if (outcome instanceof Outcome.Rejected<PreparedText> rejected) {
                Rejection here = EventTexts.at(text, rejected.rejection());
                if (!text.optional() || !NOTHING_TO_READ.contains(here.reason())) {
                    return new Outcome.Rejected<>(here);
                }
                leftOut.add(here);
            }
        }
        return prepared.isEmpty() && !leftOut.isEmpty()
                ? new Outcome.Rejected<>(leftOut.get(0))
                : Outcome.accepted(new PreparedEvent(event, prepared));
    }
}
