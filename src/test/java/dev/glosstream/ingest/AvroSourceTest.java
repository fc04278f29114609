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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Each type holds the next one twice: no byte at all, but two to the power of sixty fields. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldRefuseRecordsThatDoubleWithoutEnd() {
        StringBuilder doubling = new StringBuilder("{\"type\":\"record\",\"name\":\"R60\",\"fields\":[]}");
        for (int level = 59; level >= 0; level--) {
            doubling.insert(0, "{\"type\":\"record\",\"name\":\"R" + level + "\",\"fields\":[{\"name\":\"a\",\"type\":")
                    .append("},{\"name\":\"b\",\"type\":\"R" + (level + 1) + "\"}]}");
        }
        Schema schema = new Schema.Parser().parse(doubling.toString());
        AvroSource source = new AvroSource(List.of(schema), new AvroReader(fields("a", "", "")));

        assertThat(rejected(source.decode(framed(schema, new byte[0]))))
                .satisfies(rejection -> assertThat(rejection.reason()).isEqualTo(RejectionReason.NOT_AVRO))
                .satisfies(rejection -> assertThat(rejection.detail()).contains("more values than"));
    }

    @Test
    void shouldWalkOverManyFieldsThatTakeNoBytes() throws IOException {
        StringBuilder wide = new StringBuilder("{\"type\":\"record\",\"name\":\"Wide\",\"fields\":[{\"name\":\"t\","
                + "\"type\":\"string\"},{\"name\":\"rows\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\","
                + "\"name\":\"Row\",\"fields\":[{\"name\":\"x\",\"type\":\"int\"}");
        for (int field = 0; field < 50; field++) {
            wide.append(",{\"name\":\"n" + field + "\",\"type\":\"null\"}");
        }
        Schema schema = new Schema.Parser().parse(wide.append("]}}}]}").toString());
        AvroSource source = new AvroSource(List.of(schema), new AvroReader(fields("t", "", "")));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(body, null);
        encoder.writeString("x");
        encoder.writeArrayStart();
        encoder.setItemCount(100_000);
        for (int row = 0; row < 100_000; row++) {
            encoder.startItem();
            encoder.writeInt(row);
        }
        encoder.writeArrayEnd();
        encoder.flush();

        assertThat(accepted(source.decode(framed(schema, body.toByteArray()))).texts())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"19000, 1641600000000", "-1, -86400000", "2147483647, 185542587100800000"})
    void shouldReadADate(long days, long expectedMs) {
        Schema dated = dated("int");

        assertThat(accepted(dates(dated).decode(framed(dated, body(days)))).occurredAtMs())
                .contains(expectedMs);
    }

    /** Avro lets a schema say so, though it has no meaning there. */
    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, 213_503_982_335L, 1L << 60})
    void shouldRefuseADateThatNoTimeIsWideEnoughFor(long days) {
        Schema dated = dated("long");

        assertThat(rejected(dates(dated).decode(framed(dated, body(days)))).reason())
                .isEqualTo(RejectionReason.WRONG_FIELD);
    }

    private static Schema dated(String type) {
        return new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Dated\",\"fields\":[{\"name\":\"text\",\"type\":\"string\"},"
                        + "{\"name\":\"at\",\"type\":{\"type\":\"" + type + "\",\"logicalType\":\"date\"}}]}");
    }

    private static AvroSource dates(Schema dated) {
        return new AvroSource(List.of(dated), new AvroReader(fields("text", "", "at")));
    }

    private static byte[] body(long days) {
        byte[] framed = WireFixtures.body().string("x").number(days).toBytes();
        return Arrays.copyOfRange(framed, SingleObject.HEADER_BYTES, framed.length);
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
