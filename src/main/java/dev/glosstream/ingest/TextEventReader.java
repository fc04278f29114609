package dev.glosstream.ingest;

import dev.glosstream.avro.TextEvent;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@link TextEvent}s from Avro bodies of every schema that Avro can resolve to it, older or newer.
 *
 * <p>Unlike Avro's own decoders of messages it decodes from the array itself, so that a length beyond its end is refused
 * before anything is allocated, and it refuses bytes left over. One thread at a time.
 */
public final class TextEventReader implements BodyReader {
    /** Layouts of the known versions of {@link TextEvent}: their records are bounded by their bytes. */
    private static final Set<Long> KNOWN =
            SingleObject.byFingerprint(SchemaHistory.of("TextEvent")).keySet();

    private final Map<Schema, Outcome<StrictTextReader>> readerBySchema = new HashMap<>();
    private final Map<Schema, Boolean> isKnown = new HashMap<>();
    private @Nullable BinaryDecoder reused;

    /** Creates a reader. */
    public TextEventReader() {}

    @Override
    public Outcome<SourceEvent> read(InputRecord record, Schema writer, int bodyStart) {
        byte[] value = Objects.requireNonNullElse(record.value(), new byte[0]);
        return reader(writer)
                .then(reader -> original(record, writer, bodyStart).then(original -> event(value, bodyStart, reader)
                        .then(TextEventSource::fields)
                        .then(fields -> Outcome.accepted(new SourceEvent(fields, original)))));
    }

    /**
     * Returns how a value is written. A schema from elsewhere may have fields that Avro skips without a bound on levels or on
     * elements that take no bytes, so a body of one is walked over first.
     */
    private Outcome<Original> original(InputRecord record, Schema writer, int bodyStart) {
        boolean known = isKnown.computeIfAbsent(
                writer, schema -> KNOWN.contains(SchemaNormalization.parsingFingerprint64(schema)));
        return known
                ? Outcome.accepted(new Original.Avro(writer, bodyStart))
                : AvroReader.original(record, writer, bodyStart);
    }

    /** Returns the event of a body; whatever is wrong with the bytes or with their schema is an answer. */
    Outcome<TextEvent> event(byte[] value, int bodyStart, Schema writer) {
        return reader(writer).then(reader -> event(value, bodyStart, reader));
    }

    private Outcome<StrictTextReader> reader(Schema writer) {
        return readerBySchema.computeIfAbsent(writer, TextEventReader::newReader);
    }

    private static Outcome<StrictTextReader> newReader(Schema writer) {
        SchemaCompatibilityType compatible = SchemaCompatibility.checkReaderWriterCompatibility(
                        TextEvent.getClassSchema(), writer)
                .getType();
        if (compatible != SchemaCompatibilityType.COMPATIBLE) {
            return Outcome.rejected(
                    RejectionReason.WRONG_SCHEMA,
                    "value: expected a schema that can be read as TextEvent, got '" + writer.getFullName()
                            + "', which cannot; a source of format 'avro' reads any schema");
        }
        return Outcome.accepted(new StrictTextReader(writer));
    }

    private Outcome<TextEvent> event(byte[] value, int start, StrictTextReader reader) {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(value, start, value.length - start, reused);
        reused = decoder;
        try {
            TextEvent event = reader.read(null, decoder);
            return decoder.isEnd() ? Outcome.accepted(event) : notAvro("one TextEvent, got bytes left over after it");
        } catch (StrictTextReader.MalformedStringException e) {
            return Outcome.rejected(
                    RejectionReason.MALFORMED_TEXT, "value: expected strings in UTF-8, got other bytes in one of them");
        } catch (IOException | RuntimeException e) {
            // Avro answers broken bytes with exceptions of many kinds, index errors included; none is about us.
            return notAvro("the body of a TextEvent, got bytes that do not decode ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    private static Outcome<TextEvent> notAvro(String expectedAndGot) {
        return Outcome.rejected(RejectionReason.NOT_AVRO, "value: expected " + expectedAndGot);
    }
}
