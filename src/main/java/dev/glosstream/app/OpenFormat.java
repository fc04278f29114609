package dev.glosstream.app;

import dev.glosstream.config.PipelineSettings;
import dev.glosstream.topology.RegistryFormat;
import dev.glosstream.topology.WireFormat;
import java.time.InstantSource;
import java.util.Optional;

/** The wire format of a pipeline, and the registry behind it, if it has one. It must outlive the pipeline. One owner. */
final class OpenFormat implements AutoCloseable {
    private final Optional<RegistryFormat> registry;

    private OpenFormat(Optional<RegistryFormat> registry) {
        this.registry = registry;
    }

    /**
     * Opens the format of a pipeline; its registry, if it has one, must answer.
     *
     * @throws dev.glosstream.registry.RegistryException if it does not
     * @throws dev.glosstream.config.ConfigException if a named serde cannot be used
     */
    static OpenFormat of(PipelineSettings settings) {
        Optional<RegistryFormat> registry =
                settings.registry().map(found -> new RegistryFormat(found, InstantSource.system()));
        OpenFormat format = new OpenFormat(registry);
        try {
            registry.ifPresent(RegistryFormat::requireReachable);
        } catch (RuntimeException e) {
            format.close();
            throw e;
        }
        return format;
    }

    /** Gets the ids of the schemas that the pipeline writes. */
    void prepareOutputs(PipelineSettings settings) {
        registry.ifPresent(found -> found.prepareOutputs(settings));
    }

    /** Returns the format. */
    WireFormat wireFormat() {
        return registry.map(RegistryFormat::wireFormat).orElse(WireFormat.SINGLE_OBJECT);
    }

    /** Returns how output topics are read back. */
    OutputValues outputValues() {
        return new OutputValues(registry.map(RegistryFormat::registry));
    }

    @Override
    public void close() {
        registry.ifPresent(RegistryFormat::close);
    }
}
