package dev.glosstream.topology;

import dev.glosstream.config.LimitSettings;
import dev.glosstream.ingest.EventReader;
import dev.glosstream.ingest.TextEventDecoder;
import dev.glosstream.pipeline.TextPreparer;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;

/** Input record → prepared event: decode, check, tokenize, look up. The same for new and for restored records. */
final class RecordPreparer {
    private final EventReader reader;
    private final TextPreparer texts;

    RecordPreparer(LimitSettings limits, TextEventDecoder decoder, TextPreparer texts) {
        this.reader = new EventReader(limits, decoder);
        this.texts = texts;
    }

    WaitingRecord prepare(InputRecord input) {
        Outcome<PreparedEvent> prepared = reader.read(input).then(event -> texts.prepare(event.getText())
                .then(text -> Outcome.accepted(new PreparedEvent(event, text))));
        return new WaitingRecord(input, prepared);
    }
}
