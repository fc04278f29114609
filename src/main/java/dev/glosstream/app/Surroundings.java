package dev.glosstream.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a command reads and writes, so that tests can hand it something else than the process has.
 *
 * @param in standard input
 * @param out standard output, unbuffered, so that a reader who has gone is noticed; results go here
 * @param err standard error, in UTF-8; everything that is not a result goes here
 * @param environment the environment variables
 * @param terminal whether standard output is a terminal
 */
record Surroundings(
        InputStream in, OutputStream out, PrintStream err, Map<String, String> environment, boolean terminal) {
    private static final String TERMINAL = "glosstream.terminal";

    /** Returns those of this process. */
    static Surroundings ofProcess() {
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        return new Surroundings(
                System.in, new FileOutputStream(FileDescriptor.out), err, System.getenv(), isTerminal());
    }

    /** The launcher tells: Java cannot say it of standard output alone. */
    private static boolean isTerminal() {
        return Boolean.getBoolean(TERMINAL);
    }

    /** Returns whether colour is welcome: on a terminal that has some, unless {@code NO_COLOR} is set. */
    boolean colour() {
        return terminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** Tells the person at the terminal what is going on, or the log if that is for machines. */
    void say(String message) {
        if (LogOutput.isJson()) {
            LifeLog.event("message", Map.of(), message);
        } else {
            err.println("glosstream: " + message);
        }
    }

    /** Tells what ends the command. */
    void complain(String message) {
        if (LogOutput.isJson()) {
            LifeLog.failure(message);
        } else {
            err.println("glosstream: " + message);
        }
    }
}
