package dev.glosstream.topology;

import dev.glosstream.emit.OutputEncoder;
import dev.glosstream.emit.SingleObjectEncoder;
import dev.glosstream.ingest.SourceFormats;
import java.util.function.Supplier;

/**
 * How records look on the topics: where decoders and encoders come from. The window store is not concerned, its format is
 * internal.
 *
 * @param sources makes the decoders of each source
 * @param encoders makes one encoder per stream task and processor
 */
public record WireFormat(SourceFormats sources, Supplier<OutputEncoder> encoders) {
    /** Avro single-object encoding, JSON and plain text, which need no registry. */
    public static final WireFormat SINGLE_OBJECT = new WireFormat(SourceFormats.plain(), SingleObjectEncoder::new);
}
