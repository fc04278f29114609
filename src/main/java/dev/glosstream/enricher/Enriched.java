package dev.glosstream.enricher;

import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.Rejection;
import dev.glosstream.sequence.RejectionReason;
import dev.glosstream.sequence.Sentiment;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value with its labels, or with the reason why it has none.
 *
 * @param value the original value; null only if the record had none, and then it is rejected
 * @param text what was read of the value; empty if nothing was
 * @param result the labels of the text, or the rejection
 * @param source where the record came from; an empty topic, partition -1 and offset -1 if Kafka Streams does not know, as of
 *     records that a timer upstream made; behind another enricher, where that one's record came from
 * @param <V> the original value
 */
public record Enriched<V extends @Nullable Object>(
        V value, Optional<String> text, Outcome<Labels> result, InputRecord.Source source) {

    /** Returns whether there are no labels. */
    public boolean isRejected() {
        return rejection().isPresent();
    }

    /** Returns the labels, unless it is rejected. */
    public Optional<Labels> labels() {
        return result.fold(Optional::of, rejection -> Optional.empty());
    }

    /** Returns why it is rejected, if it is. */
    public Optional<Rejection> rejection() {
        return result.fold(labels -> Optional.empty(), Optional::of);
    }

    /** Returns the code of the reason why it is rejected, if it is. */
    public Optional<RejectionReason> reason() {
        return rejection().map(Rejection::reason);
    }

    /** Returns the sentiment, unless it is rejected or there is no sentiment model. */
    public Optional<Sentiment> sentiment() {
        return labels().flatMap(Labels::sentiment);
    }

    /** Returns whether the sentiment is this label; false if there is none. */
    public boolean hasSentiment(String label) {
        return sentiment().filter(sentiment -> sentiment.label().equals(label)).isPresent();
    }

    /** Returns the entities in text order; none if it is rejected or there is no entities model. */
    public List<Entity> entities() {
        return labels().flatMap(Labels::entities).orElse(List.of());
    }

    /** Returns the characters of the entities of a type, in text order, for example of {@code ORG}. */
    public List<String> entityTexts(String type) {
        return text.stream()
                .flatMap(whole -> entities().stream()
                        .filter(entity -> entity.type().equals(type))
                        .map(entity -> entity.textOf(whole)))
                .toList();
    }

    /** Returns the same labels with another value. */
    public <W extends @Nullable Object> Enriched<W> withValue(W other) {
        return new Enriched<>(other, text, result, source);
    }

    /** Returns where it came from and whether it is rejected; never value or text. */
    @Override
    public String toString() {
        String answer = rejection()
                .map(rejection -> "rejected: " + rejection.reason().code())
                .orElse("labelled");
        return "Enriched[" + answer + ", " + source + "]";
    }
}
