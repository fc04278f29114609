package dev.glosstream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.TopicSettings;
import dev.glosstream.observe.Observers;
import dev.glosstream.observe.PipelineListener;
import dev.glosstream.telemetry.SpanTracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trace context: in by headers, out by headers, and a span between. */
class TracingTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final String TRACEPARENT = "00-" + TRACE + "-" + PARENT + "-01";
    private static final BatchingSettings TWO = new BatchingSettings(2, 1000, Duration.ofMillis(20), 64);
    private static final TopicSettings TOPICS = TopicSettings.DEFAULT;

    @TempDir
    private Path directory;

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final OpenTelemetrySdk library = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();
    private TinyModels models;

    @BeforeEach
    void setUp() {
        models = new TinyModels(directory);
    }

    @AfterEach
    void close() {
        library.close();
    }

    @Test
    void shouldContinueTheTraceInEveryOutputAndDeadLetter() {
        try (PipelineDriver driver = traced()) {
            driver.send(record(PipelineDriver.bytes(PipelineDriver.event("a", "good")), headers(TRACEPARENT)));
            driver.send(record(PipelineDriver.bytes(PipelineDriver.event("b", "poison")), headers(TRACEPARENT)));
            driver.send(record("junk".getBytes(StandardCharsets.UTF_8), headers(TRACEPARENT)));

            List<String> labelled = List.of(
                    context(driver, TOPICS.enriched()).get(0),
                    context(driver, TOPICS.sentiment()).get(0),
                    context(driver, TOPICS.entities()).get(0));
            assertThat(labelled).as("one span, three outputs").containsOnly(labelled.get(0));
            assertThat(labelled.get(0)).startsWith("00-" + TRACE + "-").doesNotContain(PARENT);
            assertThat(context(driver, TOPICS.deadLetters())).hasSize(2).allSatisfy(context -> assertThat(context)
                    .startsWith("00-" + TRACE + "-")
                    .doesNotContain(PARENT));
        }
        assertThat(spans.getFinishedSpanItems()).hasSize(3).allSatisfy(span -> assertThat(span.getParentSpanId())
                .isEqualTo(PARENT));
        SpanData refused = spanOf("not-avro");
        assertThat(refused.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(refused.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(refused.getName()).isEqualTo("process text-events");
        assertThat(spanOf("inference-failed").getEndEpochNanos())
                .isGreaterThanOrEqualTo(spanOf("inference-failed").getStartEpochNanos());
    }

    @Test
    void shouldCarryTheStateOfTheTraceAndDropOneThatBelongsToNone() {
        try (PipelineDriver driver = traced()) {
            Headers whole = headers(TRACEPARENT).add("tracestate", "vendor=1".getBytes(StandardCharsets.UTF_8));
            Headers broken = headers("nonsense").add("tracestate", "vendor=2".getBytes(StandardCharsets.UTF_8));
            driver.send(record(PipelineDriver.bytes(PipelineDriver.event("a", "good")), whole));
            driver.send(record(PipelineDriver.bytes(PipelineDriver.event("b", "good")), broken));

            List<TestRecord<byte[], byte[]>> records = driver.records(TOPICS.enriched());
            assertThat(value(records.get(0), "tracestate")).isEqualTo("vendor=1");
            assertThat(records.get(1).headers().lastHeader("tracestate")).isNull();
            assertThat(value(records.get(1), "traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[13]");
        }
    }

    @Test
    void shouldStartATraceForARecordWithoutOne() {
        try (PipelineDriver driver = traced()) {
            driver.send("a", "good");
            driver.send("b", "good");

            List<String> contexts = context(driver, TOPICS.enriched());
            assertThat(contexts).hasSize(2).doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldTouchNoHeaderWithoutTracing() {
        try (PipelineDriver driver = new PipelineDriver(PipelineDriver.settings(models, TWO), models)) {
            Headers twice = headers(TRACEPARENT).add("traceparent", new byte[] {1});
            driver.send(record(PipelineDriver.bytes(PipelineDriver.event("a", "good")), twice));
            driver.send(record(PipelineDriver.bytes(PipelineDriver.event("b", "poison")), headers(TRACEPARENT)));

            List<Header> kept = new ArrayList<>();
            driver.records(TOPICS.enriched())
                    .get(0)
                    .headers()
                    .headers("traceparent")
                    .forEach(kept::add);
            assertThat(kept).hasSize(2);
            assertThat(context(driver, TOPICS.deadLetters())).containsExactly(TRACEPARENT);
        }
    }

    private SpanData spanOf(String reason) {
        return spans.getFinishedSpanItems().stream()
                .filter(span -> reason.equals(span.getAttributes().get(AttributeKey.stringKey("error.type"))))
                .findFirst()
                .orElseThrow();
    }

    private PipelineDriver traced() {
        return new PipelineDriver(
                PipelineDriver.settings(models, TWO),
                models,
                WireFormat.SINGLE_OBJECT,
                new Observers(PipelineListener.SILENT, new SpanTracing(library)));
    }

    private static List<String> context(PipelineDriver driver, String topic) {
        return driver.records(topic).stream()
                .map(record -> value(record, "traceparent"))
                .toList();
    }

    private static String value(TestRecord<byte[], byte[]> record, String header) {
        return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }

    private static Headers headers(String traceparent) {
        return new RecordHeaders().add("traceparent", traceparent.getBytes(StandardCharsets.UTF_8));
    }

    private static TestRecord<byte[], byte[]> record(byte[] value, Headers headers) {
        return new TestRecord<>(new byte[] {1}, value, headers, 1234L);
    }
}
