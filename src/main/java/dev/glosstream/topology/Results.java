package dev.glosstream.topology;

import dev.glosstream.config.TopicSettings;
import dev.glosstream.emit.OutputEncoder;
import dev.glosstream.emit.OutputRecords;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Rejection;
import dev.glosstream.sequence.Task;
import dev.glosstream.window.KafkaRecords;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;

/** Makes the output records of one input record, by the sink they go to. One thread at a time. */
final class Results {
    private final TopicSettings topics;
    private final OutputEncoder encoder;
    private final OutputRecords records;
    private final ModelHeaders models;
    private final DeadLetters deadLetters;

    /**
     * Creates a maker of output records.
     *
     * @param bundles the models that answer, at most one per task
     */
    Results(TopicSettings topics, List<ModelBundle> bundles, OutputEncoder encoder) {
        this.topics = topics;
        this.encoder = encoder;
        this.records = new OutputRecords(bundles);
        this.models = new ModelHeaders(bundles);
        this.deadLetters = new DeadLetters(encoder, topics.deadLetters());
    }

    /** Returns one record per sink for an event with its labels. */
    Map<String, Record<byte[], byte[]>> of(LabelledEvent labelled, long nowMs) {
        InputRecord input = labelled.input();
        Map<String, Record<byte[], byte[]>> bySink = new LinkedHashMap<>();
        bySink.put(
                EnrichmentTopology.ENRICHED_EVENTS,
                record(
                        input,
                        models.addAll(KafkaRecords.headers(input)),
                        topics.enriched(),
                        records.enrichedEvent(labelled.event().fields(), labelled.texts(), nowMs),
                        nowMs));
        records.sentimentLabel(labelled.event().fields(), labelled.texts(), nowMs)
                .ifPresent(label -> bySink.put(
                        EnrichmentTopology.SENTIMENT_LABELS,
                        record(
                                input,
                                models.add(KafkaRecords.headers(input), Task.SENTIMENT),
                                topics.sentiment(),
                                label,
                                nowMs)));
        records.entityLabels(labelled.event().fields(), labelled.texts(), nowMs)
                .ifPresent(labels -> bySink.put(
                        EnrichmentTopology.ENTITY_LABELS,
                        record(
                                input,
                                models.add(KafkaRecords.headers(input), Task.ENTITIES),
                                topics.entities(),
                                labels,
                                nowMs)));
        return bySink;
    }

    /** Returns the dead letter of a refused record. */
    Map<String, Record<byte[], byte[]>> of(InputRecord input, Rejection rejection, long nowMs) {
        return Map.of(EnrichmentTopology.DEAD_LETTERS, deadLetters.letter(input, rejection, nowMs));
    }

    private Record<byte[], byte[]> record(
            InputRecord input, Headers headers, String topic, SpecificRecord value, long nowMs) {
        return new Record<>(
                input.key(),
                encoder.encode(topic, value),
                KafkaRecords.timestampMs(input.source().timestampMs(), nowMs),
                headers);
    }
}
