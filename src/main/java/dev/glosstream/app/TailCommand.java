package dev.glosstream.app;

import dev.glosstream.config.OutputMode;
import dev.glosstream.config.PipelineSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code glosstream tail}: prints what a pipeline writes. */
@Command(
        name = "tail",
        header = "Print the labels and dead letters that a pipeline writes.",
        description = {
            "Prints enriched events and dead letters as they are committed, from now on, until --count or until it is told"
                    + " to stop; with --once what is committed already, from the beginning.",
        },
        footer = {
            "",
            "Examples:",
            "  glosstream tail",
            "  glosstream tail --once --json > labels.jsonl",
        })
final class TailCommand implements Callable<Integer> {
    private static final long GLANCE_MS = 200;

    private final Surroundings surroundings;
    private final CountDownLatch enough = new CountDownLatch(1);

    @Mixin
    private PipelineOptions pipeline = new PipelineOptions();

    @Option(names = "--once", description = "Print all that is committed now, then end.")
    private boolean once;

    @Option(names = "--count", paramLabel = "N", description = "Stop after so many lines.")
    private @Nullable Long count;

    @Option(
            names = "--json",
            description = "Print JSON lines: results as by 'label --json' with the id of the event, dead letters with"
                    + " the place of their input.")
    private boolean json;

    TailCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (count != null && count < 1) {
            throw new UsageException("--count: expected at least 1, got " + count);
        }
        PipelineSettings settings = pipeline.read(surroundings.environment(), List.of());
        if (settings.output().mode() == OutputMode.APPEND) {
            throw new UsageException("output.mode: expected wrap, because in append the topic '"
                    + settings.topics().enriched() + "' holds records of your own; read it with a consumer of yours");
        }
        try (ClusterCheck cluster = ClusterCheck.connect(settings)) {
            cluster.requirePipeline();
        }
        try (OpenFormat format = OpenFormat.of(settings)) {
            tail(settings, format);
        }
        return ExitCode.OK;
    }

    private void tail(PipelineSettings settings, OpenFormat format) throws InterruptedException {
        Printing printing = new Printing(
                new OutputDecoder(settings.topics(), List.of(), format.outputValues()),
                json ? new ResultJson(Map.of()) : new ResultText(surroundings.colour()),
                new LineOutput(surroundings.out()),
                count == null ? Long.MAX_VALUE : count);
        OutputReader reader = new OutputReader(KafkaClients.consumer(settings), settings.topics(), printing::print);
        AtExit.Closing closing = AtExit.register(reader::close);
        try {
            read(reader);
        } finally {
            closing.close();
        }
    }

    private void read(OutputReader reader) throws InterruptedException {
        if (once) {
            reader.readToEnd(() -> enough.getCount() == 0);
            return;
        }
        reader.skipToEnd();
        surroundings.say("waiting for results");
        reader.start();
        while (!enough.await(GLANCE_MS, TimeUnit.MILLISECONDS)) {
            reader.requireHealthy();
        }
    }

    /** Prints records until there are enough. */
    private final class Printing {
        private final OutputDecoder decoder;
        private final ResultPrinter printer;
        private final LineOutput output;
        private long left;

        Printing(OutputDecoder decoder, ResultPrinter printer, LineOutput output, long left) {
            this.decoder = decoder;
            this.printer = printer;
            this.output = output;
            this.left = left;
        }

        void print(List<ConsumerRecord<byte[], byte[]>> records) {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (left > 0) {
                    left--;
                    output.line(printer.line(decoder.decode(record).result()));
                }
            }
            output.flush();
            if (left == 0) {
                enough.countDown();
            }
        }
    }
}
