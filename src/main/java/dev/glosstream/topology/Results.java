package dev.glosstream.topology;

import dev.glosstream.config.LimitSettings;
import dev.glosstream.config.OutputMode;
import dev.glosstream.config.OutputSettings;
import dev.glosstream.config.TopicSettings;
import dev.glosstream.emit.AppendedValues;
import dev.glosstream.emit.OutputEncoder;
import dev.glosstream.emit.OutputRecords;
import dev.glosstream.ingest.Original;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.Rejection;
import dev.glosstream.sequence.RejectionReason;
import dev.glosstream.sequence.Task;
import dev.glosstream.window.KafkaRecords;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Makes the output records of one input record, by the sink they go to. One thread at a time. */
final class Results {
    private final Destination destination;
    private final OutputEncoder encoder;
    private final OutputRecords records;
    private final AppendedValues appended;
    private final ModelHeaders models;
    private final DeadLetters deadLetters;

    /**
     * Where results go and how they look.
     *
     * @param topics the topics
     * @param alone tasks whose labels are also written alone
     * @param output wrapped or appended
     * @param limits bound the size of the inputs, and so that of the outputs
     */
    record Destination(TopicSettings topics, Set<Task> alone, OutputSettings output, LimitSettings limits) {}

    /**
     * Creates a maker of output records.
     *
     * @param bundles the models that answer, at most one per task
     */
    Results(Destination destination, List<ModelBundle> bundles, OutputEncoder encoder) {
        this.destination = destination;
        this.encoder = encoder;
        this.records = new OutputRecords(bundles);
        this.appended = new AppendedValues(encoder, destination.output().field());
        this.models = new ModelHeaders(bundles);
        this.deadLetters = new DeadLetters(encoder, destination.topics().deadLetters());
    }

    /** Returns one record per sink for an event with its labels, or why they cannot be written. */
    Outcome<Map<String, Record<byte[], byte[]>>> of(LabelledEvent labelled, long nowMs) {
        InputRecord input = labelled.input();
        if (labelled.event().original() instanceof Original.Tombstone) {
            return Outcome.accepted(tombstones(input, nowMs));
        }
        return enriched(labelled, nowMs).then(value -> checkSizes(bySink(labelled, value, nowMs)));
    }

    /** Returns the dead letter of a refused record. */
    Map<String, Record<byte[], byte[]>> of(InputRecord input, Rejection rejection, long nowMs) {
        return Map.of(EnrichmentTopology.DEAD_LETTERS, deadLetters.letter(input, rejection, nowMs));
    }

    /** What is deleted from the input is deleted from all that was made of it. */
    private Map<String, Record<byte[], byte[]>> tombstones(InputRecord input, long nowMs) {
        Map<String, Record<byte[], byte[]>> bySink = new LinkedHashMap<>();
        bySink.put(EnrichmentTopology.ENRICHED_EVENTS, record(input, OwnHeaders.without(input), null, nowMs));
        if (destination.alone().contains(Task.SENTIMENT)) {
            bySink.put(EnrichmentTopology.SENTIMENT_LABELS, record(input, OwnHeaders.without(input), null, nowMs));
        }
        if (destination.alone().contains(Task.ENTITIES)) {
            bySink.put(EnrichmentTopology.ENTITY_LABELS, record(input, OwnHeaders.without(input), null, nowMs));
        }
        return bySink;
    }

    private Outcome<byte[]> enriched(LabelledEvent labelled, long nowMs) {
        String topic = destination.topics().enriched();
        if (destination.output().mode() == OutputMode.WRAP) {
            return Outcome.accepted(
                    encoder.encode(topic, records.enrichedEvent(labelled.event().fields(), labelled.texts(), nowMs)));
        }
        byte[] value = Objects.requireNonNull(labelled.input().value(), "labelled record without a value");
        SpecificRecord labels = records.appendedLabels(labelled.event().fields(), labelled.texts(), nowMs);
        Original original = labelled.event().original();
        if (original instanceof Original.Avro avro) {
            return appended.avro(topic, avro.writer(), value, avro.bodyStart(), labels);
        }
        return original instanceof Original.Json
                ? Outcome.accepted(appended.json(value, labels))
                : Outcome.rejected(
                        RejectionReason.NOT_APPENDABLE, "value: expected one that takes a field, got a plain one");
    }

    private Map<String, Record<byte[], byte[]>> bySink(LabelledEvent labelled, byte[] enriched, long nowMs) {
        InputRecord input = labelled.input();
        TopicSettings topics = destination.topics();
        Map<String, Record<byte[], byte[]>> bySink = new LinkedHashMap<>();
        bySink.put(
                EnrichmentTopology.ENRICHED_EVENTS,
                record(input, models.addAll(OwnHeaders.without(input)), enriched, nowMs));
        if (destination.alone().contains(Task.SENTIMENT)) {
            records.sentimentLabel(labelled.event().fields(), labelled.texts(), nowMs)
                    .ifPresent(label -> bySink.put(
                            EnrichmentTopology.SENTIMENT_LABELS,
                            alone(input, Task.SENTIMENT, encoder.encode(topics.sentiment(), label), nowMs)));
        }
        if (destination.alone().contains(Task.ENTITIES)) {
            records.entityLabels(labelled.event().fields(), labelled.texts(), nowMs)
                    .ifPresent(labels -> bySink.put(
                            EnrichmentTopology.ENTITY_LABELS,
                            alone(input, Task.ENTITIES, encoder.encode(topics.entities(), labels), nowMs)));
        }
        return bySink;
    }

    private Record<byte[], byte[]> alone(InputRecord input, Task task, byte[] labels, long nowMs) {
        return record(input, models.add(OwnHeaders.without(input), task), labels, nowMs);
    }

    /** Many small entities can take more room than their text: that must not stop the producer. */
    private Outcome<Map<String, Record<byte[], byte[]>>> checkSizes(Map<String, Record<byte[], byte[]>> bySink) {
        int most = RecordSizes.largestOutputBytes(destination.limits());
        for (Map.Entry<String, Record<byte[], byte[]>> output : bySink.entrySet()) {
            long size = RecordSizes.sizeBytes(output.getValue());
            if (size > most) {
                return Outcome.rejected(
                        RejectionReason.OUTPUT_TOO_LARGE,
                        "output '" + output.getKey() + "': expected at most " + most
                                + " bytes (twice limits.maxRecordBytes, and some), got " + size);
            }
        }
        return Outcome.accepted(bySink);
    }

    private static Record<byte[], byte[]> record(
            InputRecord input, Headers headers, byte @Nullable [] value, long nowMs) {
        return new Record<>(
                input.key(), value, KafkaRecords.timestampMs(input.source().timestampMs(), nowMs), headers);
    }
}
