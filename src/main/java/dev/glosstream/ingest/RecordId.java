package dev.glosstream.ingest;

import dev.glosstream.sequence.InputRecord;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The identifier of a record that carries none itself. */
final class RecordId {
    private RecordId() {}

    /**
     * Returns the key, if it is text: UTF-8, not empty, without control characters (a number in binary is none). Otherwise
     * {@code topic-partition-offset}.
     */
    static String of(InputRecord record) {
        byte[] key = record.key();
        if (key != null && key.length > 0) {
            try {
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(key))
                        .toString();
                if (text.chars().noneMatch(Character::isISOControl)) {
                    return text;
                }
            } catch (CharacterCodingException notText) {
                return place(record.source());
            }
        }
        return place(record.source());
    }

    private static String place(InputRecord.Source source) {
        return source.topic() + "-" + source.partition() + "-" + source.offset();
    }
}
