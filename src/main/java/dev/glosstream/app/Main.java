package dev.glosstream.app;

import dev.glosstream.app.bench.BaselineCommand;
import dev.glosstream.app.bench.CeilingCommand;
import dev.glosstream.infer.EngineSettings;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
        name = "glosstream",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        usageHelpAutoWidth = true,
        versionProvider = Main.VersionLine.class,
        header = "Labels text events with sentiment and named entities as they flow through Kafka.",
        footer = {
            "",
            "Examples:",
            "  glosstream demo",
            "  echo 'Paris was lovely' | glosstream label",
            "  glosstream run --set kafka.bootstrap.servers=broker:9092",
            "  glosstream COMMAND --help",
        })
public final class Main implements Runnable {
    private static final String LOG_LEVEL = "glosstream.log.level";
    private static final String BROKER_LOG_LEVEL = "glosstream.broker.log.level";
    private static final String LOG_TRACE = "glosstream.log.trace";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Say more: the log of Kafka and DJL, and the stack trace of an error.")
    private boolean verbose;

    private static final String LOG_CONFIGURATION = "log4j2.configurationFile";

    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        // Not at the root of the jar, where it would become the configuration of whoever uses the jar as a library.
        if (System.getProperty(LOG_CONFIGURATION) == null) {
            System.setProperty(LOG_CONFIGURATION, "dev/glosstream/app/log4j2.xml");
        }
        System.exit(run(Surroundings.ofProcess(), args));
    }

    /** Returns every command with its options, as a line that can be parsed. */
    static CommandLine commands(Surroundings surroundings) {
        return commands(new Main(), surroundings);
    }

    private static CommandLine commands(Main main, Surroundings surroundings) {
        return new CommandLine(main)
                .addSubcommand(new DemoCommand(surroundings))
                .addSubcommand(new LabelCommand(surroundings))
                .addSubcommand(new RunCommand(surroundings))
                .addSubcommand(new FeedCommand(surroundings))
                .addSubcommand(new TailCommand(surroundings))
                .addSubcommand(new TopologyCommand(surroundings))
                .addSubcommand(new TrainCommand())
                .addSubcommand(new EvaluateCommand())
                .addSubcommand(new BenchCommand(surroundings))
                .addSubcommand(new BaselineCommand())
                .addSubcommand(new CeilingCommand())
                .addSubcommand(new ExportBundleCommand())
                .addSubcommand(new ExplainCommand(surroundings))
                .addSubcommand(new CommandLine(new EmbeddingsCommand())
                        .addSubcommand(new NeighboursCommand(surroundings))
                        .addSubcommand(new PlotCommand(surroundings))
                        .addSubcommand(new TableExportCommand(surroundings))
                        .addSubcommand(new LearnVectorsCommand(surroundings)));
    }

    /** Runs a command and returns its {@link ExitCode}. */
    static int run(Surroundings surroundings, String... args) {
        EngineSettings.offline();
        LogOutput.applyEnvironment(surroundings.environment());
        Main main = new Main();
        CommandLine line = commands(main, surroundings);
        line.setOut(new PrintWriter(new OutputStreamWriter(surroundings.out(), StandardCharsets.UTF_8), true));
        line.setErr(new PrintWriter(new OutputStreamWriter(surroundings.err(), StandardCharsets.UTF_8), true));
        line.setExecutionStrategy(parsed -> {
            main.applyVerbosity();
            return new CommandLine.RunLast().execute(parsed);
        });
        Failures failures = new Failures(surroundings, () -> main.verbose);
        line.setParameterExceptionHandler(failures::onWrongArguments);
        line.setExecutionExceptionHandler((failure, command, parsed) -> failures.onFailure(failure));
        explainExitCodes(line);
        return line.execute(args);
    }

    private static void explainExitCodes(CommandLine line) {
        UsageMessageSpec usage = line.getCommandSpec().usageMessage();
        usage.exitCodeListHeading("%nExit codes:%n");
        usage.exitCodeList(ExitCode.meanings());
        line.getSubcommands().values().forEach(Main::explainExitCodes);
    }

    /** Before the first logger is made. */
    private void applyVerbosity() {
        if (verbose) {
            System.setProperty(LOG_LEVEL, "info");
            System.setProperty(BROKER_LOG_LEVEL, "info");
            System.setProperty(LOG_TRACE, "full");
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a command, got none");
    }

    /** Prints the version that the build wrote. */
    static final class VersionLine implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"glosstream " + Version.current()};
        }
    }
}
