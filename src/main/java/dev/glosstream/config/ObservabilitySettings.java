package dev.glosstream.config;

/**
 * How a running pipeline shows itself. Nothing of it changes a label or an output value.
 *
 * @param http the web server of metrics, health and console
 * @param log the log
 * @param tracing whether traces are continued: with it, what is written carries the context of a new span in {@code
 *     traceparent}; without it, headers pass untouched
 */
public record ObservabilitySettings(HttpSettings http, LogSettings log, boolean tracing) {
    /** Each part's default; no tracing. */
    public static final ObservabilitySettings DEFAULT =
            new ObservabilitySettings(HttpSettings.DEFAULT, LogSettings.DEFAULT, false);
}
