package dev.glosstream.testkit;

import dev.glosstream.avro.EnrichedEvent;
import dev.glosstream.avro.Entity;
import dev.glosstream.avro.TextEvent;
import dev.glosstream.batch.BatchStatistics;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.emit.SingleObjectEncoder;
import dev.glosstream.ingest.GeneratedDecoder;
import dev.glosstream.ingest.GeneratedRecords;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.topology.DeadLetters;
import dev.glosstream.topology.EnrichmentTopology;
import dev.glosstream.topology.StreamsProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.test.TestRecord;

/** Texts through the product's pipeline. */
final class PipelineTexts implements TextTopology {
    private final SingleObjectEncoder encoder = new SingleObjectEncoder();
    private final GeneratedDecoder<EnrichedEvent> decoder = GeneratedRecords.decoder(EnrichedEvent.class);
    private final PipelineSettings settings;
    private final TopologyHarness harness;
    private final InputTopic<String, byte[]> input;
    private final OutputTopic<String, byte[]> enriched;
    private final OutputTopic<String, byte[]> letters;

    PipelineTexts(PipelineSettings settings, RuleModels rules) {
        this.settings = settings;
        List<TaskModel> models =
                rules.taskModels(settings.models().keySet().stream().sorted().toList());
        Map<String, Object> properties = new HashMap<>();
        StreamsProperties.of(settings).forEach((name, value) -> properties.put(name.toString(), value));
        harness = new TopologyHarness(
                () -> EnrichmentTopology.build(settings, models, new BatchStatistics()), properties);
        input = harness.input(settings.topics().input(), Serdes.String(), Serdes.ByteArray());
        enriched = harness.output(settings.topics().enriched(), Serdes.String(), Serdes.ByteArray());
        letters = harness.output(settings.topics().deadLetters(), Serdes.String(), Serdes.ByteArray());
    }

    @Override
    public TopologyHarness harness() {
        return harness;
    }

    @Override
    public void send(String key, String text) {
        TextEvent event = TextEvent.newBuilder().setId(key).setText(text).build();
        input.send(key, encoder.encode(settings.topics().input(), event));
    }

    @Override
    public List<String> labelled() {
        return enriched.all().stream()
                .map(record -> line(decode(record.value())))
                .toList();
    }

    private EnrichedEvent decode(byte[] value) {
        try {
            return decoder.decode(value);
        } catch (IOException e) {
            throw new UncheckedIOException("enriched event: expected a known schema", e);
        }
    }

    private static String line(EnrichedEvent event) {
        StringBuilder line = new StringBuilder(event.getEvent().getId()).append(':');
        if (event.getSentiment() != null) {
            line.append(' ').append(event.getSentiment().getLabel());
        }
        if (event.getEntities() != null) {
            for (Entity entity : event.getEntities()) {
                line.append(" [")
                        .append(entity.getText())
                        .append(' ')
                        .append(entity.getType())
                        .append(']');
            }
        }
        return line.toString();
    }

    @Override
    public List<String> deadLetters() {
        return letters.all().stream()
                .map(record -> record.key() + ": " + reason(record))
                .toList();
    }

    private static String reason(TestRecord<String, byte[]> letter) {
        return new String(letter.headers().lastHeader(DeadLetters.REASON_HEADER).value(), StandardCharsets.UTF_8);
    }

    @Override
    public List<String> order() {
        return enriched.all().stream().map(TestRecord::key).toList();
    }
}
