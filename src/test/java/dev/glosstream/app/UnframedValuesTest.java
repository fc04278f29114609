package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.avro.TextEvent;
import dev.glosstream.registry.ConfluentFrame;
import dev.glosstream.registry.SchemaRegistry;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class UnframedValuesTest {
    private static final int SINGLE_OBJECT_HEADER = 10;

    private final UnframedValues unframed = new UnframedValues(new SchemaRegistry() {
        @Override
        public Outcome<Schema> schema(int id) {
            return id == 7
                    ? Outcome.accepted(TextEvent.getClassSchema())
                    : Outcome.rejected(RejectionReason.UNKNOWN_SCHEMA, "id");
        }

        @Override
        public int id(String subject, String schema) {
            throw new IllegalStateException("nobody writes");
        }
    });

    @Test
    void shouldMakeSingleObjectEncodingOfAFramedValue() {
        byte[] single = singleObject();
        byte[] body = Arrays.copyOfRange(single, SINGLE_OBJECT_HEADER, single.length);

        assertThat(unframed.apply(framed(7, body))).isEqualTo(single);
    }

    @Test
    void shouldLeaveOtherValuesAsTheyAre() {
        assertThat(unframed.apply(singleObject())).isEqualTo(singleObject());
        assertThat(unframed.apply(new byte[] {0, 1})).containsExactly(0, 1);
    }

    @Test
    void shouldSayThatTheSchemaIsNotOfThisRegistry() {
        assertThatThrownBy(() -> unframed.apply(framed(8, new byte[] {1})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("unknown-schema");
    }

    private static byte[] singleObject() {
        byte[] value = new TextEventBytes().record("1", "Good").value();
        return value == null ? new byte[0] : value;
    }

    private static byte[] framed(int id, byte[] body) {
        byte[] frame = ConfluentFrame.of(id);
        return ByteBuffer.allocate(frame.length + body.length)
                .put(frame)
                .put(body)
                .array();
    }
}
