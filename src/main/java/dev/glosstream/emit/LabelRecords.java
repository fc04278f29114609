package dev.glosstream.emit;

import dev.glosstream.avro.EnrichedValue;
import dev.glosstream.avro.Entity;
import dev.glosstream.avro.Sentiment;
import dev.glosstream.sequence.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Labels ↔ their Avro records. Any thread. */
public final class LabelRecords {
    private LabelRecords() {}

    /** Returns the record of a sentiment. */
    static Sentiment sentiment(dev.glosstream.sequence.Sentiment sentiment) {
        return Sentiment.newBuilder()
                .setLabel(sentiment.label())
                .setScore(sentiment.score())
                .setScores(sentiment.scores())
                .build();
    }

    /**
     * Returns the records of entities.
     *
     * @param text that they are spans of
     */
    static List<Entity> entities(String text, List<dev.glosstream.sequence.Entity> entities) {
        CodePointOffsets codePoints = new CodePointOffsets(text);
        List<Entity> records = new ArrayList<>(entities.size());
        for (dev.glosstream.sequence.Entity entity : entities) {
            records.add(Entity.newBuilder()
                    .setType(entity.type())
                    .setCharStart(entity.charStart())
                    .setCharEnd(entity.charEnd())
                    .setCodePointStart(codePoints.at(entity.charStart()))
                    .setCodePointEnd(codePoints.at(entity.charEnd()))
                    .setText(entity.textOf(text))
                    .setScore(entity.score())
                    .build());
        }
        return records;
    }

    /**
     * Writes labels into a record in the making.
     *
     * @param text that was labelled
     */
    public static void fill(EnrichedValue.Builder record, String text, Labels labels) {
        record.setSentiment(labels.sentiment().map(LabelRecords::sentiment).orElse(null))
                .setEntities(labels.entities()
                        .map(entities -> entities(text, entities))
                        .orElse(null))
                .setTokenCount(labels.tokenCount())
                .setTruncated(labels.truncated());
    }

    /** Returns the labels that {@link #fill} wrote. */
    public static Labels labels(EnrichedValue record) {
        return new Labels(
                Optional.ofNullable(sentimentOf(record.getSentiment())),
                Optional.ofNullable(entitiesOf(record.getEntities())),
                record.getTokenCount(),
                record.getTruncated());
    }

    private static dev.glosstream.sequence.@Nullable Sentiment sentimentOf(@Nullable Sentiment record) {
        return record == null
                ? null
                : new dev.glosstream.sequence.Sentiment(record.getLabel(), record.getScore(), record.getScores());
    }

    private static @Nullable List<dev.glosstream.sequence.Entity> entitiesOf(@Nullable List<Entity> records) {
        return records == null
                ? null
                : records.stream()
                        .map(record -> new dev.glosstream.sequence.Entity(
                                record.getType(), record.getCharStart(), record.getCharEnd(), record.getScore()))
                        .toList();
    }
}
