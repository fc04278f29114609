package dev.glosstream.emit;

import dev.glosstream.avro.EnrichedValue;
import dev.glosstream.avro.Entity;
import dev.glosstream.avro.Sentiment;
import dev.glosstream.sequence.LabelledText;
import dev.glosstream.sequence.Labels;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Labels ↔ the record {@link EnrichedValue}. Any thread. */
public final class EnrichedValues {
    private EnrichedValues() {}

    /** Writes labels into a record in the making. */
    public static void write(LabelledText text, EnrichedValue.Builder record) {
        record.setSentiment(LabelRecords.sentiment(text))
                .setEntities(LabelRecords.entities(text))
                .setTokenCount(text.labels().tokenCount())
                .setTruncated(text.labels().truncated());
    }

    /** Returns the labels that {@link #write} wrote. */
    public static Labels read(EnrichedValue record) {
        return new Labels(
                Optional.ofNullable(sentiment(record.getSentiment())),
                Optional.ofNullable(entities(record.getEntities())),
                record.getTokenCount(),
                record.getTruncated());
    }

    private static dev.glosstream.sequence.@Nullable Sentiment sentiment(@Nullable Sentiment record) {
        return record == null
                ? null
                : new dev.glosstream.sequence.Sentiment(record.getLabel(), record.getScore(), record.getScores());
    }

    private static @Nullable List<dev.glosstream.sequence.Entity> entities(@Nullable List<Entity> records) {
        return records == null
                ? null
                : records.stream()
                        .map(record -> new dev.glosstream.sequence.Entity(
                                record.getType(), record.getCharStart(), record.getCharEnd(), record.getScore()))
                        .toList();
    }
}
