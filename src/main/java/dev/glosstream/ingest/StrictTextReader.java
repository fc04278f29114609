package dev.glosstream.ingest;

import dev.glosstream.avro.TextEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.util.Utf8;

/**
 * Reads text events of one schema version, and refuses strings that are not UTF-8, which Avro would silently replace.
 *
 * <p>One thread at a time.
 */
final class StrictTextReader extends SpecificDatumReader<TextEvent> {

    /** A string of the record is not UTF-8. */
    static final class MalformedStringException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private MalformedStringException(CharacterCodingException cause) {
            super(cause);
        }
    }

    StrictTextReader(Schema writer) {
        super(writer, TextEvent.getClassSchema(), model());
    }

    private static SpecificData model() {
        SpecificData model = new GeneratedRecords();
        // The generated fast reader does not go through readString.
        model.setFastReaderEnabled(false);
        return model;
    }

    @Override
    protected Object readString(Object old, Schema expected, Decoder in) throws IOException {
        Utf8 bytes = in.readString(null);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(), 0, bytes.getByteLength()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedStringException(e);
        }
    }
}
