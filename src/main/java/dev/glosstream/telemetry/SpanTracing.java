package dev.glosstream.telemetry;

import dev.glosstream.observe.RecordTracing;
import dev.glosstream.sequence.InputHeader;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Rejection;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A span for each record, child of the one that its headers name: from its arrival to its results. What is written about the
 * record carries the new span's context, so that whoever reads it continues from there.
 *
 * <p>A span tells where the record stood and why it was refused, never what was in it. Any thread.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/messaging/kafka/">Semantic conventions for Kafka</a>
 */
public final class SpanTracing implements RecordTracing {
    private static final String SCOPE = "dev.glosstream";
    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("messaging.operation.type");
    private static final AttributeKey<String> OPERATION_NAME = AttributeKey.stringKey("messaging.operation.name");
    private static final AttributeKey<String> TOPIC = AttributeKey.stringKey("messaging.destination.name");
    private static final AttributeKey<String> PARTITION = AttributeKey.stringKey("messaging.destination.partition.id");
    private static final AttributeKey<Long> OFFSET = AttributeKey.longKey("messaging.kafka.offset");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    private final Tracer tracer;
    private final TextMapPropagator propagator;

    /** Creates tracing whose spans go where the library is told to send them. */
    public SpanTracing(OpenTelemetry library) {
        this.tracer = library.getTracer(SCOPE);
        this.propagator = library.getPropagators().getTextMapPropagator();
    }

    @Override
    public List<InputHeader> continued(InputRecord input, Times times, Optional<Rejection> refusal) {
        Context parent = propagator.extract(Context.root(), input, Headers.INSTANCE);
        InputRecord.Source source = input.source();
        Span span = tracer.spanBuilder("process " + source.topic())
                .setParent(parent)
                .setSpanKind(SpanKind.CONSUMER)
                .setStartTimestamp(times.arrivedMs(), TimeUnit.MILLISECONDS)
                .setAttribute(SYSTEM, "kafka")
                .setAttribute(OPERATION, "process")
                .setAttribute(OPERATION_NAME, "process")
                .setAttribute(TOPIC, source.topic())
                .setAttribute(PARTITION, Integer.toString(source.partition()))
                .setAttribute(OFFSET, source.offset())
                .startSpan();
        refusal.map(rejection -> rejection.reason().code())
                .ifPresent(code -> span.setStatus(StatusCode.ERROR, code).setAttribute(ERROR, code));
        List<InputHeader> headers = context(input, parent.with(span));
        span.end(times.leftMs(), TimeUnit.MILLISECONDS);
        return headers;
    }

    /** Returns the headers of a context; those that the record had and the context has not are taken away. */
    private List<InputHeader> context(InputRecord input, Context context) {
        List<InputHeader> headers = new ArrayList<>();
        propagator.inject(
                context,
                headers,
                (carrier, name, value) -> carrier.add(new InputHeader(name, value.getBytes(StandardCharsets.UTF_8))));
        for (String field : propagator.fields()) {
            boolean set = headers.stream().anyMatch(header -> header.key().equals(field));
            if (!set && input.headers().stream().anyMatch(header -> header.key().equals(field))) {
                headers.add(new InputHeader(field, null));
            }
        }
        return headers;
    }

    /** Reads the headers of a record; the last of a name counts. */
    private enum Headers implements TextMapGetter<InputRecord> {
        /** The only one. */
        INSTANCE;

        @Override
        public Iterable<String> keys(InputRecord record) {
            return record.headers().stream().map(InputHeader::key).toList();
        }

        @Override
        public @Nullable String get(@Nullable InputRecord record, String name) {
            if (record == null) {
                return null;
            }
            List<InputHeader> headers = record.headers();
            for (int index = headers.size() - 1; index >= 0; index--) {
                byte[] value = headers.get(index).value();
                if (value != null && headers.get(index).key().equals(name)) {
                    return new String(value, StandardCharsets.UTF_8);
                }
            }
            return null;
        }
    }
}
