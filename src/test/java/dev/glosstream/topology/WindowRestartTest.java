package dev.glosstream.topology;

import static dev.glosstream.topology.PipelineDriver.FOUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.avro.DeadLetter;
import dev.glosstream.avro.EnrichedEvent;
import dev.glosstream.config.Guarantee;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.config.OutputSettings;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.config.SourceFields;
import dev.glosstream.config.SourceFormat;
import dev.glosstream.config.SourceSettings;
import dev.glosstream.config.SourceTopics;
import dev.glosstream.observe.Observers;
import dev.glosstream.pipeline.ModelFaultException;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.sequence.InputHeader;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Task;
import dev.glosstream.window.TaskSignal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the window keeps through closings, crashes and revivals: the processor on a real in-memory store, which stands for
 * the one that Kafka Streams restores from its changelog before {@code init}.
 */
class WindowRestartTest {
    private final KeyValueStore<Long, byte[]> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(EnrichProcessor.STORES.window()), Serdes.Long(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    private final TinyModels models;
    private final PipelineSettings settings;

    WindowRestartTest(@TempDir Path directory) {
        models = new TinyModels(directory);
        settings = PipelineDriver.settings(models, FOUR);
    }

    /** One life of the processor: from {@code init} to the end, clean or not. */
    private final class Life {
        private final MockProcessorContext<byte[], byte[]> context;
        private final EnrichProcessor processor;
        private final RecordPreparer preparer;
        private final TaskSignal signal =
                EnrichProcessor.STORES.commitsBuilder().build();

        Life(PipelineSettings settings) {
            Properties properties = StreamsProperties.of(settings);
            properties.putIfAbsent(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
            context = new MockProcessorContext<>(properties);
            List<TaskModel> taskModels = settings.models().keySet().stream()
                    .sorted()
                    .map(models::model)
                    .toList();
            EnrichProcessor.Blueprint blueprint =
                    EnrichmentTopology.enrichBlueprint(settings, taskModels, Observers.NONE);
            processor = new EnrichProcessor(blueprint);
            preparer = blueprint.preparer().get();
            if (!store.isOpen()) {
                store.init(context.getStateStoreContext(), store);
            }
            context.addStateStore(store);
            context.addStateStore(signal);
            context.setCurrentSystemTimeMs(1_000_000);
            processor.init(context);
        }

        void process(InputRecord input) {
            processor.process(new Record<>(input.key(), preparer.prepare(input), 0));
        }

        void punctuate() {
            context.scheduledPunctuators()
                    .forEach(timer -> timer.getPunctuator().punctuate(1_000_000));
        }

        List<String> forwarded(String child) {
            List<String> ids = new ArrayList<>();
            for (CapturedForward<?, ?> forward : context.forwarded(child)) {
                byte[] value = (byte[]) forward.record().value();
                ids.add(
                        child.equals(EnrichmentTopology.DEAD_LETTERS)
                                ? PipelineDriver.decode(DeadLetter.class, value).getReason()
                                : PipelineDriver.decode(EnrichedEvent.class, value)
                                        .getEvent()
                                        .getId());
            }
            return ids;
        }

        List<String> enriched() {
            return forwarded(EnrichmentTopology.ENRICHED_EVENTS);
        }
    }

    private PipelineSettings altered(LimitSettings limits, Guarantee guarantee) {
        return new PipelineSettings(
                settings.applicationId(),
                settings.topics(),
                settings.models(),
                settings.batching(),
                limits,
                guarantee,
                settings.threads(),
                settings.kafka());
    }

    private static InputRecord input(String id, String text) {
        return new InputRecord(
                id.getBytes(StandardCharsets.UTF_8),
                PipelineDriver.bytes(PipelineDriver.event(id, text)),
                List.of(new InputHeader("trace", new byte[] {3})),
                new InputRecord.Source("text-events", 0, 10, 77));
    }

    private List<Long> stored() {
        List<Long> keys = new ArrayList<>();
        try (KeyValueIterator<Long, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Long, byte[]> entry = all.next();
                keys.add(entry.key);
            }
        }
        return keys;
    }

    @Test
    void shouldLabelTheHalfFullWindowOfBefore() {
        Life before = new Life(settings);
        before.process(input("a", "good"));
        before.process(input("b", "bad Paris"));
        assertThat(before.enriched()).isEmpty();

        Life after = new Life(settings);
        after.punctuate();

        assertThat(after.enriched()).containsExactly("a", "b");
        Record<?, ?> first = after.context
                .forwarded(EnrichmentTopology.ENRICHED_EVENTS)
                .get(0)
                .record();
        assertThat((byte[]) first.key()).containsExactly('a');
        assertThat(first.timestamp()).isEqualTo(77);
        assertThat(first.headers().lastHeader("trace").value()).containsExactly(3);
        assertThat(stored()).isEmpty();
    }

    /** A restored record is decoded again, by the source of its topic; one whose source is gone is not lost either. */
    @Test
    void shouldDecodeRestoredRecordsInTheFormatOfTheirTopic() {
        SourceSettings json = new SourceSettings(
                SourceTopics.matching("reviews-.*"), SourceFormat.JSON, SourceFields.ofTexts("body"), List.of());
        SourceSettings plain =
                new SourceSettings(SourceTopics.named("lines"), SourceFormat.STRING, SourceFields.NONE, List.of());
        SourceSettings own = SourceSettings.textEvents("text-events");
        Life before = new Life(settings.withEvents(List.of(json, plain, own), OutputSettings.DEFAULT));
        before.process(foreign("reviews-eu", "j", "{\"body\":\"good\"}"));
        before.process(foreign("lines", "s", "{\"body\":\"good\"}"));
        before.process(input("t", "bad"));
        assertThat(before.enriched()).isEmpty();

        Life after = new Life(settings.withEvents(List.of(json, own), OutputSettings.DEFAULT));
        after.punctuate();

        assertThat(after.enriched()).containsExactly("j", "t");
        assertThat(after.forwarded(EnrichmentTopology.DEAD_LETTERS)).containsExactly("unknown-source");
        assertThat(stored()).isEmpty();
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
        Life before = new Life(settings);
        before.process(input("a", "good"));
        before.process(input("b", "good"));

        Life after = new Life(settings);
        after.process(input("c", "good"));

        assertThat(after.enriched()).containsExactly("a", "b", "c");
        assertThat(stored()).isEmpty();
    }

    @Test
    void shouldGoOnNumberingAfterARestart() {
        new Life(settings).process(input("a", "good"));
        Life after = new Life(settings);
        models.broken.set(true);
        assertThatThrownBy(() -> after.process(input("b", "good"))).isInstanceOf(ModelFaultException.class);

        assertThat(stored()).containsExactly(0L, 1L);
    }

    @Test
    void shouldStartNumberingAgainWhenNothingWaits() {
        Life life = new Life(settings);
        for (String id : List.of("a", "b", "c", "d", "e")) {
            life.process(input(id, "good"));
        }

        assertThat(life.enriched()).containsExactly("a", "b", "c", "d");
        assertThat(stored()).containsExactly(0L);
    }

    @Test
    void shouldRefuseARestoredRecordThatNewLimitsForbid() {
        Life before = new Life(settings);
        before.process(input("a", "good"));
        before.process(input("b", "good ".repeat(10)));
        before.process(input("c", "good"));

        Life after = new Life(altered(new LimitSettings(20, 4096), settings.guarantee()));
        after.punctuate();

        assertThat(after.enriched()).containsExactly("a", "c");
        assertThat(after.forwarded(EnrichmentTopology.DEAD_LETTERS)).containsExactly("text-too-long");
        assertThat(stored()).isEmpty();
    }

    @Test
    void shouldLoseNothingToAModelFault() {
        models.broken.set(true);
        Life before = new Life(settings);
        before.process(input("a", "good"));
        before.process(input("b", "good"));
        before.process(input("c", "good"));
        assertThatThrownBy(() -> before.process(input("d", "good"))).isInstanceOf(ModelFaultException.class);
        assertThat(before.context.forwarded()).isEmpty();
        assertThat(stored()).hasSize(4);

        models.broken.set(false);
        Life after = new Life(settings);
        after.punctuate();

        assertThat(after.enriched()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void shouldStartFreshWhenATaskIsRevived() {
        Life life = new Life(settings);
        life.process(input("a", "good"));
        life.processor.close();
        assertThat(models.open).hasValue(0);

        life.processor.init(life.context);
        life.process(input("b", "good"));

        assertThat(life.enriched()).containsExactly("a", "b");
        assertThat(models.open).hasValue(2);
        life.processor.init(life.context);
        assertThat(models.open).as("init without close").hasValue(2);
        life.processor.close();
        life.processor.close();
        assertThat(models.open).hasValue(0);
    }

    @Test
    void shouldCloseTheWindowOfLargeRecordsEarly() {
        PipelineSettings large = altered(new LimitSettings(1000, 64 << 20), settings.guarantee());
        Life life = new Life(large);
        InputRecord small = input("a", "good");
        life.process(small);
        life.process(new InputRecord(
                small.key(), small.value(), List.of(new InputHeader("h", new byte[33 << 20])), small.source()));

        assertThat(life.enriched()).hasSize(2);
    }

    @Test
    void shouldDeleteOnlyWhatIsCommittedUnderAtLeastOnce() {
        PipelineSettings atLeastOnce = altered(settings.limits(), Guarantee.AT_LEAST_ONCE);
        Life life = new Life(atLeastOnce);
        for (String id : List.of("a", "b", "c", "d", "e")) {
            life.process(input(id, "good"));
        }

        assertThat(life.enriched()).containsExactly("a", "b", "c", "d");
        assertThat(stored()).as("results may not be acknowledged").containsExactly(0L, 1L, 2L, 3L, 4L);
        life.signal.onCommit();
        assertThat(stored()).as("nothing is written while committing").hasSize(5);
        life.process(input("f", "good"));
        assertThat(stored()).containsExactly(4L, 5L);

        Life after = new Life(settings);
        after.punctuate();
        assertThat(after.enriched()).containsExactly("e", "f");
    }

    @Test
    void shouldRefuseAStoreOfSomebodyElse() {
        new Life(settings);
        store.put(0L, new byte[] {1, 2, 3});
        Life after = new Life(settings);

        assertThatThrownBy(after::punctuate)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("window store");
    }

    @Test
    void shouldScoreWithOneTaskAfterARestartWithFewerTasks() {
        new Life(settings).process(input("a", "good"));

        Life after = new Life(PipelineDriver.settings(models, FOUR, Set.of(Task.SENTIMENT)));
        after.punctuate();

        assertThat(after.enriched()).containsExactly("a");
    }
}
