package dev.glosstream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.config.PipelineSettings;
import dev.glosstream.emit.SingleObjectEncoder;
import dev.glosstream.observe.Observers;
import dev.glosstream.pipeline.TaskModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the first processor asks for a commit. */
class IngestProcessorTest {
    private static final byte[] NO_EVENT = "no event".getBytes(StandardCharsets.UTF_8);

    private final PipelineSettings settings;
    private final IngestProcessor processor;

    IngestProcessorTest(@TempDir Path folder) {
        TinyModels models = new TinyModels(folder);
        settings = PipelineDriver.settings(models, PipelineDriver.FOUR);
        List<TaskModel> taskModels =
                settings.models().keySet().stream().map(models::model).toList();
        RecordPreparer preparer = EnrichmentTopology.enrichBlueprint(settings, taskModels, Observers.NONE)
                .preparer()
                .get();
        processor = new IngestProcessor(
                preparer, new DeadLetters(new SingleObjectEncoder(), "dead-letters"), Observers.NONE);
    }

    private MockProcessorContext<byte[], Object> context(Map<String, String> kafka) {
        Properties properties = StreamsProperties.of(new PipelineSettings(
                settings.applicationId(),
                settings.topics(),
                settings.models(),
                settings.batching(),
                settings.limits(),
                settings.guarantee(),
                settings.threads(),
                kafka));
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
        MockProcessorContext<byte[], Object> context = new MockProcessorContext<>(properties);
        context.setRecordMetadata("text-events", 0, 0);
        context.setCurrentSystemTimeMs(1_000);
        processor.init(context);
        return context;
    }

    @Test
    void shouldNotLeaveDeadLettersToTheInterval() {
        MockProcessorContext<byte[], Object> context = context(Map.of());
        MockProcessorContext.CapturedPunctuator timer =
                context.scheduledPunctuators().get(0);

        timer.getPunctuator().punctuate(1_100);
        assertThat(context.committed()).as("nothing to commit").isFalse();

        processor.process(new Record<>(null, NO_EVENT, 0));
        processor.process(new Record<>(null, NO_EVENT, 0));
        assertThat(context.committed()).as("they share one").isFalse();
        timer.getPunctuator().punctuate(1_200);
        assertThat(context.committed()).isTrue();

        context.resetCommit();
        timer.getPunctuator().punctuate(1_300);
        assertThat(context.committed()).as("once").isFalse();
    }

    @Test
    void shouldLeaveThemToAnIntervalThatTheUserNamed() {
        assertThat(context(Map.of("commit.interval.ms", "500")).scheduledPunctuators())
                .isEmpty();
    }
}
