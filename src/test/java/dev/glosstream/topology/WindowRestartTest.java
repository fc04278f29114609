package dev.glosstream.topology;

import static dev.glosstream.topology.PipelineDriver.FOUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.config.LimitSettings;
import dev.glosstream.config.OutputSettings;
import dev.glosstream.config.SourceFields;
import dev.glosstream.config.SourceFormat;
import dev.glosstream.config.SourceSettings;
import dev.glosstream.config.SourceTopics;
import dev.glosstream.pipeline.ModelFaultException;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Task;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the window takes back after a crash or a clean end: from a store that holds what the changelog did. */
class WindowRestartTest {
    private final ProcessorLives lives;

    WindowRestartTest(@TempDir Path directory) {
        lives = new ProcessorLives(directory);
    }

    @Test
    void shouldLabelTheHalfFullWindowOfBefore() {
        ProcessorLives.Life before = lives.begin(lives.settings);
        before.process(ProcessorLives.input("a", "good"));
        before.process(ProcessorLives.input("b", "bad Paris"));
        assertThat(before.enriched()).isEmpty();

        ProcessorLives.Life after = lives.begin(lives.settings);
        after.punctuate();

        assertThat(after.enriched()).containsExactly("a", "b");
        Record<?, ?> first = after.context
                .forwarded(EnrichmentTopology.ENRICHED_EVENTS)
                .get(0)
                .record();
        assertThat((byte[]) first.key()).containsExactly('a');
        assertThat(first.timestamp()).isEqualTo(77);
        assertThat(first.headers().lastHeader("trace").value()).containsExactly(3);
        assertThat(lives.stored()).isEmpty();
    }

    /** A restored record is decoded again, by the source of its topic; one whose source is gone is not lost either. */
    @Test
    void shouldDecodeRestoredRecordsInTheFormatOfTheirTopic() {
        SourceSettings json = new SourceSettings(
                SourceTopics.matching("reviews-.*"), SourceFormat.JSON, SourceFields.ofTexts("body"), List.of());
        SourceSettings plain =
                new SourceSettings(SourceTopics.named("lines"), SourceFormat.STRING, SourceFields.NONE, List.of());
        SourceSettings own = SourceSettings.textEvents("text-events");
        ProcessorLives.Life before =
                lives.begin(lives.settings.withEvents(List.of(json, plain, own), OutputSettings.DEFAULT));
        before.process(foreign("reviews-eu", "j", "{\"body\":\"good\"}"));
        before.process(foreign("lines", "s", "{\"body\":\"good\"}"));
        before.process(ProcessorLives.input("t", "bad"));
        assertThat(before.enriched()).isEmpty();

        ProcessorLives.Life after = lives.begin(lives.settings.withEvents(List.of(json, own), OutputSettings.DEFAULT));
        after.punctuate();

        assertThat(after.enriched()).containsExactly("j", "t");
        assertThat(after.forwarded(EnrichmentTopology.DEAD_LETTERS)).containsExactly("unknown-source");
        assertThat(lives.stored()).isEmpty();
    }

    private static InputRecord foreign(String topic, String key, String value) {
        return new InputRecord(
                key.getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8),
                List.of(),
                new InputRecord.Source(topic, 0, 10, 77));
    }

    @Test
    void shouldPutNewRecordsBehindThoseOfBefore() {
        ProcessorLives.Life before = lives.begin(lives.settings);
        before.process(ProcessorLives.input("a", "good"));
        before.process(ProcessorLives.input("b", "good"));

        ProcessorLives.Life after = lives.begin(lives.settings);
        after.process(ProcessorLives.input("c", "good"));

        assertThat(after.enriched()).containsExactly("a", "b", "c");
        assertThat(lives.stored()).isEmpty();
    }

    @Test
    void shouldGoOnNumberingAfterARestart() {
        lives.begin(lives.settings).process(ProcessorLives.input("a", "good"));
        ProcessorLives.Life after = lives.begin(lives.settings);
        lives.models.broken.set(true);
        assertThatThrownBy(() -> after.process(ProcessorLives.input("b", "good")))
                .isInstanceOf(ModelFaultException.class);

        assertThat(lives.stored()).containsExactly(0L, 1L);
    }

    @Test
    void shouldRefuseARestoredRecordThatNewLimitsForbid() {
        ProcessorLives.Life before = lives.begin(lives.settings);
        before.process(ProcessorLives.input("a", "good"));
        before.process(ProcessorLives.input("b", "good ".repeat(10)));
        before.process(ProcessorLives.input("c", "good"));

        ProcessorLives.Life after = lives.begin(lives.altered(new LimitSettings(20, 4096), lives.settings.guarantee()));
        after.punctuate();

        assertThat(after.enriched()).containsExactly("a", "c");
        assertThat(after.forwarded(EnrichmentTopology.DEAD_LETTERS)).containsExactly("text-too-long");
        assertThat(lives.stored()).isEmpty();
    }

    @Test
    void shouldLoseNothingToAModelFault() {
        lives.models.broken.set(true);
        ProcessorLives.Life before = lives.begin(lives.settings);
        before.process(ProcessorLives.input("a", "good"));
        before.process(ProcessorLives.input("b", "good"));
        before.process(ProcessorLives.input("c", "good"));
        assertThatThrownBy(() -> before.process(ProcessorLives.input("d", "good")))
                .isInstanceOf(ModelFaultException.class);
        assertThat(before.context.forwarded()).isEmpty();
        assertThat(lives.stored()).hasSize(4);

        lives.models.broken.set(false);
        ProcessorLives.Life after = lives.begin(lives.settings);
        after.punctuate();

        assertThat(after.enriched()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void shouldRefuseAStoreOfSomebodyElse() {
        lives.begin(lives.settings);
        lives.store.put(0L, new byte[] {1, 2, 3});
        ProcessorLives.Life after = lives.begin(lives.settings);

        assertThatThrownBy(after::punctuate)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("window store");
    }

    @Test
    void shouldScoreWithOneTaskAfterARestartWithFewerTasks() {
        lives.begin(lives.settings).process(ProcessorLives.input("a", "good"));

        ProcessorLives.Life after = lives.begin(PipelineDriver.settings(lives.models, FOUR, Set.of(Task.SENTIMENT)));
        after.punctuate();

        assertThat(after.enriched()).containsExactly("a");
    }
}
