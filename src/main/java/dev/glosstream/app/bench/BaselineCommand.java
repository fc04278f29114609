package dev.glosstream.app.bench;

import dev.glosstream.infer.EngineSettings;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The process of a baseline: the same bundles and the same stages in a topology as people write it today, until it is told
 * to stop.
 */
@Command(name = "bench-baseline", hidden = true, description = "Runs a baseline of 'bench'; started by it.")
public final class BaselineCommand implements Callable<Integer> {
    /** Which topology. */
    public enum Kind {
        /** One prediction per record, in {@code mapValues}. */
        PER_RECORD,
        /** Batches of 32 records as they come. */
        FIFO
    }

    @Option(names = "--kind", required = true, description = "Which topology.")
    private Kind kind = Kind.PER_RECORD;

    @Mixin
    private TopicOptions from = new TopicOptions();

    @Mixin
    private ModelOptions models = new ModelOptions();

    @Option(names = "--djl-defaults", description = "Leave DJL's settings as they are.")
    private boolean djlDefaults;

    /** Creates the command. */
    public BaselineCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        if (!djlDefaults) {
            EngineSettings.forServing();
        }
        BatchCounts counts = new BatchCounts();
        BaselineTopology baseline = new BaselineTopology(
                BaselineStages.load(models.folders(), models.precision(), models.portable()), counts);
        BenchTopics topics = from.topics();
        Topology topology = kind == Kind.FIFO ? baseline.firstInFirstOut(topics) : baseline.perRecord(topics);
        CountDownLatch stopped = new CountDownLatch(1);
        KafkaStreams streams = new KafkaStreams(topology, properties(topics));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            streams.close();
            System.out.println(Throughput.PADDING + counts.paddingRatio());
            System.out.flush();
            stopped.countDown();
        }));
        streams.setUncaughtExceptionHandler(
                thrown -> StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
        streams.start();
        stopped.await();
        return 0;
    }

    private Properties properties(BenchTopics topics) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "bench-" + topics.run());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, topics.servers());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, models.threads());
        properties.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        properties.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        return properties;
    }
}
