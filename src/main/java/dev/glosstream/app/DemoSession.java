package dev.glosstream.app;

import dev.glosstream.batch.BatchStatistics;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.observe.Observers;
import dev.glosstream.topology.RecordSizes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The pipeline at work on a broker, with somebody who writes to it and somebody who reads what comes out.
 *
 * <p>One thread drives it; results are printed on the reader's thread, as they arrive.
 */
final class DemoSession implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);
    private static final long GLANCE_MS = 200;

    private final EmbeddedBroker broker;
    private final PipelineSettings settings;
    private final DemoTally tally = new DemoTally();
    private final BatchStatistics statistics = new BatchStatistics();
    private final OutputDecoder decoder;
    private final ResultPrinter printer;
    private final LineOutput output;
    private final RunningPipeline pipeline;
    private final OutputReader reader;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtExit.Closing closing;

    /**
     * Starts the pipeline and waits until it processes records.
     *
     * @param settings those of the pipeline, for this broker; its topics exist
     * @param models of the settings; they must outlive the session
     * @param printer makes the lines of results
     * @param output where they go
     * @param service who watches the pipeline
     */
    DemoSession(
            EmbeddedBroker broker,
            PipelineSettings settings,
            OpenModels models,
            ResultPrinter printer,
            LineOutput output,
            PipelineService service)
            throws InterruptedException {
        this.broker = broker;
        this.settings = settings;
        this.printer = printer;
        this.output = output;
        this.decoder = new OutputDecoder(settings.topics(), models.sentimentLabels(), OutputValues.SINGLE_OBJECT);
        Observers observers = service.observers(models);
        this.pipeline = RunningPipeline.start(
                settings,
                models.models(),
                new Observers(new CountedListener(statistics, observers.listener()), observers.tracing()),
                service.watcher());
        this.reader = new OutputReader(broker.bootstrapServers(), settings.topics(), this::print);
        this.producer = producer(broker.bootstrapServers(), settings);
        this.closing = AtExit.register(this::stop);
        reader.start();
        if (!pipeline.awaitRunning(LONGEST_START)) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "pipeline: expected to process records within " + LONGEST_START.toSeconds()
                            + " s of its start, got none; --verbose shows what it waits for");
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(String servers, PipelineSettings settings) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        servers,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        RecordSizes.largestOutputBytes(settings.limits())),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private void print(List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            OutputRecord decoded = decoder.decode(record);
            tally.received(decoded, System.nanoTime());
            output.line(printer.line(decoded.result()));
        }
        output.flush();
    }

    /** Sends a record. */
    void send(DemoRecord record) {
        DemoTally.Sent sent = tally.sending(record, System.nanoTime());
        var toInput = new ProducerRecord<>(settings.topics().input(), record.key(), record.value());
        // The callback hears what the future would tell.
        Future<RecordMetadata> unused = producer.send(toInput, (metadata, failure) -> {
            if (failure == null) {
                sent.acknowledged(new RecordPlace(metadata.partition(), metadata.offset()));
            } else {
                sent.failed(failure);
            }
        });
    }

    /** Sends what waits for company. */
    void flush() {
        producer.flush();
    }

    /**
     * Waits until every record sent has its result, or until nothing has come for a minute.
     *
     * @throws CommandException if the pipeline, the broker or the sending fails meanwhile
     */
    void awaitResults() throws InterruptedException {
        int answered = tally.answered();
        long newsNanos = System.nanoTime();
        while (!tally.awaitAllAnswered(GLANCE_MS)) {
            requireHealthy();
            if (tally.answered() > answered) {
                answered = tally.answered();
                newsNanos = System.nanoTime();
            } else if (System.nanoTime() - newsNanos > LONGEST_SILENCE.toNanos()) {
                return;
            }
        }
    }

    /**
     * Fails if something is broken that the results depend on.
     *
     * @throws CommandException naming it
     * @throws OutputClosedException if nobody reads the results any more
     */
    void requireHealthy() {
        reader.requireHealthy();
        broker.fault().ifPresent(fault -> {
            throw new CommandException(ExitCode.FAILED, String.valueOf(fault.getMessage()), fault);
        });
        pipeline.fault().ifPresent(fault -> {
            throw RunningPipeline.failure(fault);
        });
        tally.sendFailure().ifPresent(failure -> {
            throw new CommandException(ExitCode.FAILED, "demo: expected to send every record, got " + failure);
        });
    }

    /** Stops the pipeline and reads to the end of its output, so that no second result of a record can be missed. */
    void finish() throws InterruptedException {
        pipeline.close();
        reader.stop();
        reader.requireHealthy();
        reader.readToEnd();
    }

    /** Returns the figures so far. */
    DemoSummary summary() {
        return tally.summary(
                new DemoSummary.Batches(statistics.batches(), statistics.meanFill(), statistics.paddingRatio()));
    }

    private void stop() {
        producer.close(Duration.ZERO);
        reader.close();
        pipeline.close();
    }

    /** Stops everything but the broker. */
    @Override
    public void close() {
        closing.close();
    }
}
