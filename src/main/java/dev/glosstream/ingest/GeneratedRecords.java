package dev.glosstream.ingest;

import dev.glosstream.avro.AppendedLabels;
import dev.glosstream.avro.AppendedTexts;
import dev.glosstream.avro.DeadLetter;
import dev.glosstream.avro.EnrichedEvent;
import dev.glosstream.avro.EnrichedValue;
import dev.glosstream.avro.Entity;
import dev.glosstream.avro.EntityLabels;
import dev.glosstream.avro.PendingRecord;
import dev.glosstream.avro.Provenance;
import dev.glosstream.avro.RecordHeader;
import dev.glosstream.avro.Sentiment;
import dev.glosstream.avro.SentimentLabel;
import dev.glosstream.avro.TextEvent;
import dev.glosstream.avro.TextLabels;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Avro's data model with the generated classes of this project, and no others.
 *
 * <p>Avro loads a class by the name in a schema only if the class is declared trusted, by a system property or for the whole
 * process. Naming our classes here asks for neither, so the generated {@code getDecoder()} methods throw a {@code
 * SecurityException} where {@link #decoder} works. Any thread may share one.
 */
public final class GeneratedRecords extends SpecificData {
    private static final Map<String, Class<?>> CLASS_BY_NAME = List.of(
                    AppendedLabels.class,
                    AppendedTexts.class,
                    DeadLetter.class,
                    EnrichedEvent.class,
                    EnrichedValue.class,
                    Entity.class,
                    EntityLabels.class,
                    PendingRecord.class,
                    Provenance.class,
                    RecordHeader.class,
                    Sentiment.class,
                    SentimentLabel.class,
                    TextEvent.class,
                    TextLabels.class)
            .stream()
            .collect(Collectors.toUnmodifiableMap(Class::getName, Function.identity()));

    /** Creates the model. */
    public GeneratedRecords() {
        addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    }

    /**
     * Returns a decoder of single-object encoding that reads every known version of a record. Any thread may share one.
     *
     * @param type a generated class
     */
    public static <T extends SpecificRecord> GeneratedDecoder<T> decoder(Class<T> type) {
        return new GeneratedDecoder<>(type);
    }

    // The signature of the overridden method is raw.
    @Override
    @SuppressWarnings("rawtypes")
    public Class getClass(Schema schema) {
        Class<?> known = schema.getType() == Schema.Type.RECORD ? CLASS_BY_NAME.get(schema.getFullName()) : null;
        return known == null ? super.getClass(schema) : known;
    }
}
