package dev.glosstream.app;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the process says when it ends: a contract with scripts. */
final class ExitCode {
    /** All done. */
    static final int OK = 0;
    /** The work failed, or its results are not complete. */
    static final int FAILED = 1;
    /** The arguments or the settings are wrong. */
    static final int USAGE = 2;
    /** A model bundle was refused. */
    static final int BUNDLE = 3;
    /** Kafka does not answer, or its topics are not as the pipeline needs them. */
    static final int KAFKA = 4;

    /** The schema registry does not answer, or refuses the schemas. */
    static final int REGISTRY = 5;

    private ExitCode() {}

    /** Returns each code with what it means, for the help. */
    static Map<String, String> meanings() {
        Map<String, String> meanings = new LinkedHashMap<>();
        meanings.put(Integer.toString(OK), "all done");
        meanings.put(Integer.toString(FAILED), "the work failed, or its results are not complete");
        meanings.put(Integer.toString(USAGE), "wrong arguments or settings");
        meanings.put(
                Integer.toString(BUNDLE), "a model bundle was refused: missing, altered, or not made for this program");
        meanings.put(
                Integer.toString(KAFKA), "Kafka does not answer, or its topics are not as the pipeline needs them");
        meanings.put(Integer.toString(REGISTRY), "the schema registry does not answer, or refuses the schemas");
        meanings.put("130, 143", "ended by SIGINT (Ctrl-C) or SIGTERM, after everything was closed in order");
        return meanings;
    }
}
