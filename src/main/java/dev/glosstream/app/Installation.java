package dev.glosstream.app;

import java.nio.file.Path;
import java.util.List;

/** Where the files lie that ship beside the program: pipelines, models, recipes, samples. */
final class Installation {
    private static final String HOME = "glosstream.home";

    private Installation() {}

    /** Returns the project folder, as the launcher says, or the working directory. */
    static Path home() {
        return Path.of(System.getProperty(HOME, ""));
    }

    /** Returns the folders of the shipped models. */
    static List<Path> models() {
        return List.of(home().resolve("models/sentiment-en"), home().resolve("models/entities-en"));
    }

    /** Returns the shipped pipeline file. */
    static Path pipeline() {
        return home().resolve("topology/enrichment.yaml");
    }

    /** Returns the bundled events, JSON lines. */
    static Path events() {
        return home().resolve("samples/events.jsonl");
    }
}
