package dev.glosstream.ingest;

import dev.glosstream.config.OutputSettings;
import dev.glosstream.config.SourceSettings;
import dev.glosstream.sequence.InputRecord;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The formats of a pipeline that has a schema registry: Avro values may name their schema by its id there, or carry its
 * fingerprint as without a registry. The first byte tells which, so a topic may hold both.
 */
public final class RegistryFormats implements SourceFormats {
    private final SourceFormats plain = SourceFormats.plain();
    private final Framed framed;
    private final boolean alone;

    /** Makes decoders of the registry's framing. */
    @FunctionalInterface
    public interface Framed {
        /**
         * Returns a decoder, for one stream task.
         *
         * @param reader what reads the bodies; of this decoder alone
         * @param output what will be made of the records
         */
        SourceDecoder decoder(BodyReader reader, OutputSettings output);
    }

    /**
     * Creates formats.
     *
     * @param framed makes decoders of the registry's framing
     * @param alone whether these get every value, because they may know framings that nobody else does
     */
    public RegistryFormats(Framed framed, boolean alone) {
        this.framed = framed;
        this.alone = alone;
    }

    @Override
    public Supplier<SourceDecoder> open(SourceSettings source, OutputSettings output) {
        return switch (source.format()) {
            case TEXT_EVENT -> either(plain.open(source, output), () -> framed.decoder(new TextEventReader(), output));
            case AVRO -> {
                Supplier<SourceDecoder> ids = () -> framed.decoder(new AvroReader(source.fields()), output);
                yield source.schemas().isEmpty() ? ids : either(plain.open(source, output), ids);
            }
            case JSON, STRING -> plain.open(source, output);
        };
    }

    private Supplier<SourceDecoder> either(Supplier<SourceDecoder> plain, Supplier<SourceDecoder> framed) {
        return alone
                ? framed
                : () -> {
                    SourceDecoder withFingerprint = plain.get();
                    SourceDecoder withId = framed.get();
                    return record -> SingleObject.fingerprint(value(record)).isPresent()
                            ? withFingerprint.decode(record)
                            : withId.decode(record);
                };
    }

    private static byte[] value(InputRecord record) {
        return Objects.requireNonNullElse(record.value(), new byte[0]);
    }
}
