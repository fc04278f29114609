package dev.glosstream.sequence;

import java.util.function.Function;

/**
 * What a stage answers: a value, or why there is none. Faults that are not about the record are exceptions instead.
 *
 * @param <T> the value of an accepted record
 */
public sealed interface Outcome<T> {

    /**
     * The record goes on.
     *
     * @param value what the stage made of it
     */
    record Accepted<T>(T value) implements Outcome<T> {}

    /**
     * The record ends here, as a dead letter.
     *
     * @param rejection why
     */
    record Rejected<T>(Rejection rejection) implements Outcome<T> {}

    /** Returns an accepted outcome. */
    static <T> Outcome<T> accepted(T value) {
        return new Accepted<>(value);
    }

    /** Returns a rejected outcome. */
    static <T> Outcome<T> rejected(RejectionReason reason, String detail) {
        return new Rejected<>(new Rejection(reason, detail));
    }

    /** Returns what either branch makes of this outcome. */
    default <R> R fold(Function<? super T, ? extends R> onAccepted, Function<Rejection, ? extends R> onRejected) {
        if (this instanceof Accepted<T> accepted) {
            return onAccepted.apply(accepted.value());
        }
        return onRejected.apply(((Rejected<T>) this).rejection());
    }

    /** Returns the next stage's answer, or this rejection. */
    default <R> Outcome<R> then(Function<? super T, Outcome<R>> next) {
        return fold(next, Rejected::new);
    }
}
