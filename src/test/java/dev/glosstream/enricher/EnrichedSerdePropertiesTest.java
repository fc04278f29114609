package dev.glosstream.enricher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.Glosstream;
import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.Rejection;
import dev.glosstream.sequence.RejectionReason;
import dev.glosstream.sequence.Sentiment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Every labelled value comes back as it was; whatever other bytes claim, the answer is one exception, and cheap. */
class EnrichedSerdePropertiesTest {
    private static final int HEADER_BYTES = 10;
    /** Avro writes half a surrogate pair as a question mark. */
    private static final char LAST_BEFORE_SURROGATES = '\uD7FF';

    private static final InputRecord.Source SOURCE = new InputRecord.Source("events", 0, 7, 8);

    private final Serde<Enriched<byte[]>> serde = Glosstream.enrichedSerde(Serdes.ByteArray());

    private Enriched<byte[]> read(byte[] bytes) {
        return serde.deserializer().deserialize("topic", bytes);
    }

    private byte[] write(Enriched<byte[]> enriched) {
        return serde.serializer().serialize("topic", enriched);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withCharRange('\0', LAST_BEFORE_SURROGATES)
                .ofMinLength(1)
                .ofMaxLength(60)
                .map(text -> text + "\uD83D\uDE00");
    }

    @Provide
    Arbitrary<Sentiment> sentiments() {
        return Arbitraries.doubles()
                .between(0, 1)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(probabilities -> {
                    Map<String, Double> scores = new LinkedHashMap<>();
                    for (double probability : probabilities) {
                        scores.put("label " + (31 * scores.size()) % 17, probability);
                    }
                    return new Sentiment(scores.keySet().iterator().next(), probabilities.get(0), scores);
                });
    }

    /** Spans from any place to the end of the text. */
    private static Arbitrary<List<Entity>> entities(String text) {
        Arbitrary<Entity> entity = Combinators.combine(
                        Arbitraries.of("PER", "LOC", "ORG", "é"),
                        Arbitraries.integers().between(0, text.length() - 1),
                        Arbitraries.doubles().between(0, 1))
                .as((type, start, score) -> new Entity(type, start, text.length(), score));
        return entity.list().ofMaxSize(3);
    }

    @Provide
    Arbitrary<Enriched<byte[]>> labelled() {
        return texts().flatMap(text -> Combinators.combine(
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(50),
                        sentiments().optional(),
                        entities(text).optional(),
                        Arbitraries.integers().greaterOrEqual(1),
                        Arbitraries.of(true, false),
                        Arbitraries.longs().between(-1, Long.MAX_VALUE))
                .as((value, sentiment, entities, tokens, truncated, offset) -> new Enriched<>(
                        value,
                        Optional.of(text),
                        Outcome.accepted(new Labels(sentiment, entities, tokens, truncated)),
                        new InputRecord.Source("", -1, offset, offset / 2))));
    }

    @Property
    void shouldBringBackWhatIsLabelled(@ForAll("labelled") Enriched<byte[]> enriched) {
        Enriched<byte[]> back = read(write(enriched));

        assertThat(back.value()).isEqualTo(enriched.value());
        assertThat(back.withValue("")).isEqualTo(enriched.withValue(""));
        assertThat(back.sentiment().map(EnrichedSerdePropertiesTest::labelsInOrder))
                .isEqualTo(enriched.sentiment().map(EnrichedSerdePropertiesTest::labelsInOrder));
    }

    private static List<String> labelsInOrder(Sentiment sentiment) {
        return new ArrayList<>(sentiment.scores().keySet());
    }

    @Property
    void shouldBringBackWhatIsRejected(
            @ForAll RejectionReason reason, @ForAll("texts") String detail, @ForAll @Size(max = 50) byte[] value) {
        Enriched<byte[]> enriched = new Enriched<>(value, Optional.empty(), Outcome.rejected(reason, detail), SOURCE);

        Enriched<byte[]> back = read(write(enriched));

        assertThat(back.value()).isEqualTo(value);
        assertThat(back.withValue("")).isEqualTo(enriched.withValue(""));
    }

