package dev.glosstream.app;

import java.nio.file.Path;

/** Where the files lie that ship beside the program: pipelines, models, recipes, samples. */
final class Installation {
    private static final String HOME = "glosstream.home";

    private Installation() {}

    /** Returns the project folder, as the launcher says, or the working directory. */
    static Path home() {
        return Path.of(System.getProperty(HOME, ""));
    }
}
