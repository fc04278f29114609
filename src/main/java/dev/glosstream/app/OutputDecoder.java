package dev.glosstream.app;

import dev.glosstream.avro.DeadLetter;
import dev.glosstream.avro.EnrichedEvent;
import dev.glosstream.config.TopicSettings;
import dev.glosstream.ingest.GeneratedRecords;
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
import java.util.function.UnaryOperator;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads enriched events and dead letters back, to print and to count them. One thread. */
final class OutputDecoder {
    private final TopicSettings topics;
    private final List<String> sentimentLabels;
    private final UnaryOperator<byte[]> unframed;
    private final BinaryMessageDecoder<EnrichedEvent> enriched = GeneratedRecords.decoder(EnrichedEvent.class);
    private final BinaryMessageDecoder<DeadLetter> deadLetters = GeneratedRecords.decoder(DeadLetter.class);

    /**
     * Creates a decoder.
     *
     * @param topics where records come from
     * @param sentimentLabels order of the sentiment scores, which Avro does not keep
     */
    OutputDecoder(TopicSettings topics, List<String> sentimentLabels) {
        this(topics, sentimentLabels, UnaryOperator.identity());
    }

    /**
     * Creates a decoder.
     *
     * @param topics where records come from
     * @param sentimentLabels order of the sentiment scores, which Avro does not keep
     * @param unframed turns a value into single-object encoding
     */
    OutputDecoder(TopicSettings topics, List<String> sentimentLabels, UnaryOperator<byte[]> unframed) {
        this.topics = topics;
        this.sentimentLabels = List.copyOf(sentimentLabels);
        this.unframed = unframed;
    }

    /**
     * Decodes a record of either topic.
     *
     * @throws IllegalStateException if it is not one of ours
     */
    OutputRecord decode(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = unframed.apply(record.value());
        try {
            return record.topic().equals(topics.deadLetters())
                    ? deadLetter(deadLetters.decode(value))
                    : enriched(enriched.decode(value));
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
