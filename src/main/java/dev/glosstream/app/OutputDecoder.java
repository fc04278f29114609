package dev.glosstream.app;

import dev.glosstream.avro.DeadLetter;
import dev.glosstream.avro.EnrichedEvent;
import dev.glosstream.config.TopicSettings;
import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import dev.glosstream.sequence.Sentiment;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads enriched events and dead letters back, to print and to count them. One thread. */
final class OutputDecoder {
    private final TopicSettings topics;
    private final List<String> sentimentLabels;
    private final OutputValues values;

    /**
     * Creates a decoder.
     *
     * @param topics where records come from
     * @param sentimentLabels order of the sentiment scores, which Avro does not keep
     * @param values how their values are written
     */
    OutputDecoder(TopicSettings topics, List<String> sentimentLabels, OutputValues values) {
        this.topics = topics;
        this.values = values;
        this.sentimentLabels = List.copyOf(sentimentLabels);
    }

    /**
     * Decodes a record of either topic.
     *
     * @throws IllegalStateException if it is not one of ours
     */
    OutputRecord decode(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.topic().equals(topics.deadLetters())
                    ? deadLetter(values.decode(DeadLetter.class, record.value()))
                    : enriched(values.decode(EnrichedEvent.class, record.value()));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "topic '" + record.topic() + "': expected records of this pipeline, got others", e);
        }
    }

    private OutputRecord enriched(EnrichedEvent event) {
        Labels labels = new Labels(
                Optional.ofNullable(sentiment(event.getSentiment())),
                Optional.ofNullable(entities(event.getEntities())),
                event.getTokenCount(),
                event.getTruncated());
        String id = event.getEvent().getId();
        TextResult result =
                new TextResult(Map.of("id", id), Optional.of(event.getEvent().getText()), Outcome.accepted(labels));
        return new OutputRecord(Optional.of(id), Optional.empty(), result);
    }

    private @Nullable Sentiment sentiment(dev.glosstream.avro.@Nullable Sentiment sentiment) {
        if (sentiment == null) {
            return null;
        }
        Map<String, Double> scores = new LinkedHashMap<>();
        sentimentLabels.forEach(label -> scores.put(label, sentiment.getScores().getOrDefault(label, 0.0)));
        scores.putAll(sentiment.getScores());
        return new Sentiment(sentiment.getLabel(), sentiment.getScore(), scores);
    }

    private static @Nullable List<Entity> entities(@Nullable List<dev.glosstream.avro.Entity> entities) {
        if (entities == null) {
            return null;
        }
        return entities.stream()
                .map(entity ->
                        new Entity(entity.getType(), entity.getCharStart(), entity.getCharEnd(), entity.getScore()))
                .toList();
    }

    private static OutputRecord deadLetter(DeadLetter letter) {
        Map<String, Object> origin = new LinkedHashMap<>();
        origin.put("topic", letter.getTopic());
        origin.put("partition", letter.getPartition());
        origin.put("offset", letter.getOffset());
        RejectionReason reason = Arrays.stream(RejectionReason.values())
                .filter(known -> known.code().equals(letter.getReason()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "dead letter: expected a known reason, got '" + letter.getReason() + "'"));
        return new OutputRecord(
                Optional.empty(),
                Optional.of(new RecordPlace(letter.getPartition(), letter.getOffset())),
                new TextResult(origin, Optional.empty(), Outcome.rejected(reason, letter.getDetail())));
    }
}
