package dev.glosstream.app;

import dev.glosstream.config.PipelineSettings;
import dev.glosstream.console.Console;
import dev.glosstream.console.LiveFeed;
import dev.glosstream.console.Turns;
import dev.glosstream.observe.PipelineListener;
import dev.glosstream.pipeline.PreparedText;
import dev.glosstream.pipeline.TextLabeller;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.web.Route;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind the console of a pipeline: the same stages for typed texts, and a reader of the committed results.
 *
 * <p>Typed texts go one at a time, through a labeller of their own: they take no place in a window. Any thread.
 */
final class ConsoleService implements AutoCloseable {
    /** Of what is read at once, so many results of each topic are shown: nobody reads faster. */
    static final int SHOWN_AT_ONCE = 5;

    private static final int MOST_WAITING = 8;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final LiveFeed feed = new LiveFeed();
    private final Turns turns = new Turns(MOST_WAITING, LONGEST_WAIT);
    private final boolean wanted;
    private @Nullable TextLabeller labeller;
    private @Nullable ResultJson printer;
    private @Nullable OutputReader reader;

    /**
     * Creates a console.
     *
     * @param wanted whether it will be served: otherwise {@link #open} does nothing
     */
    ConsoleService(boolean wanted) {
        this.wanted = wanted;
    }

    /** Returns the routes; until {@link #open} they answer that nothing is ready. */
    List<Route> routes() {
        return new Console(this::answer, feed).routes();
    }

    /**
     * Lets typed texts be labelled, and shows what the pipeline writes, from now on; if that cannot be read, the log says so.
     *
     * @param settings those of the pipeline; its topics exist
     * @param values how its outputs are read back
     */
    void open(PipelineSettings settings, OpenModels models, OutputValues values) {
        if (wanted) {
            label(settings, models);
            try {
                watch(settings, models, values);
            } catch (KafkaException e) {
                tell(e);
            }
        }
    }

    private void label(PipelineSettings settings, OpenModels models) {
        turns.between(() -> {
            labeller =
                    new TextLabeller(models.models(), settings.limits(), settings.batching(), PipelineListener.SILENT);
            printer = new ResultJson(models.ids());
        });
    }

    private void watch(PipelineSettings settings, OpenModels models, OutputValues values) {
        ResultJson json = new ResultJson(models.ids());
        OutputDecoder decoder = new OutputDecoder(settings.topics(), models.sentimentLabels(), values);
        OutputReader opened =
                new OutputReader(KafkaClients.consumer(settings), settings.topics(), records -> shown(records)
                        .forEach(record -> feed.publish(line(json, decoder, record))));
        reader = opened;
        opened.onFailure(ConsoleService::tell);
        opened.skipToEnd();
        opened.start();
    }

    /**
     * Returns the last few of each topic, in their order: a backlog of enriched events must not hide the dead letters
     * among them.
     */
    static List<ConsumerRecord<byte[], byte[]>> shown(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, Integer> taken = new HashMap<>();
        Deque<ConsumerRecord<byte[], byte[]>> latest = new ArrayDeque<>();
        for (int index = records.size() - 1; index >= 0; index--) {
            ConsumerRecord<byte[], byte[]> record = records.get(index);
            if (taken.merge(record.topic(), 1, Integer::sum) <= SHOWN_AT_ONCE) {
                latest.addFirst(record);
            }
        }
        return List.copyOf(latest);
    }

    /** The pipeline goes on without its console; most often the principal may not read what it may write. */
    private static void tell(RuntimeException failed) {
        String kind = failed.getClass().getSimpleName();
        LifeLog.warning(
                "console",
                Map.of("fault", kind),
                "the console shows no more results: " + kind + "; the pipeline goes on. It reads the topics of enriched"
                        + " events and dead letters, which the principal must be allowed to");
    }

    private static String line(ResultJson json, OutputDecoder decoder, ConsumerRecord<byte[], byte[]> record) {
        try {
            return json.line(decoder.decode(record).result());
        } catch (RuntimeException unreadable) {
            // Results in a format that the console does not know: a place is all that it can tell.
            Map<String, Object> place = new LinkedHashMap<>();
            place.put("topic", record.topic());
            place.put("partition", record.partition());
            place.put("offset", record.offset());
            return ResultJson.write(out -> {
                out.writeStartObject();
                for (Map.Entry<String, Object> entry : place.entrySet()) {
                    out.writeObjectField(entry.getKey(), entry.getValue());
                }
                out.writeEndObject();
            });
        }
    }

    private Optional<String> answer(String text) {
        return turns.take(() -> labeller == null || printer == null
                ? Optional.empty()
                : Optional.of(printer.line(TextResult.of(text, labels(labeller, text)))));
    }

    private static Outcome<Labels> labels(TextLabeller labeller, String text) {
        Outcome<PreparedText> prepared = labeller.prepare(text);
        return prepared.then(ready -> labeller.label(List.of(ready)).get(0));
    }

    /** Stops to read and to label; to be called before the models are closed. */
    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
        turns.between(() -> {
            if (labeller != null) {
                labeller.close();
                labeller = null;
            }
        });
    }
}
