package dev.glosstream.app;

import dev.glosstream.observe.RecordTracing;
import dev.glosstream.telemetry.SpanTracing;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.Map;

/**
 * OpenTelemetry for this process, configured by its usual {@code OTEL_…} variables.
 *
 * <p>Without them spans go nowhere, and only their contexts go on in the headers. Closing it sends what is left.
 */
final class RunTracing implements AutoCloseable {
    private static final Map<String, String> DEFAULTS = Map.of(
            "otel.service.name", "glosstream",
            "otel.traces.exporter", "none",
            "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none");

    private final OpenTelemetrySdk library;

    private RunTracing(OpenTelemetrySdk library) {
        this.library = library;
    }

    /**
     * Starts the library.
     *
     * @throws CommandException if a variable is wrong
     */
    static RunTracing open() {
        try {
            return new RunTracing(AutoConfiguredOpenTelemetrySdk.builder()
                    .addPropertiesSupplier(() -> DEFAULTS)
                    .disableShutdownHook()
                    .build()
                    .getOpenTelemetrySdk());
        } catch (RuntimeException e) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "tracing: expected OTEL_ variables that OpenTelemetry understands, got " + e.getMessage()
                            + "; correct them, or set tracing.enabled to false",
                    e);
        }
    }

    /** Returns what continues the traces of records. */
    RecordTracing tracing() {
        return new SpanTracing(library);
    }

    @Override
    public void close() {
        library.close();
    }
}
