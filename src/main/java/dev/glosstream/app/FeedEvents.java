package dev.glosstream.app;

import dev.glosstream.config.LimitSettings;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The same events round after round, each under an id of its own: {@code <id>-<run>-<round>}. One thread.
 *
 * <p>The events are read anew for each round, so that ids are never changed inside encoded bytes.
 */
final class FeedEvents {
    private final Source source;
    private final String run;
    private int round;
    private Iterator<DemoRecord> rest = List.<DemoRecord>of().iterator();

    /** Where the events of a round come from. */
    @FunctionalInterface
    interface Source {
        /** Returns the events in a list of the caller's, encoded by {@code events}. */
        List<DemoRecord> read(TextEventBytes events) throws IOException;
    }

    /**
     * Creates the stream of events.
     *
     * @param run tells the ids of this run from those of any other
     */
    FeedEvents(Source source, String run) {
        this.source = source;
        this.run = run;
    }

    /**
     * Returns a source with broken records strewn among its events.
     *
     * @param limits those of the pipeline, which the broken records break; null for no broken records
     */
    static Source withBroken(Source source, @Nullable LimitSettings limits) {
        if (limits == null) {
            return source;
        }
        return events -> {
            List<DemoRecord> records = source.read(events);
            DemoEvents.strewBroken(records, limits, events);
            return records;
        };
    }

    /**
     * Returns the next event.
     *
     * @throws UsageException if there is none at all
     */
    DemoRecord next() throws IOException {
        if (!rest.hasNext()) {
            round++;
            rest = source.read(new TextEventBytes("-" + run + "-" + round)).iterator();
        }
        if (!rest.hasNext()) {
            throw new UsageException("--events: expected at least one line, got none");
        }
        return rest.next();
    }
}
