package dev.glosstream.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.avro.DeadLetter;
import dev.glosstream.avro.Entity;
import dev.glosstream.avro.RecordHeader;
import dev.glosstream.sequence.EventFields;
import dev.glosstream.sequence.EventText;
import dev.glosstream.sequence.InputHeader;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.LabelledText;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Rejection;
import dev.glosstream.sequence.RejectionReason;
import dev.glosstream.sequence.Sentiment;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class OutputRecordsTest {
    private static final InputRecord INPUT = new InputRecord(
            new byte[] {1},
            new byte[] {2, 3},
            List.of(new InputHeader("a", new byte[] {4}), new InputHeader("a", null)),
            new InputRecord.Source("text-events", 5, 6, 7));

    private final OutputRecords records = new OutputRecords(List.of());

    private static final EventFields FIELDS =
            new EventFields("e", List.of(), false, Optional.empty(), Optional.empty(), Map.of());

    private static List<LabelledText> labelled(String text, Labels labels) {
        return List.of(new LabelledText(new EventText("", text, false), labels));
    }

    private static Labels entities(List<dev.glosstream.sequence.Entity> entities) {
        return new Labels(Optional.empty(), Optional.of(entities), 1, false);
    }

    /** Texts with characters of one and of two UTF-16 units, and with halves of such. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "\u00E9", "\u6771", "\uD83D\uDE00", "\uD835\uDD38", "\uD83D")
                .list()
                .ofMinSize(1)
                .ofMaxSize(30)
                .map(pieces -> String.join("", pieces));
    }

    @Property
    void shouldCountUtf16UnitsAndCodePoints(@ForAll("texts") String text, @ForAll int first, @ForAll int second) {
        // A span never cuts a surrogate pair, because a token does not.
        int codePoints = text.codePointCount(0, text.length());
        int from = Math.floorMod(first, codePoints);
        int to = from + 1 + Math.floorMod(second, codePoints - from);
        int start = text.offsetByCodePoints(0, from);
        int end = text.offsetByCodePoints(0, to);
        List<dev.glosstream.sequence.Entity> spans = List.of(
                new dev.glosstream.sequence.Entity("LOC", start, end, 0.5),
                // Not in order: slower, but right.
                new dev.glosstream.sequence.Entity("PER", 0, text.length(), 0.5));

        List<Entity> entities = records.enrichedEvent(FIELDS, labelled(text, entities(spans)), 0)
                .getEntities();

        Entity span = entities.get(0);
        assertThat(span.getText()).isEqualTo(text.substring(start, end));
        assertThat(span.getCodePointStart()).isEqualTo(from);
        assertThat(span.getCodePointEnd()).isEqualTo(to);
        assertThat(entities.get(1).getCodePointStart()).isZero();
        assertThat(entities.get(1).getCodePointEnd()).isEqualTo(codePoints);
    }

    @Test
    void shouldKeepEverythingOfARefusedRecord() {
        DeadLetter letter = OutputRecords.deadLetter(INPUT, new Rejection(RejectionReason.NOT_AVRO, "why"), 8);

        assertThat(letter)
                .isEqualTo(DeadLetter.newBuilder()
                        .setReason("not-avro")
                        .setDetail("why")
                        .setKey(ByteBuffer.wrap(new byte[] {1}))
                        .setValue(ByteBuffer.wrap(new byte[] {2, 3}))
                        .setHeaders(List.of(
                                new RecordHeader("a", ByteBuffer.wrap(new byte[] {4})), new RecordHeader("a", null)))
                        .setTopic("text-events")
                        .setPartition(5)
                        .setOffset(6)
                        .setTimestamp(Instant.ofEpochMilli(7))
                        .setFailedAt(Instant.ofEpochMilli(8))
                        .build());
    }

    @Test
    void shouldLeaveTheBytesOfATooLargeRecordWhereTheyAre() {
        DeadLetter letter = OutputRecords.deadLetter(INPUT, new Rejection(RejectionReason.RECORD_TOO_LARGE, "why"), 8);

        assertThat(letter.getKey()).isNull();
        assertThat(letter.getValue()).isNull();
        assertThat(letter.getHeaders()).isEmpty();
        assertThat(letter.getOffset()).isEqualTo(6);
    }

    @Test
    void shouldLeaveOutTasksThatThePipelineDoesNotHave() {
        Labels labels = entities(List.of());

        assertThat(records.enrichedEvent(FIELDS, labelled("x", labels), 0).getSentiment())
                .isNull();
        assertThat(records.sentimentLabel(FIELDS, labelled("x", labels), 0)).isEmpty();
    }

    @Test
    void shouldNotInventWhereALabelComesFrom() {
        Labels labels = new Labels(
                Optional.of(new Sentiment("neutral", 1, Map.of("neutral", 1.0))), Optional.empty(), 1, false);

        assertThatThrownBy(() -> records.sentimentLabel(FIELDS, labelled("x", labels), 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'sentiment'");
    }
}
