package dev.glosstream.ingest;

import static dev.glosstream.ingest.SourceFixtures.accepted;
import static dev.glosstream.ingest.SourceFixtures.fields;
import static dev.glosstream.ingest.SourceFixtures.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.emit.SingleObjectEncoder;
import dev.glosstream.sequence.EventText;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;

class AvroSourceTest {
    private static final Schema EVERYTHING = new Schema.Parser()
            .parse(
                    """
                    {"type": "record", "name": "Everything", "fields": [
                      {"name": "text", "type": "string"},
                      {"name": "nothings", "type": {"type": "array", "items": "null"}},
                      {"name": "counts", "type": {"type": "map", "values": "int"}},
                      {"name": "rows", "type": {"type": "array", "items": {"type": "array", "items": ["null", "string"]}}},
                      {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["A", "B"]}},
                      {"name": "uuid", "type": {"type": "fixed", "name": "Uuid", "size": 16, "logicalType": "uuid"}},
                      {"name": "raw", "type": "bytes"},
                      {"name": "ratio", "type": "double"},
                      {"name": "small", "type": "float"},
                      {"name": "flag", "type": "boolean"},
                      {"name": "next", "type": ["null", "Everything"]}
                    ]}""");
    private static final Schema TREE = new Schema.Parser()
            .parse("{\"type\":\"record\",\"name\":\"Tree\",\"fields\":["
                    + "{\"name\":\"text\",\"type\":\"string\"},{\"name\":\"next\",\"type\":[\"null\",\"Tree\"]}]}");

    private final AvroSource everything =
            new AvroSource(List.of(EVERYTHING, TREE), new AvroReader(fields("text", "uuid?", "")));

    private static InputRecord framed(Schema schema, byte[] body) {
        return WireFixtures.record(new SingleObjectEncoder().frame("any", schema, body));
    }

    private static byte[] encode(Schema schema, Object datum) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().blockingBinaryEncoder(out, null);
        new GenericDatumWriter<>(schema).write(datum, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    @Test
    void shouldReadWhateverAvroWrites() throws IOException {
        AvroSource rows = new AvroSource(
                List.of(EVERYTHING), new AvroReader(fields("text rows[][]? next.text? next.rows[][]?", "kind", "")));
        for (Object datum : new RandomData(EVERYTHING, 200, 7)) {
            byte[] body = encode(EVERYTHING, datum);

            SourceEvent event = rows.decode(framed(EVERYTHING, body)).fold(found -> found, rejection -> {
                throw new AssertionError(rejection.toString());
            });

            assertThat(event.fields().texts().get(0).path()).isEqualTo("text");
            assertThat(event.fields().id()).isIn("A", "B");
            assertThat(event.original()).isEqualTo(new Original.Avro(EVERYTHING, 10));
        }
    }

    @Test
    void shouldRefuseABodyCutAnywhereOrLeftOver() throws IOException {
        byte[] body =
                encode(EVERYTHING, new RandomData(EVERYTHING, 1, 7).iterator().next());
        for (int length = 0; length < body.length; length++) {
            assertThat(rejected(everything.decode(framed(EVERYTHING, Arrays.copyOf(body, length))))
                            .reason())
                    .isEqualTo(RejectionReason.NOT_AVRO);
        }
        assertThat(rejected(everything.decode(framed(EVERYTHING, Arrays.copyOf(body, body.length + 1))))
                        .detail())
                .contains("bytes left over");
    }

    @Test
    void shouldRefuseListsOfNothingWithoutEnd() {
        byte[] body = WireFixtures.body()
                .string("x")
                .number(Integer.MAX_VALUE)
                .number(0)
                .toBytes();

        assertThat(rejected(everything.decode(framed(EVERYTHING, Arrays.copyOfRange(body, 10, body.length))))
                        .detail())
                .contains("more elements than bytes");
    }

    @Test
    void shouldRefuseARecordWithinItselfWithoutEnd() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int level = 0; level < 1_000_000; level++) {
            body.write(0);
            body.write(2);
        }

        assertThat(rejected(everything.decode(framed(TREE, body.toByteArray()))).detail())
                .contains("levels");
    }

    @Test
    void shouldRefuseATextThatIsNotUtf8AndLetOthersPass() {
        byte[] bad = {2, (byte) 0x80, 0};
        assertThat(rejected(everything.decode(framed(TREE, bad))).reason()).isEqualTo(RejectionReason.MALFORMED_TEXT);

        byte[] elsewhere = {2, 'x', 2, 2, (byte) 0x80, 0};
        assertThat(accepted(everything.decode(framed(TREE, elsewhere))).texts())
                .containsExactly(new EventText("text", "x", false));
    }

    @Test
    void shouldTellAnotherSchemaFromNoAvroAtAll() {
        Schema other = Schema.create(Schema.Type.STRING);

        assertThat(rejected(everything.decode(framed(other, new byte[] {0}))).reason())
                .isEqualTo(RejectionReason.WRONG_SCHEMA);
        assertThat(rejected(everything.decode(WireFixtures.record(new byte[] {1, 2, 3})))
                        .reason())
                .isEqualTo(RejectionReason.NOT_AVRO);
    }

    @Test
    void shouldTakeAWholeValueThatIsAText() {
        Schema plain = Schema.create(Schema.Type.STRING);
        AvroSource source = new AvroSource(List.of(plain), new AvroReader(fields("$", "", "")));

        assertThat(accepted(source.decode(framed(plain, new byte[] {4, 'h', 'i'})))
                        .texts())
                .containsExactly(new EventText("$", "hi", false));
    }

    /** Bodies that hold small numbers above all, which are lengths, branches and counts. */
    @Provide
    Arbitrary<byte[]> bodies() {
        return Arbitraries.frequencyOf(
                        Tuple.of(5, Arbitraries.integers().between(0, 6)),
                        Tuple.of(1, Arbitraries.integers().between(-128, 127)))
                .list()
                .ofMaxSize(80)
                .map(numbers -> {
                    byte[] bytes = new byte[numbers.size()];
                    for (int index = 0; index < bytes.length; index++) {
                        bytes[index] = numbers.get(index).byteValue();
                    }
                    return bytes;
                });
    }

    @Property
    void shouldAnswerOnAnyBody(@ForAll("bodies") byte[] body) {
        assertThat(everything.decode(framed(EVERYTHING, body))).isNotNull();
        assertThat(everything.decode(framed(TREE, body))).isNotNull();
    }

    @Property
    void shouldAnswerOnAnyDamage(
            @ForAll @IntRange(max = 199) int sample, @ForAll @Size(max = 5) List<@IntRange(max = 2000) Integer> places)
            throws IOException {
        byte[] body = encode(
                EVERYTHING, new RandomData(EVERYTHING, 1, sample).iterator().next());
        places.forEach(place -> body[place % body.length] ^= (byte) (1 << (place % 8)));

        assertThat(everything.decode(framed(EVERYTHING, body))).isNotNull();
    }

    @Property
    boolean shouldRefuseAnyBytesWithoutAHeader(@ForAll byte[] value) {
        return everything.decode(WireFixtures.record(value)) instanceof Outcome.Rejected;
    }
}
