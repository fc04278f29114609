package dev.glosstream.ingest;

import dev.glosstream.avro.TextEvent;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;

/**
 * The wire format of text events: bytes → event.
 *
 * <p>Single-object encoding by default; a schema registry's format takes its place by implementing this. One thread at a
 * time.
 */
@FunctionalInterface
public interface TextEventDecoder {

    /**
     * Decodes the value of a record.
     *
     * <p>Whatever is wrong with the bytes is an answer ({@code not-avro}, {@code wrong-schema}, {@code malformed-text}); an
     * exception means that the decoder itself cannot work, for example because its registry is gone.
     *
     * @param record a record whose value is not null
     */
    Outcome<TextEvent> decode(InputRecord record);
}
