package dev.glosstream.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "glosstream",
        mixinStandardHelpOptions = true,
        subcommands = {TrainCommand.class, EvaluateCommand.class})
public final class Main {
    private Main() {}

    /** Runs a command. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }
}
