package dev.glosstream.emit;

import dev.glosstream.avro.Entity;
import dev.glosstream.avro.Sentiment;
import dev.glosstream.avro.TextLabels;
import dev.glosstream.sequence.LabelledText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The labels of one text as Avro records. */
final class LabelRecords {
    private LabelRecords() {}

    /** Returns the sentiment, null if the pipeline has no such task. */
    static @Nullable Sentiment sentiment(LabelledText text) {
        return text.labels()
                .sentiment()
                .map(sentiment -> Sentiment.newBuilder()
                        .setLabel(sentiment.label())
                        .setScore(sentiment.score())
                        .setScores(sentiment.scores())
                        .build())
                .orElse(null);
    }

    /** Returns the entities, null if the pipeline has no such task. */
    static @Nullable List<Entity> entities(LabelledText text) {
        return text.labels()
                .entities()
                .map(entities -> entities(text.text().text(), entities))
                .orElse(null);
    }

    private static List<Entity> entities(String text, List<dev.glosstream.sequence.Entity> entities) {
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

    /** Returns all labels with the text itself. */
    static TextLabels wrapped(LabelledText text) {
        return labels(text)
                .setText(text.text().text())
                .setSentiment(sentiment(text))
                .setEntities(entities(text))
                .build();
    }

    /** Returns all labels without the text, which stands beside them. */
    static TextLabels appended(LabelledText text) {
        return labels(text)
                .setSentiment(sentiment(text))
                .setEntities(entities(text))
                .build();
    }

    /** Returns the sentiment and nothing else. */
    static TextLabels sentimentAlone(LabelledText text) {
        return labels(text).setSentiment(sentiment(text)).build();
    }

    /** Returns the entities and nothing else. */
    static TextLabels entitiesAlone(LabelledText text) {
        return labels(text).setEntities(entities(text)).build();
    }

    private static TextLabels.Builder labels(LabelledText text) {
        return TextLabels.newBuilder()
                .setPath(text.text().path())
                .setTokenCount(text.labels().tokenCount())
                .setTruncated(text.labels().truncated());
    }
}
