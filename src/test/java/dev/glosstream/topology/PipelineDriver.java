package dev.glosstream.topology;

import dev.glosstream.avro.DeadLetter;
import dev.glosstream.avro.EnrichedEvent;
import dev.glosstream.avro.EntityLabels;
import dev.glosstream.avro.SentimentLabel;
import dev.glosstream.avro.TextEvent;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.Guarantee;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.config.TopicSettings;
import dev.glosstream.emit.SingleObjectEncoder;
import dev.glosstream.ingest.GeneratedRecords;
import dev.glosstream.observe.Observers;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.sequence.Task;
import dev.glosstream.window.InputBacklog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The whole topology without a broker: the shipped topic names, the tiny models, a clock that the test moves. */
final class PipelineDriver implements AutoCloseable {
    static final TopicSettings TOPICS = TopicSettings.DEFAULT;
    /** Closes after four records, a hundred tokens or a second. */
    static final BatchingSettings FOUR = new BatchingSettings(4, 100, Duration.ofSeconds(1), 64);

    private static final SingleObjectEncoder ENCODER = new SingleObjectEncoder();

    private final TopologyTestDriver driver;
    private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();
    private final String inputTopic;

    PipelineDriver(PipelineSettings settings, TinyModels models) {
        this(settings, models, WireFormat.SINGLE_OBJECT);
    }

    PipelineDriver(PipelineSettings settings, TinyModels models, WireFormat format) {
        this(settings, models, format, Observers.NONE);
    }

    PipelineDriver(PipelineSettings settings, TinyModels models, InputBacklog backlog) {
        this(settings, models, WireFormat.SINGLE_OBJECT, Observers.NONE, backlog);
    }

    PipelineDriver(PipelineSettings settings, TinyModels models, WireFormat format, Observers observers) {
        this(settings, models, format, observers, InputBacklog.UNKNOWN);
    }

    private PipelineDriver(
            PipelineSettings settings,
            TinyModels models,
            WireFormat format,
            Observers observers,
            InputBacklog backlog) {
        this(settings, topology(settings, models, observers, format), backlog);
    }

    PipelineDriver(PipelineSettings settings, Topology topology) {
        this(settings, topology, InputBacklog.UNKNOWN);
    }

    PipelineDriver(PipelineSettings settings, Topology topology, InputBacklog backlog) {
        Properties properties = StreamsProperties.of(settings);
        properties.put(InputBacklog.PROPERTY, backlog);
        driver = new TopologyTestDriver(topology, properties, Instant.EPOCH);
        List<String> names = settings.sources().get(0).topics().names();
        inputTopic = names.isEmpty() ? TOPICS.input() : names.get(0);
    }

    static Topology topology(PipelineSettings settings, TinyModels models, Observers observers) {
        return topology(settings, models, observers, WireFormat.SINGLE_OBJECT);
    }

    private static Topology topology(
            PipelineSettings settings, TinyModels models, Observers observers, WireFormat format) {
        List<TaskModel> taskModels =
                settings.models().keySet().stream().sorted().map(models::model).toList();
        return EnrichmentTopology.build(settings, taskModels, observers, format);
    }

    static PipelineSettings settings(TinyModels models, BatchingSettings batching, Set<Task> tasks) {
        Map<Task, java.nio.file.Path> folders = new LinkedHashMap<>();
        tasks.forEach(task -> folders.put(task, models.folder(task)));
        return new PipelineSettings(
                "driver",
                TOPICS,
                folders,
                batching,
                new LimitSettings(1000, 4096),
                Guarantee.EXACTLY_ONCE_V2,
                1,
                Map.of());
    }

    static PipelineSettings settings(TinyModels models, BatchingSettings batching) {
        return settings(models, batching, Set.of(Task.SENTIMENT, Task.ENTITIES));
    }

    static TextEvent event(String id, String text) {
        return TextEvent.newBuilder().setId(id).setText(text).build();
    }

    static byte[] bytes(TextEvent event) {
        return ENCODER.encode("any", event);
    }

    void send(String id, String text) {
        sendBytes(bytes(event(id, text)));
    }

    void sendBytes(byte[] value) {
        send(new TestRecord<>(null, value));
    }

    void send(TestRecord<byte[], byte[]> record) {
        sendTo(inputTopic, record);
    }

    void sendTo(String topic, TestRecord<byte[], byte[]> record) {
        inputs.computeIfAbsent(
                        topic,
                        name -> driver.createInputTopic(name, new ByteArraySerializer(), new ByteArraySerializer()))
                .pipeInput(record);
    }

    void advance(Duration time) {
        driver.advanceWallClockTime(time);
    }

    KeyValueStore<Long, byte[]> store() {
        return driver.getKeyValueStore(EnrichProcessor.STORES.window());
    }

    long waiting() {
        return store().approximateNumEntries();
    }

    List<TestRecord<byte[], byte[]>> records(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    List<EnrichedEvent> enriched() {
        return decode(TOPICS.enriched(), EnrichedEvent.class);
    }

    List<SentimentLabel> sentiments() {
        return decode(TOPICS.sentiment(), SentimentLabel.class);
    }

    List<EntityLabels> entities() {
        return decode(TOPICS.entities(), EntityLabels.class);
    }

    List<DeadLetter> deadLetters() {
        return decode(TOPICS.deadLetters(), DeadLetter.class);
    }

    List<String> enrichedIds() {
        return enriched().stream().map(event -> event.getEvent().getId()).toList();
    }

    private <T extends SpecificRecord> List<T> decode(String topic, Class<T> type) {
        return records(topic).stream()
                .map(record -> decode(type, record.value()))
                .toList();
    }

    static <T extends SpecificRecord> T decode(Class<T> type, byte[] value) {
        try {
            return GeneratedRecords.decoder(type).decode(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.close();
    }
}
