package dev.glosstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.avro.TextEvent;
import dev.glosstream.config.OutputSettings;
import dev.glosstream.config.SourceFields;
import dev.glosstream.config.SourceFormat;
import dev.glosstream.config.SourceSettings;
import dev.glosstream.config.SourceTopics;
import dev.glosstream.registry.ConfluentFrame;
import dev.glosstream.registry.SchemaRegistry;
import dev.glosstream.sequence.EventText;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class RegistryFormatsTest {
    private static final int ID = 7;
    /** Two thousand million elements, as Avro writes a number. */
    private static final int[] BLOCK_OF_TWO_THOUSAND_MILLIONS = {0x80, 0xD0, 0xAC, 0xF3, 0x0E};

    private static final SourceSettings TEXT_EVENTS = SourceSettings.textEvents("in");
    private static final SourceSettings ANY_AVRO =
            new SourceSettings(SourceTopics.named("in"), SourceFormat.AVRO, SourceFields.ofTexts("text"), List.of());

    private Schema registered = TextEvent.getClassSchema();
    private final SchemaRegistry registry = new SchemaRegistry() {
        @Override
        public Outcome<Schema> schema(int id) {
            return id == ID ? Outcome.accepted(registered) : Outcome.rejected(RejectionReason.UNKNOWN_SCHEMA, "none");
        }

        @Override
        public int id(String subject, String schema) {
            return ID;
        }
    };
    private final RegistryFormats formats =
            new RegistryFormats((reader, output) -> new ConfluentSource(registry, reader), false);

    private Outcome<List<String>> texts(SourceSettings source, byte[] value) {
        InputRecord record = new InputRecord(null, value, List.of(), new InputRecord.Source("in", 0, 0, 0));
        return formats.open(source, OutputSettings.DEFAULT)
                .get()
                .decode(record)
                .then(event -> Outcome.accepted(
                        event.fields().texts().stream().map(EventText::text).toList()));
    }

    private static byte[] framed(int id) {
        byte[] single = WireFixtures.encode(WireFixtures.EVENT);
        byte[] body = Arrays.copyOfRange(single, SingleObject.HEADER_BYTES, single.length);
        return ByteBuffer.allocate(ConfluentFrame.BYTES + body.length)
                .put(ConfluentFrame.of(id))
                .put(body)
                .array();
    }

    @Test
    void shouldReadBothEncodingsFromOneTopic() {
        Outcome<List<String>> expected = Outcome.accepted(List.of(WireFixtures.EVENT.getText()));

        assertThat(texts(TEXT_EVENTS, framed(ID))).isEqualTo(expected);
        assertThat(texts(TEXT_EVENTS, WireFixtures.encode(WireFixtures.EVENT))).isEqualTo(expected);
    }

    @Test
    void shouldSayHowARecordIsWrittenOnlyIfItIsExactlyOne() {
        ConfluentSource source = new ConfluentSource(registry, new AvroReader(ANY_AVRO.fields()));
        byte[] sound = framed(ID);

        assertThat(source.original(WireFixtures.record(sound)))
                .isEqualTo(Outcome.accepted(new Original.Avro(TextEvent.getClassSchema(), ConfluentFrame.BYTES)));
        for (int length : List.of(sound.length - 1, sound.length + 1)) {
            // What is appended to it would be read as something else.
            assertNotAvro(source.original(WireFixtures.record(Arrays.copyOf(sound, length))));
        }
    }

    @Test
    void shouldReadAnySchemaWithoutFiles() {
        assertThat(SourceFormats.schemas(ANY_AVRO)).isEmpty();
        assertThat(texts(ANY_AVRO, framed(ID))).isEqualTo(Outcome.accepted(List.of(WireFixtures.EVENT.getText())));
    }

    @Test
    void shouldRejectIdsThatTheRegistryDoesNotKnow() {
        assertThat(texts(ANY_AVRO, framed(ID + 1))).isEqualTo(Outcome.rejected(RejectionReason.UNKNOWN_SCHEMA, "none"));
    }

    @Test
    void shouldRejectWhatIsInNeitherEncoding() {
        for (byte[] value : List.of(new byte[0], new byte[] {0, 0}, new byte[] {'{', '}', ' ', ' ', ' ', ' '})) {
            assertNotAvro(texts(TEXT_EVENTS, value));
        }
    }

    @Test
    void shouldReadAnEventOfAWiderSchema() {
        registered = wider("{\"type\":\"array\",\"items\":\"null\"}");

        // A block of two that take no bytes, and the end of the list.
        assertThat(texts(TEXT_EVENTS, framedBefore(4, 0)))
                .isEqualTo(Outcome.accepted(List.of(WireFixtures.EVENT.getText())));
    }

    @Test
    void shouldRefuseAnEventWithAFieldTooDeepForTheStack() {
        registered = wider("{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Node\",\"fields\":["
                + "{\"name\":\"children\",\"type\":{\"type\":\"array\",\"items\":\"Node\"}}]}}");
        int[] levels = new int[1_000_000];
        Arrays.fill(levels, 2);

        assertNotAvro(texts(TEXT_EVENTS, framedBefore(levels)));
    }

    @Test
    void shouldRefuseAnEventWithAFieldOfElementsThatTakeNoBytes() {
        registered = wider("{\"type\":\"array\",\"items\":\"null\"}");
        int[] blocks = new int[50 * BLOCK_OF_TWO_THOUSAND_MILLIONS.length];
        for (int at = 0; at < blocks.length; at++) {
            blocks[at] = BLOCK_OF_TWO_THOUSAND_MILLIONS[at % BLOCK_OF_TWO_THOUSAND_MILLIONS.length];
        }

        // To go through them all takes minutes.
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> assertNotAvro(texts(TEXT_EVENTS, framedBefore(blocks))));
    }

    private static void assertNotAvro(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> assertThat(
                        rejected.rejection().reason())
                .isEqualTo(RejectionReason.NOT_AVRO));
    }

    /** Returns the schema of text events with one field more, at the end. */
    private static Schema wider(String type) {
        List<Schema.Field> fields = new ArrayList<>();
        TextEvent.getClassSchema().getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(new Schema.Field("extra", new Schema.Parser().parse(type)));
        return Schema.createRecord("TextEvent", null, TextEvent.getClassSchema().getNamespace(), false, fields);
    }

    /** Returns a sound event with more bytes behind it. */
    private static byte[] framedBefore(int... extra) {
        byte[] sound = framed(ID);
        byte[] value = Arrays.copyOf(sound, sound.length + extra.length);
        for (int at = 0; at < extra.length; at++) {
            value[sound.length + at] = (byte) extra[at];
        }
        return value;
    }
}
