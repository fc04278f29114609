package dev.glosstream.app;

import dev.glosstream.config.ConfigException;
import dev.glosstream.model.BundleException;
import dev.glosstream.registry.RegistryException;
import dev.glosstream.train.corpus.CorpusException;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.ParameterException;

/** Turns failures into one line each that says what to do, and into exit codes. A stack trace only if asked for. */
final class Failures {
    private final Surroundings surroundings;
    private final BooleanSupplier verbose;

    Failures(Surroundings surroundings, BooleanSupplier verbose) {
        this.surroundings = surroundings;
        this.verbose = verbose;
    }

    /** Answers arguments that picocli refuses. */
    int onWrongArguments(ParameterException failure, String[] args) {
        String command = failure.getCommandLine().getCommandSpec().qualifiedName();
        surroundings.complain(oneLine(String.valueOf(failure.getMessage())) + "; try '" + command + " --help'");
        trace(failure);
        return ExitCode.USAGE;
    }

    /** Answers an exception of a command. */
    int onFailure(Exception failure) {
        if (failure instanceof OutputClosedException) {
            return ExitCode.OK;
        }
        if (failure instanceof ConfigException config) {
            config.mistakes().forEach(surroundings::complain);
            trace(failure);
            return ExitCode.USAGE;
        }
        int exitCode = exitCode(failure);
        surroundings.complain(oneLine(message(failure, exitCode)));
        trace(failure);
        return exitCode;
    }

    private static int exitCode(Exception failure) {
        if (failure instanceof CommandException command) {
            return command.exitCode();
        }
        if (failure instanceof UsageException
                || failure instanceof ParameterException
                || failure instanceof CorpusException) {
            return ExitCode.USAGE;
        }
        if (failure instanceof RegistryException) {
            return ExitCode.REGISTRY;
        }
        return failure instanceof BundleException ? ExitCode.BUNDLE : ExitCode.FAILED;
    }

    private String message(Exception failure, int exitCode) {
        boolean ours = exitCode != ExitCode.FAILED || failure instanceof CommandException;
        String said = failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
        if (ours || verbose.getAsBoolean()) {
            return said;
        }
        return failure.getClass().getSimpleName() + ": " + said + "; --verbose shows where";
    }

    private void trace(Exception failure) {
        if (verbose.getAsBoolean()) {
            failure.printStackTrace(surroundings.err());
        }
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
