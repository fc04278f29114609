package dev.glosstream.topology;

import dev.glosstream.emit.OutputEncoder;
import dev.glosstream.emit.SingleObjectEncoder;
import dev.glosstream.ingest.SingleObjectDecoder;
import dev.glosstream.ingest.TextEventDecoder;
import java.util.function.Supplier;

/**
 * How records look on the topics: where decoders and encoders come from. The window store is not concerned, its format is
 * internal.
 *
 * @param decoders makes one decoder per stream task
 * @param encoders makes one encoder per stream task and processor
 */
public record WireFormat(Supplier<TextEventDecoder> decoders, Supplier<OutputEncoder> encoders) {
    /** Avro single-object encoding, which needs no registry. */
    public static final WireFormat SINGLE_OBJECT = new WireFormat(SingleObjectDecoder::new, SingleObjectEncoder::new);
}
