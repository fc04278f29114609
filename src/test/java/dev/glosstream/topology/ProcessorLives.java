package dev.glosstream.topology;

import static dev.glosstream.topology.PipelineDriver.FOUR;

import dev.glosstream.avro.DeadLetter;
import dev.glosstream.avro.EnrichedEvent;
import dev.glosstream.config.Guarantee;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.observe.Observers;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.sequence.InputHeader;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.window.TaskSignal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * Lives of a processor one after another, on one real in-memory store, which stands for the one that Kafka Streams restores
 * from its changelog before {@code init}.
 */
final class ProcessorLives {
    final KeyValueStore<Long, byte[]> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(EnrichProcessor.STORES.window()), Serdes.Long(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    final TinyModels models;
    final PipelineSettings settings;

    /** Makes models in a folder, and settings of windows of four. */
    ProcessorLives(Path directory) {
        models = new TinyModels(directory);
        settings = PipelineDriver.settings(models, FOUR);
    }

    /** Begins a life. */
    Life begin(PipelineSettings settings) {
        return new Life(settings);
    }

    /** One life of the processor: from {@code init} to the end, clean or not. */
    final class Life {
        final MockProcessorContext<byte[], byte[]> context;
        final EnrichProcessor processor;
        private final RecordPreparer preparer;
        final TaskSignal signal = EnrichProcessor.STORES.commitsBuilder().build();

        private Life(PipelineSettings settings) {
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

    /** Returns the settings with other limits and another guarantee. */
    PipelineSettings altered(LimitSettings limits, Guarantee guarantee) {
        return altered(limits, guarantee, settings.kafka());
    }

    /** Returns the settings with other properties of Kafka. */
    PipelineSettings withKafka(Map<String, String> kafka) {
        return altered(settings.limits(), settings.guarantee(), kafka);
    }

    private PipelineSettings altered(LimitSettings limits, Guarantee guarantee, Map<String, String> kafka) {
        return new PipelineSettings(
                settings.applicationId(),
                settings.topics(),
                settings.models(),
                settings.batching(),
                limits,
                guarantee,
                settings.threads(),
                kafka);
    }

    /** Returns a text event as it comes from its topic. */
    static InputRecord input(String id, String text) {
        return new InputRecord(
                id.getBytes(StandardCharsets.UTF_8),
                PipelineDriver.bytes(PipelineDriver.event(id, text)),
                List.of(new InputHeader("trace", new byte[] {3})),
                new InputRecord.Source("text-events", 0, 10, 77));
    }

    /** Returns the keys in the store. */
    List<Long> stored() {
        List<Long> keys = new ArrayList<>();
        try (KeyValueIterator<Long, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Long, byte[]> entry = all.next();
                keys.add(entry.key);
            }
        }
        return keys;
    }
}
