package dev.glosstream.observe;

/**
 * Who watches a pipeline.
 *
 * @param listener hears what happens
 * @param tracing continues the traces of records
 */
public record Observers(PipelineListener listener, RecordTracing tracing) {
    /** Nobody. */
    public static final Observers NONE = new Observers(PipelineListener.SILENT, RecordTracing.OFF);

    /** Returns a listener alone: headers pass untouched. */
    public static Observers of(PipelineListener listener) {
        return new Observers(listener, RecordTracing.OFF);
    }
}
