package dev.glosstream.ingest;

import dev.glosstream.config.FieldPath;
import dev.glosstream.config.SourceFields;
import dev.glosstream.sequence.EventFields;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.Rejection;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Paths and outcomes in short. */
final class SourceFixtures {
    private SourceFixtures() {}

    /** Returns fields of texts separated by blanks, with an id and a time; empty for none. */
    static SourceFields fields(String texts, String id, String time) {
        return new SourceFields(
                Arrays.stream(texts.split(" ")).map(FieldPath::of).toList(),
                path(id),
                Optional.empty(),
                path(time),
                Map.of());
    }

    private static Optional<FieldPath> path(String written) {
        return Optional.of(written).filter(path -> !path.isEmpty()).map(FieldPath::of);
    }

    static EventFields accepted(Outcome<SourceEvent> outcome) {
        return outcome.fold(SourceEvent::fields, rejection -> {
            throw new AssertionError(rejection.toString());
        });
    }

    static Rejection rejected(Outcome<SourceEvent> outcome) {
        return outcome.fold(
                event -> {
                    throw new AssertionError("accepted");
                },
                rejection -> rejection);
    }
}