    @Property
    void shouldAnswerOnAnyBytesWithAValueOrOneKindOfException(@ForAll @Size(max = 200) byte[] body) {
        byte[] value = Arrays.copyOf(rejected(), HEADER_BYTES + body.length);
        System.arraycopy(body, 0, value, HEADER_BYTES, body.length);

        assertAnswered(value);
    }

    @Property
    void shouldAnswerOnAValueOfWhichOneByteIsWrong(
            @ForAll("labelled") Enriched<byte[]> enriched, @ForAll int place, @ForAll byte wrong) {
        byte[] value = write(enriched);
        value[Math.floorMod(place, value.length)] = wrong;

        assertAnswered(value);
    }

    private void assertAnswered(byte[] value) {
        try {
            assertThat(read(value)).isNotNull();
        } catch (SerializationException e) {
            assertThat(e).hasMessageStartingWith("enriched value: expected ").hasMessageContaining(", got ");
        }
    }

    private byte[] rejected() {
        return write(new Enriched<>(
                new byte[0],
                Optional.empty(),
                new Outcome.Rejected<>(new Rejection(RejectionReason.NO_TEXT, "none")),
                SOURCE));
    }

    /** A few bytes that claim two gigabytes: of the value, of the text, of the scores, of the entities. */
    @Example
    void shouldRefuseLengthsBeyondTheEndBeforeAnythingIsAllocated() throws IOException {
        for (int field = 0; field < 4; field++) {
            assertAnswered(claiming(-1, field));
            assertAnswered(claiming(Long.MIN_VALUE, field));
            for (long length : List.of(Integer.MAX_VALUE - 8L, Integer.MAX_VALUE - 100L, 1L << 40)) {
                byte[] value = claiming(length, field);

                assertThatThrownBy(() -> read(value))
                        .isInstanceOf(SerializationException.class)
                        .hasMessageStartingWith(
                                "enriched value: expected the body of one EnrichedValue, got bytes that do not decode (");
            }
        }
    }

    private byte[] claiming(long length, int field) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(rejected(), 0, HEADER_BYTES);
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        for (int before = 0; before < field; before++) {
            // Nothing in this field.
            out.writeIndex(0);
        }
        out.writeIndex(1);
        if (field == 2) {
            out.writeString("label");
            out.writeDouble(0.5);
        }
        out.writeLong(length);
        out.writeFixed(new byte[20]);
        out.flush();
        return bytes.toByteArray();
    }

    @Example
    void shouldNotRepeatWhatMayBeAPieceOfAText() {
        String secret = "Secret words";
        byte[] value = write(new Enriched<>(
                new byte[0],
                Optional.empty(),
                Outcome.accepted(new Labels(
                        Optional.of(new Sentiment(secret, 1, Map.of(secret, 1.0))), Optional.empty(), 1, false)),
                SOURCE));
        // The first of the two: the label, which is then none of the scores.
        int start = new String(value, StandardCharsets.ISO_8859_1).indexOf(secret);
        value[start]++;

        assertThatThrownBy(() -> read(value))
                .hasMessageStartingWith("enriched value: expected a sentiment that is among its scores")
                .hasMessageNotContaining("words")
                .hasNoCause();
    }

    @Example
    void shouldSayWhatItExpectedAndFound() {
        byte[] good = rejected();
        byte[] other = good.clone();
        other[HEADER_BYTES - 1]++;

        assertThatThrownBy(() -> read(new byte[] {1, 2, 3}))
                .hasMessage("enriched value: expected Avro single-object encoding (C3 01 and the schema's fingerprint),"
                        + " got 3 other bytes");
        assertThatThrownBy(() -> read(other))
                .hasMessageContaining("expected a known version of EnrichedValue, got a schema of fingerprint ")
                .hasMessageContaining("upgrade this instance");
        assertThatThrownBy(() -> read(Arrays.copyOf(good, good.length + 1)))
                .hasMessage("enriched value: expected one EnrichedValue, got bytes left over after it");
    }
}
