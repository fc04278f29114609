package dev.glosstream.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.glosstream.avro.TextEvent;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.config.OutputSettings;
import dev.glosstream.config.TopicSettings;
import dev.glosstream.emit.SingleObjectEncoder;
import dev.glosstream.ingest.Original;
import dev.glosstream.ingest.SourceEvent;
import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.EventFields;
import dev.glosstream.sequence.EventText;
import dev.glosstream.sequence.InputHeader;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.LabelledText;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.Rejection;
import dev.glosstream.sequence.RejectionReason;
import dev.glosstream.sequence.Task;
import dev.glosstream.window.PendingRecords;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.AbstractRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The largest input that the limits admit fits in every output. */
class RecordSizesTest {
    private static final LimitSettings LIMITS = LimitSettings.DEFAULT;
    private static final int MOST = LIMITS.maxRecordBytes();
    private static final InputRecord.Source SOURCE = new InputRecord.Source("text-events", 0, 0, 0);

    static Stream<Arguments> largest() {
        int manyHeaders = MOST / 10;
        return Stream.of(
                argumentSet("a key", new InputRecord(new byte[MOST], new byte[0], List.of(), SOURCE)),
                argumentSet("a value", new InputRecord(null, new byte[MOST], List.of(), SOURCE)),
                argumentSet(
                        "a header",
                        new InputRecord(null, new byte[0], List.of(new InputHeader("h", new byte[MOST - 9])), SOURCE)),
                argumentSet(
                        "many headers",
                        new InputRecord(
                                null,
                                new byte[0],
                                Collections.nCopies(manyHeaders, new InputHeader("h", new byte[1])),
                                SOURCE)));
    }

    @ParameterizedTest
    @MethodSource("largest")
    void shouldLeaveRoomForADeadLetter(InputRecord input) {
        assertThat(input.sizeBytes()).isBetween(MOST - 10L, (long) MOST);
        Rejection rejection = new Rejection(RejectionReason.NOT_AVRO, "expected and got ".repeat(100));

        assertFits(new DeadLetters(new SingleObjectEncoder(), "dead-letters").letter(input, rejection, 0));
    }

    @ParameterizedTest
    @MethodSource("largest")
    void shouldLeaveRoomForTheChangelog(InputRecord input) {
        assertFits(new Record<>(new byte[8], new PendingRecords().encode(input), 0));
    }

    @Test
    void shouldLeaveRoomForATextThatIsOneEntity(@TempDir Path directory) {
        TinyModels models = new TinyModels(directory);
        String text = "東".repeat((MOST - 100) / 3);
        TextEvent event = TextEvent.newBuilder().setId("a").setText(text).build();
        InputRecord input = new InputRecord(null, PipelineDriver.bytes(event), List.of(), SOURCE);
        assertThat(input.sizeBytes()).isBetween(MOST - 100L, (long) MOST);
        Labels labels =
                new Labels(Optional.empty(), Optional.of(List.of(new Entity("LOC", 0, text.length(), 0.5))), 1, false);
        Results results = new Results(
                new Results.Destination(TopicSettings.DEFAULT, Set.of(Task.values()), OutputSettings.DEFAULT, LIMITS),
                List.of(models.model(Task.ENTITIES).bundle()),
                new SingleObjectEncoder());

        SourceEvent decoded = new SourceEvent(
                new EventFields("a", List.of(), false, Optional.empty(), Optional.empty(), Map.of()),
                new Original.Opaque());
        List<LabelledText> labelled = List.of(new LabelledText(new EventText("", text, false), labels));

        Outcome<Map<String, Record<byte[], byte[]>>> outputs =
                results.of(new LabelledEvent(input, decoded, labelled), 0);

        outputs.fold(bySink -> bySink, rejection -> Map.<String, Record<byte[], byte[]>>of())
                .values()
                .forEach(RecordSizesTest::assertFits);
        assertThat(outputs).isInstanceOf(Outcome.Accepted.class);
    }

    private static void assertFits(Record<byte[], byte[]> output) {
        int size = AbstractRecords.estimateSizeInBytesUpperBound(
                RecordBatch.CURRENT_MAGIC_VALUE,
                Compression.NONE.type(),
                output.key(),
                output.value(),
                output.headers().toArray());
        assertThat(size).isLessThanOrEqualTo(RecordSizes.largestOutputBytes(LIMITS));
    }
}
