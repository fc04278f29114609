package dev.glosstream.ingest;

import dev.glosstream.avro.TextEvent;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * The Avro body of a value, whatever header precedes it → event.
 *
 * <p>Decodes from the array itself, so that a length beyond its end is refused before anything is allocated, and refuses
 * bytes left over. One thread at a time.
 */
final class TextEventBody {
    private @Nullable BinaryDecoder reused;

    /**
     * Decodes all bytes from an index on.
     *
     * @param reader reads events of the schema that they were written with
     */
    Outcome<TextEvent> decode(byte[] value, int start, StrictTextReader reader) {
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

    /** Returns the rejection of a value that is no Avro in the format of the topic. */
    static Outcome<TextEvent> notAvro(String expectedAndGot) {
        return Outcome.rejected(RejectionReason.NOT_AVRO, "value: expected " + expectedAndGot);
    }
}
