package dev.glosstream.emit;

import dev.glosstream.avro.AppendedLabels;
import dev.glosstream.avro.AppendedTexts;
import dev.glosstream.avro.DeadLetter;
import dev.glosstream.avro.EnrichedEvent;
import dev.glosstream.avro.EntityLabels;
import dev.glosstream.avro.Provenance;
import dev.glosstream.avro.RecordHeader;
import dev.glosstream.avro.SentimentLabel;
import dev.glosstream.avro.TextEvent;
import dev.glosstream.avro.TextLabels;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.EventFields;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.LabelledText;
import dev.glosstream.sequence.Rejection;
import dev.glosstream.sequence.RejectionReason;
import dev.glosstream.sequence.Task;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Builds the output records of a pipeline. Immutable; any thread may share one. */
public final class OutputRecords {
    private final Map<Task, Provenance> provenance = new EnumMap<>(Task.class);

    /**
     * Creates a builder.
     *
     * @param bundles the models that answer, at most one per task
     */
    public OutputRecords(List<ModelBundle> bundles) {
        for (ModelBundle bundle : bundles) {
            provenance.put(
                    bundle.task(),
                    Provenance.newBuilder()
                            .setTask(bundle.task().code())
                            .setName(bundle.manifest().name())
                            .setVersion(bundle.manifest().version())
                            .setSha256(bundle.sha256())
                            .build());
        }
    }

    /**
     * Returns an event with all its labels.
     *
     * @param processedAtMs when the labels were made, milliseconds since 1970-01-01T00:00:00Z
     */
    public EnrichedEvent enrichedEvent(EventFields event, List<LabelledText> texts, long processedAtMs) {
        LabelledText first = texts.get(0);
        return EnrichedEvent.newBuilder()
                .setEvent(textEvent(event, first.text().text()))
                .setSentiment(LabelRecords.sentiment(first))
                .setEntities(LabelRecords.entities(first))
                .setTokenCount(first.labels().tokenCount())
                .setTruncated(first.labels().truncated())
                .setProvenance(List.copyOf(provenance.values()))
                .setProcessedAt(Instant.ofEpochMilli(processedAtMs))
                .setTexts(several(event, texts, LabelRecords::wrapped))
                .build();
    }

    /**
     * Returns the sentiment alone, if the pipeline has that task.
     *
     * @param processedAtMs when the label was made, milliseconds since 1970-01-01T00:00:00Z
     */
    public Optional<SentimentLabel> sentimentLabel(EventFields event, List<LabelledText> texts, long processedAtMs) {
        LabelledText first = texts.get(0);
        return Optional.ofNullable(LabelRecords.sentiment(first)).map(sentiment -> SentimentLabel.newBuilder()
                .setId(event.id())
                .setSentiment(sentiment)
                .setTokenCount(first.labels().tokenCount())
                .setTruncated(first.labels().truncated())
                .setProvenance(provenanceOf(Task.SENTIMENT))
                .setProcessedAt(Instant.ofEpochMilli(processedAtMs))
                .setTexts(several(event, texts, LabelRecords::sentimentAlone))
                .build());
    }

    /**
     * Returns the entities alone, if the pipeline has that task.
     *
     * @param processedAtMs when the labels were made, milliseconds since 1970-01-01T00:00:00Z
     */
    public Optional<EntityLabels> entityLabels(EventFields event, List<LabelledText> texts, long processedAtMs) {
        LabelledText first = texts.get(0);
        return Optional.ofNullable(LabelRecords.entities(first)).map(entities -> EntityLabels.newBuilder()
                .setId(event.id())
                .setEntities(entities)
                .setTokenCount(first.labels().tokenCount())
                .setTruncated(first.labels().truncated())
                .setProvenance(provenanceOf(Task.ENTITIES))
                .setProcessedAt(Instant.ofEpochMilli(processedAtMs))
                .setTexts(several(event, texts, LabelRecords::entitiesAlone))
                .build());
    }

    /**
     * Returns the labels of an event as a field of its own record: {@code AppendedTexts} if its source may give several
     * texts, and else {@code AppendedLabels}.
     *
     * @param processedAtMs when the labels were made, milliseconds since 1970-01-01T00:00:00Z
     */
    public SpecificRecord appendedLabels(EventFields event, List<LabelledText> texts, long processedAtMs) {
        if (event.severalTexts()) {
            return AppendedTexts.newBuilder()
                    .setTexts(several(event, texts, LabelRecords::appended))
                    .setProvenance(List.copyOf(provenance.values()))
                    .setProcessedAt(Instant.ofEpochMilli(processedAtMs))
                    .build();
        }
        LabelledText only = texts.get(0);
        return AppendedLabels.newBuilder()
                .setSentiment(LabelRecords.sentiment(only))
                .setEntities(LabelRecords.entities(only))
                .setTokenCount(only.labels().tokenCount())
                .setTruncated(only.labels().truncated())
                .setProvenance(List.copyOf(provenance.values()))
                .setProcessedAt(Instant.ofEpochMilli(processedAtMs))
                .build();
    }

    private static List<TextLabels> several(
            EventFields event, List<LabelledText> texts, Function<LabelledText, TextLabels> show) {
        return event.severalTexts() ? texts.stream().map(show).toList() : List.of();
    }

    /**
     * Returns the dead letter of a refused record; without its bytes and headers if it was refused for its size.
     *
     * @param failedAtMs when it was refused, milliseconds since 1970-01-01T00:00:00Z
     */
    public static DeadLetter deadLetter(InputRecord input, Rejection rejection, long failedAtMs) {
        boolean withBytes = rejection.reason() != RejectionReason.RECORD_TOO_LARGE;
        InputRecord.Source source = input.source();
        return DeadLetter.newBuilder()
                .setReason(rejection.reason().code())
                .setDetail(rejection.detail())
                .setKey(withBytes ? buffer(input.key()) : null)
                .setValue(withBytes ? buffer(input.value()) : null)
                .setHeaders(withBytes ? headers(input) : List.of())
                .setTopic(source.topic())
                .setPartition(source.partition())
                .setOffset(source.offset())
                .setTimestamp(Instant.ofEpochMilli(source.timestampMs()))
                .setFailedAt(Instant.ofEpochMilli(failedAtMs))
                .build();
    }

    private static TextEvent textEvent(EventFields fields, String text) {
        return TextEvent.newBuilder()
                .setId(fields.id())
                .setText(text)
                .setLanguage(fields.language().orElse(null))
                .setOccurredAt(fields.occurredAtMs().map(Instant::ofEpochMilli).orElse(null))
                .setAttributes(fields.attributes())
                .build();
    }

    private Provenance provenanceOf(Task task) {
        Provenance known = provenance.get(task);
        if (known == null) {
            throw new IllegalStateException(
                    "labels of task '" + task.code() + "': expected a model bundle behind them, got none");
        }
        return known;
    }

    private static List<RecordHeader> headers(InputRecord input) {
        return input.headers().stream()
                .map(header -> RecordHeader.newBuilder()
                        .setKey(header.key())
                        .setValue(buffer(header.value()))
                        .build())
                .toList();
    }

    private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}
