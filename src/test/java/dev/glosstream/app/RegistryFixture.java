package dev.glosstream.app;

import dev.glosstream.config.PipelineFile;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.infer.TinyBundles;
import dev.glosstream.observe.Observers;
import dev.glosstream.registry.RegistryProcess;
import dev.glosstream.registry.TestCertificates;
import dev.glosstream.sequence.Task;
import dev.glosstream.topology.EnrichmentTopology;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A registry, a broker and a model, for pipelines of a test; other teams are played by Apicurio's own serde. */
final class RegistryFixture implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(60);

    final RegistryProcess registry;
    final TestCertificates certificates;

    private final Path folder;
    private final EmbeddedBroker broker;
    private final OpenModels models;

    /** Starts all of it; skips the test where the registry cannot run. */
    RegistryFixture(Path folder) throws Exception {
        this.folder = folder;
        CompletableFuture<EmbeddedBroker> starting = CompletableFuture.supplyAsync(() -> EmbeddedBroker.start(8 << 20));
        registry = RegistryProcess.start();
        broker = starting.join();
        certificates = TestCertificates.make(folder);
        TinyBundles.write(folder.resolve("sentiment"), Task.SENTIMENT);
        models = OpenModels.load(List.of(folder.resolve("sentiment")));
    }

    /** A pipeline at work, with somebody who writes to it and somebody who reads. */
    final class Session implements AutoCloseable {
        final TopicReader outputs;
        final RunningPipeline pipeline;

        private final String name;
        private final OpenFormat format;
        private final KafkaProducer<byte[], byte[]> producer;

        private Session(String name, PipelineSettings settings) {
            this.name = name;
            try (ClusterCheck cluster = ClusterCheck.connect(settings)) {
                cluster.createMissing(1);
            }
            format = OpenFormat.of(settings);
            format.prepareOutputs(settings);
            pipeline = RunningPipeline.start(
                    settings,
                    EnrichmentTopology.build(settings, models.models(), Observers.NONE, format.wireFormat()),
                    PipelineWatcher.NONE);
            outputs = new TopicReader(broker.bootstrapServers(), List.of(name + "-out", name + "-dead"));
            producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", broker.bootstrapServers()),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        }

        void send(byte[] value) throws Exception {
            producer.send(new ProducerRecord<>(name + "-in", value)).get();
        }

        void awaitOutputs(int count) {
            outputs.readUntil(LONG, () -> {
                pipeline.fault().ifPresent(fault -> {
                    throw new AssertionError("pipeline broke", fault);
                });
                return outputs.count(name + "-out", name + "-dead") >= count;
            });
        }

        List<ConsumerRecord<byte[], byte[]>> enriched() {
            return outputs.of(name + "-out");
        }

        List<ConsumerRecord<byte[], byte[]>> deadLetters() {
            return outputs.of(name + "-dead");
        }

        @Override
        public void close() {
            pipeline.close();
            format.close();
            outputs.close();
            producer.close();
        }
    }

    /** Returns the setting that names the registry. */
    String url() {
        return "registry.url=" + registry.url();
    }

    /** Starts a pipeline of text events: topics {@code NAME-in}, {@code NAME-out}, {@code NAME-dead}. */
    Session session(String name, String... registrySettings) {
        return new Session(name, settings(name, registrySettings));
    }

    /** Starts a pipeline that reads and writes as the section of a pipeline file says. */
    Session session(String name, Path file, String... registrySettings) {
        List<String> overrides = overrides(name, registrySettings);
        overrides.removeIf(override -> override.startsWith("topics.input="));
        return new Session(name, PipelineFile.read(file, Map.of(), overrides));
    }

    /** Starts the program. */
    GlosstreamProcess run(String name, String... registrySettings) throws IOException {
        List<String> all = new ArrayList<>(List.of("run", "--create-topics"));
        overrides(name, registrySettings).forEach(setting -> all.add("--set=" + setting));
        return GlosstreamProcess.start(Map.of(), all);
    }

    PipelineSettings settings(String name, String... registrySettings) {
        return PipelineFile.read(Path.of("topology/enrichment.yaml"), Map.of(), overrides(name, registrySettings));
    }

    private List<String> overrides(String name, String... more) {
        List<String> overrides = SentimentPipeline.overrides(name, folder, broker.bootstrapServers(), "threads=1");
        overrides.addAll(Arrays.asList(more));
        return overrides;
    }

    Path file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a text event of a schema, for a session of that name. */
    byte[] event(String session, Schema schema, String id) {
        return written(
                session + "-in",
                new GenericRecordBuilder(schema)
                        .set("id", id)
                        .set("text", "Good !")
                        .build());
    }

    /** Returns a record as Apicurio's serde writes it, its schema registered. */
    byte[] written(String topic, GenericRecord record) {
        try (AvroKafkaSerializer<GenericRecord> serializer = new AvroKafkaSerializer<>()) {
            serializer.configure(apicurio(), false);
            return serializer.serialize(topic, record);
        }
    }

    /** Returns what Apicurio's serde reads. */
    GenericRecord read(String topic, byte[] value) {
        try (AvroKafkaDeserializer<GenericRecord> deserializer = new AvroKafkaDeserializer<>()) {
            deserializer.configure(apicurio(), false);
            return deserializer.deserialize(topic, value);
        }
    }

    private Map<String, String> apicurio() {
        String own = registry.url().toString().replace("/apis/ccompat/v7", "/apis/registry/v3");
        return Map.of("apicurio.registry.url", own, "apicurio.registry.auto-register", "true");
    }

    @Override
    public void close() {
        models.close();
        broker.close();
        registry.close();
    }
}
