package dev.glosstream.enricher;

import dev.glosstream.pipeline.PreparedText;
import dev.glosstream.pipeline.TextPreparer;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Record → what waits of it: extract the text, check, tokenize, look up. Whatever the value is, it answers. Any thread, if
 * the user's function is for any.
 */
final class ValueTexts<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(ValueTexts.class);

    private final TextPreparer preparer;
    private final Function<? super V, ? extends @Nullable String> extractor;

    /**
     * Creates the stages before the window.
     *
     * @param extractor may return null and throw
     */
    ValueTexts(EnricherSettings settings, Function<? super V, ? extends @Nullable String> extractor) {
        this.preparer = new TextPreparer(settings.models().bundles(), settings.limits());
        this.extractor = extractor;
    }

    /** Returns a record with its text ready for the models, or with the reason why there is none. */
    WaitingValue<K, V> prepare(Record<K, V> record, InputRecord.Source source) {
        Outcome<String> text = extract(record.value());
        Outcome<PreparedText> prepared = text.then(preparer::prepare);
        return new WaitingValue<>(record, source, text.fold(Optional::of, rejection -> Optional.empty()), prepared);
    }

    private Outcome<String> extract(@Nullable V value) {
        if (value == null) {
            return Outcome.rejected(RejectionReason.NULL_VALUE, "value: expected one with a text, got null");
        }
        String text;
        try {
            text = extractor.apply(value);
        } catch (Exception e) {
            // Checked ones too: functions of Kotlin and Scala throw them without saying so. What one says may hold the
            // text.
            LOG.debug("text: expected one of the value, got {}", e.getClass().getName());
            return Outcome.rejected(
                    RejectionReason.EXTRACTION_FAILED,
                    "text: expected one of the value, got " + e.getClass().getName());
        }
        return text == null
                ? Outcome.rejected(RejectionReason.NO_TEXT, "text: expected one of the value, got null")
                : Outcome.accepted(text);
    }
}
