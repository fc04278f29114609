package dev.glosstream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.config.OutputSettings;
import dev.glosstream.config.RegistryCredentials;
import dev.glosstream.config.RegistrySettings;
import dev.glosstream.config.SerdeSettings;
import dev.glosstream.config.SourceFields;
import dev.glosstream.config.SubjectNaming;
import dev.glosstream.config.TlsSettings;
import dev.glosstream.ingest.AvroReader;
import dev.glosstream.ingest.ConfluentSource;
import dev.glosstream.ingest.SourceEvent;
import dev.glosstream.registry.ConfluentFrame;
import dev.glosstream.registry.SchemaRegistry;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

class SerdeSourceTest {
    private static final Schema TREE = new Schema.Parser()
            .parse("{\"type\":\"record\",\"name\":\"Tree\",\"fields\":["
                    + "{\"name\":\"text\",\"type\":\"string\"},{\"name\":\"next\",\"type\":[\"null\",\"Tree\"]}]}");

    /** Reads as serdes do: with Avro's own reader, which goes down one stack frame or more for each level of a record. */
    public static final class Avros implements Deserializer<Object> {
        @Override
        public Object deserialize(String topic, byte[] value) {
            int start = ConfluentFrame.BYTES;
            try {
                return new GenericDatumReader<Object>(TREE)
                        .read(null, DecoderFactory.get().binaryDecoder(value, start, value.length - start, null));
            } catch (IOException e) {
                throw new UncheckedIOException("value: expected a tree", e);
            }
        }
    }

    private final SchemaRegistry registry = new SchemaRegistry() {
        @Override
        public Outcome<Schema> schema(int id) {
            return Outcome.accepted(TREE);
        }

        @Override
        public int id(String subject, String schema) {
            return 1;
        }
    };

    private Outcome<SourceEvent> decode(byte[] value) {
        RegistrySettings settings = new RegistrySettings(
                List.of(URI.create("http://registry")),
                SubjectNaming.TOPIC,
                true,
                Duration.ZERO,
                new RegistrySettings.Access(RegistryCredentials.NONE, TlsSettings.DEFAULT),
                new SerdeSettings("", Avros.class.getName(), Map.of()));
        AvroReader reader = new AvroReader(SourceFields.ofTexts("text"));
        try (SerdeClasses classes = new SerdeClasses(settings)) {
            return new SerdeSource(classes, reader, new ConfluentSource(registry, reader), OutputSettings.DEFAULT)
                    .decode(new InputRecord(null, value, List.of(), new InputRecord.Source("in", 0, 0, 0)));
        }
    }

    /** Returns a tree of so many levels: an empty text, and branch 1 of the union where another one follows. */
    private static byte[] tree(int levels) {
        ByteBuffer value =
                ByteBuffer.allocate(ConfluentFrame.BYTES + 2 * levels).put(ConfluentFrame.of(1));
        for (int level = 1; level < levels; level++) {
            value.put((byte) 0).put((byte) 2);
        }
        return value.array();
    }

    @Test
    void shouldRefuseARecordThatIsTooDeepForASerde() {
        assertThat(decode(tree(3))).isInstanceOf(Outcome.Accepted.class);
        for (int levels = 1_000; levels < 2_000_000; levels *= 2) {
            assertThat(decode(tree(levels))).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> assertThat(
                            rejected.rejection().reason())
                    .isEqualTo(RejectionReason.NOT_AVRO));
        }
    }
}
