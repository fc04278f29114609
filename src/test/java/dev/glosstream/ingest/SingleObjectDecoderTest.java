package dev.glosstream.ingest;

import static dev.glosstream.ingest.WireFixtures.EVENT;
import static dev.glosstream.ingest.WireFixtures.body;
import static dev.glosstream.ingest.WireFixtures.encode;
import static dev.glosstream.ingest.WireFixtures.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.sun.management.ThreadMXBean;
import dev.glosstream.avro.Provenance;
import dev.glosstream.avro.TextEvent;
import dev.glosstream.emit.SingleObjectEncoder;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.Rejection;
import dev.glosstream.sequence.RejectionReason;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SingleObjectDecoderTest {
    /** Far more than a small record needs, far less than any absurd length would take. */
    private static final long MODEST_BYTES = 4 << 20;

    private final SingleObjectDecoder decoder = new SingleObjectDecoder();

    private Outcome<TextEvent> decode(byte[] value) {
        return event(decoder, value);
    }

    private static Outcome<TextEvent> event(SingleObjectDecoder decoder, byte[] value) {
        return decoder.decode(record(value)).then(written -> Outcome.accepted(written.event()));
    }

    private static RejectionReason reason(Outcome<?> outcome) {
        return outcome.fold(
                value -> {
                    throw new AssertionError("accepted");
                },
                Rejection::reason);
    }

    @Test
    void shouldReadWhatTheEncoderWrote() {
        assertThat(decode(encode(EVENT))).isEqualTo(Outcome.accepted(EVENT));
    }

    @Test
    void shouldReadWhatAnotherLanguageWrote() {
        // fastavro 1.12.2, as schemas/README.md shows it.
        byte[] value =
                HexFormat.of().parseHex("c30152bba5bc9c09421b0231184772c3bcc39f6520f09f9880020464650002026b027600");

        assertThat(decode(value))
                .isEqualTo(Outcome.accepted(TextEvent.newBuilder()
                        .setId("1")
                        .setText("Gr\u00FC\u00DFe \uD83D\uDE00")
                        .setLanguage("de")
                        .setAttributes(Map.of("k", "v"))
                        .build()));
    }

    @Test
    void shouldReadManyRecordsWithOneDecoder() {
        TextEvent other = TextEvent.newBuilder().setId("").setText("x").build();

        assertThat(decode(encode(EVENT))).isEqualTo(Outcome.accepted(EVENT));
        assertThat(decode(new byte[0])).isInstanceOf(Outcome.Rejected.class);
        assertThat(decode(encode(other))).isEqualTo(Outcome.accepted(other));
    }

    @Test
    void shouldReadAnOlderVersion() {
        Schema older = SchemaBuilder.record("TextEvent")
                .namespace("dev.glosstream.avro")
                .fields()
                .requiredString("id")
                .requiredString("text")
                .endRecord();
        SingleObjectDecoder both = new SingleObjectDecoder(List.of(older, TextEvent.getClassSchema()));
        byte[] value = body().string("a").string("b").toBytes();
        long fingerprint = SchemaNormalization.parsingFingerprint64(older);
        ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).putLong(2, fingerprint);

        assertThat(event(both, value))
                .isEqualTo(Outcome.accepted(
                        TextEvent.newBuilder().setId("a").setText("b").build()));
        assertThat(reason(decode(value))).isEqualTo(RejectionReason.WRONG_SCHEMA);
    }

    @Test
    void shouldTellAnotherSchemaFromNoAvroAtAll() {
        byte[] other =
                new SingleObjectEncoder().encode("t", new Provenance("sentiment", "sentiment-en", "1.0.0", "00"));

        assertThat(reason(decode(other))).isEqualTo(RejectionReason.WRONG_SCHEMA);
    }

    @Test
    void shouldRefuseARecordCutAnywhere() {
        byte[] whole = encode(EVENT);
        for (int length = 0; length < whole.length; length++) {
            assertThat(reason(decode(Arrays.copyOf(whole, length))))
                    .as("%d bytes", length)
                    .isEqualTo(RejectionReason.NOT_AVRO);
        }
    }

    @Test
    void shouldRefuseBytesLeftOver() {
        byte[] whole = encode(EVENT);

        assertThat(reason(decode(Arrays.copyOf(whole, whole.length + 1)))).isEqualTo(RejectionReason.NOT_AVRO);
    }

    static Stream<Arguments> absurd() {
        WireFixtures.Body afterTexts = body().string("a").string("b").number(0).number(0);
        byte[] texts = afterTexts.toBytes();
        return Stream.of(
                argumentSet("text of 2 GiB", (Object)
                        body().string("a").number(Integer.MAX_VALUE).toBytes()),
                argumentSet("text of 2 GiB less a header", (Object)
                        body().string("a").number(Integer.MAX_VALUE - 9L).toBytes()),
                argumentSet("text of 8 EiB", (Object)
                        body().string("a").number(Long.MAX_VALUE).toBytes()),
                argumentSet("text of negative length", (Object)
                        body().string("a").number(-5).toBytes()),
                argumentSet("id of 1 GiB", (Object) body().number(1 << 30).toBytes()),
                argumentSet("map of 2^31 - 9", (Object) map(texts, Integer.MAX_VALUE - 9L)),
                argumentSet("map of 2^62", (Object) map(texts, 1L << 62)),
                argumentSet("map of -2^63", (Object) map(texts, Long.MIN_VALUE)),
                argumentSet("map of 2^20 in a negative block", (Object) map(texts, -(1L << 20))),
                argumentSet("union branch 7", (Object) body().string("a")
                        .string("b")
                        .number(7)
                        .number(0)
                        .number(0)
                        .toBytes()),
                argumentSet("union branch -1", (Object) body().string("a")
                        .string("b")
                        .number(-1)
                        .number(0)
                        .number(0)
                        .toBytes()),
                argumentSet("number without an end", (Object)
                        body().raw(255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255)
                                .toBytes()));
    }

    private static byte[] map(byte[] before, long count) {
        byte[] after = body().number(count).toBytes();
        byte[] value = Arrays.copyOf(before, before.length + after.length - 10);
        System.arraycopy(after, 10, value, before.length, after.length - 10);
        return value;
    }

    @ParameterizedTest
    @MethodSource("absurd")
    void shouldRefuseAbsurdLengthsWithoutAllocatingThem(byte[] value) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        decode(value);
        long before = threads.getCurrentThreadAllocatedBytes();

        Outcome<TextEvent> outcome = decode(value);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MODEST_BYTES);
        assertThat(reason(outcome)).isEqualTo(RejectionReason.NOT_AVRO);
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                argumentSet("a lone continuation byte", (Object) new int[] {0x80}),
                argumentSet("an overlong slash", (Object) new int[] {0xC0, 0xAF}),
                argumentSet("half a surrogate pair", (Object) new int[] {0xED, 0xA0, 0x80}),
                argumentSet("beyond U+10FFFF", (Object) new int[] {0xF4, 0x90, 0x80, 0x80}),
                argumentSet("a cut sequence", (Object) new int[] {0xE2, 0x82}));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void shouldRefuseATextThatIsNotUtf8(int[] bad) {
        byte[] text = body().string("a")
                .number(bad.length)
                .raw(bad)
                .number(0)
                .number(0)
                .number(0)
                .toBytes();
        byte[] id = body().number(bad.length)
                .raw(bad)
                .string("b")
                .number(0)
                .number(0)
                .number(0)
                .toBytes();
        byte[] attribute = body().string("a")
                .string("b")
                .number(0)
                .number(0)
                .number(1)
                .number(bad.length)
                .raw(bad)
                .string("v")
                .number(0)
                .toBytes();

        assertThat(reason(decode(text))).isEqualTo(RejectionReason.MALFORMED_TEXT);
        assertThat(reason(decode(id))).isEqualTo(RejectionReason.MALFORMED_TEXT);
        assertThat(reason(decode(attribute))).isEqualTo(RejectionReason.MALFORMED_TEXT);
    }

    @Test
    void shouldKeepAReplacementCharacterThatWasReallyWritten() {
        TextEvent event =
                TextEvent.newBuilder().setId("a").setText("what \uFFFD is").build();

        assertThat(decode(encode(event))).isEqualTo(Outcome.accepted(event));
    }

    @Property
    boolean shouldAnswerOnAnyBytes(@ForAll byte[] value) {
        return decode(value) instanceof Outcome.Rejected;
    }

    @Property
    void shouldAnswerOnAnyBody(@ForAll @Size(max = 60) byte[] body) {
        byte[] value = Arrays.copyOf(WireFixtures.header(), 10 + body.length);
        System.arraycopy(body, 0, value, 10, body.length);

        // A random body may be a legal event; what counts is that there is an answer.
        assertThat(decode(value)).isNotNull();
    }

    @Property
    void shouldAnswerOnAnyDamage(@ForAll @IntRange(min = 10, max = 45) int position, @ForAll byte damage) {
        byte[] value = encode(EVENT);
        value[Math.min(position, value.length - 1)] = damage;

        assertThat(decode(value)).isNotNull();
    }
}
