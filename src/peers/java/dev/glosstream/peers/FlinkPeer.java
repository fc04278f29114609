package dev.glosstream.peers;

import dev.glosstream.app.bench.BenchTopics;
import dev.glosstream.app.bench.ModelOptions;
import dev.glosstream.app.bench.Throughput;
import dev.glosstream.app.bench.TopicOptions;
import dev.glosstream.infer.EngineSettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The process of Flink: the same bundles and the same stages in a DataStream job, until it is told to stop. */
@Command(name = "flink", description = "Labels the texts of a topic in a Flink job inside this process.")
public final class FlinkPeer implements Callable<Integer> {
    /** Which job. */
    public enum Kind {
        /** One prediction per record, in {@code map}. */
        PER_RECORD,
        /** One prediction per count window. */
        COUNT_WINDOW
    }

    @Option(names = "--kind", required = true, description = "Which job.")
    private Kind kind = Kind.PER_RECORD;

    @Mixin
    private TopicOptions from = new TopicOptions();

    @Mixin
    private ModelOptions models = new ModelOptions();

    /** Creates the command. */
    public FlinkPeer() {}

    /** Runs the command, and ends the process if it ends by itself. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FlinkPeer())
                .setExecutionExceptionHandler(FlinkPeer::tell)
                .execute(arguments));
    }

    /** The causes alone, outermost first: whoever started this process shows its last lines. */
    private static int tell(Exception thrown, CommandLine command, CommandLine.ParseResult unused) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            System.err.println(cause);
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    @Override
    public Integer call() throws Exception {
        EngineSettings.forServing();
        // After the last batch; whoever stops this process reads it then.
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> System.out.println(Throughput.PADDING + PeerModels.COUNTS.paddingRatio())));
        BenchTopics topics = from.topics();
        FlinkJob job = new FlinkJob(
                topics,
                models.threads(),
                new PeerModels(
                        models.folders().stream().map(Path::toString).toList(), models.precision(), models.portable()));
        (kind == Kind.COUNT_WINDOW ? job.countWindows() : job.perRecord()).execute("bench-" + topics.run());
        return 0;
    }
}
