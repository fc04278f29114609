package dev.glosstream.app;

import dev.glosstream.web.Health;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.KafkaStreams.State;

/**
 * How a pipeline is, from the start of the process on.
 *
 * <p>Alive: nothing has broken it. Ready: models warm, Kafka Streams running. Any thread.
 */
final class PipelineHealth {
    private final AtomicReference<Health.Check> models =
            new AtomicReference<>(new Health.Check("models", false, "not loaded yet"));
    private final AtomicReference<Health.Check> streams =
            new AtomicReference<>(new Health.Check("streams", false, "not started yet"));
    private final AtomicReference<Health.Check> fault = new AtomicReference<>(new Health.Check("fault", true, "none"));

    /** Notes what the models are doing, before they are warm. */
    void modelsAre(String doing) {
        models.set(new Health.Check("models", false, doing));
    }

    /** Notes that the models are loaded and warm. */
    void modelsAreWarm(String names) {
        models.set(new Health.Check("models", true, "warm: " + names));
    }

    /** Notes a state of Kafka Streams. */
    void streamsAre(State state) {
        streams.set(new Health.Check("streams", state == State.RUNNING, state.name()));
        if (state == State.ERROR) {
            fault.updateAndGet(known ->
                    known.ok() ? new Health.Check("fault", false, "Kafka Streams ended with an error") : known);
        }
    }

    /** Notes what has broken the pipeline: its kind alone, because messages of others may quote what nobody should see. */
    void brokenBy(Throwable thrown) {
        fault.set(new Health.Check("fault", false, thrown.getClass().getSimpleName() + "; the log says more"));
    }

    /** Returns the health that the server tells. */
    Health health() {
        return new Health(() -> List.of(fault.get()), () -> List.of(models.get(), streams.get(), fault.get()));
    }
}
