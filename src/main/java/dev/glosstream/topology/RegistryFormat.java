package dev.glosstream.topology;

import dev.glosstream.avro.DeadLetter;
import dev.glosstream.avro.EnrichedEvent;
import dev.glosstream.avro.EntityLabels;
import dev.glosstream.avro.SentimentLabel;
import dev.glosstream.config.OutputMode;
import dev.glosstream.config.OutputSettings;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.config.RegistrySettings;
import dev.glosstream.config.TopicSettings;
import dev.glosstream.emit.ConfluentEncoder;
import dev.glosstream.emit.OutputEncoder;
import dev.glosstream.ingest.BodyReader;
import dev.glosstream.ingest.ConfluentSource;
import dev.glosstream.ingest.RegistryFormats;
import dev.glosstream.ingest.SourceDecoder;
import dev.glosstream.registry.ConfluentRegistry;
import dev.glosstream.registry.SchemaRegistry;
import dev.glosstream.sequence.Task;
import java.time.InstantSource;

/**
 * The wire format of a schema registry: one registry, asked and remembered by all threads of a pipeline. It must outlive the
 * pipeline.
 */
public final class RegistryFormat implements AutoCloseable {
    private final RegistrySettings settings;
    private final ConfluentRegistry registry;
    private final SerdeClasses classes;

    /**
     * Prepares the format; does not connect.
     *
     * @param clock says when an unknown schema may be asked about again
     * @throws dev.glosstream.config.ConfigException if a named serde cannot be used
     * @throws dev.glosstream.registry.RegistryException if certificates cannot be read
     */
    public RegistryFormat(RegistrySettings settings, InstantSource clock) {
        this.settings = settings;
        this.registry = new ConfluentRegistry(settings, clock);
        this.classes = new SerdeClasses(settings);
    }

    /**
     * Requires a registry that answers.
     *
     * @throws dev.glosstream.registry.RegistryException if it does not
     */
    public void requireReachable() {
        registry.requireReachable();
    }

    /**
     * Gets the ids of all schemas that the pipeline writes, so that it need not ask later. Those of appended records are
     * not known before the records come.
     *
     * @throws dev.glosstream.registry.RegistryException if the registry does not take them, or does not have them
     */
    public void prepareOutputs(PipelineSettings pipeline) {
        if (classes.hasSerializer()) {
            return;
        }
        ConfluentEncoder encoder = new ConfluentEncoder(registry, settings.subjects());
        TopicSettings topics = pipeline.topics();
        if (pipeline.output().mode() == OutputMode.WRAP) {
            encoder.id(topics.enriched(), EnrichedEvent.getClassSchema());
        }
        if (pipeline.models().containsKey(Task.SENTIMENT)) {
            encoder.id(topics.sentiment(), SentimentLabel.getClassSchema());
        }
        if (pipeline.models().containsKey(Task.ENTITIES)) {
            encoder.id(topics.entities(), EntityLabels.getClassSchema());
        }
        encoder.id(topics.deadLetters(), DeadLetter.getClassSchema());
    }

    /** Returns the registry, with all that was asked of it so far. */
    public SchemaRegistry registry() {
        return registry;
    }

    /** Returns decoders and encoders for a topology. */
    public WireFormat wireFormat() {
        return new WireFormat(new RegistryFormats(this::decoder, classes.hasDeserializer()), this::encoder);
    }

    private OutputEncoder encoder() {
        ConfluentEncoder own = new ConfluentEncoder(registry, settings.subjects());
        return classes.hasSerializer() ? new SerdeEncoder(classes, own) : own;
    }

    private SourceDecoder decoder(BodyReader reader, OutputSettings output) {
        ConfluentSource own = new ConfluentSource(registry, reader);
        return classes.hasDeserializer() ? new SerdeSource(classes, reader, own, output) : own;
    }

    /** Closes named serdes. */
    @Override
    public void close() {
        classes.close();
    }
}
