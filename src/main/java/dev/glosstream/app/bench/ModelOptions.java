package dev.glosstream.app.bench;

import dev.glosstream.config.PrecisionChoice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of a measured process that labels: which models, and how they are run. */
public final class ModelOptions {
    @Option(names = "--threads", required = true, description = "Threads that label.")
    private int threads;

    @Option(names = "--precision", required = true, description = "Of the models.")
    private PrecisionChoice precision = PrecisionChoice.AUTO;

    @Option(names = "--model", required = true, description = "Folder of a bundle; may be repeated.")
    private List<Path> folders = new ArrayList<>();

    @Option(names = "--portable", description = "Run the models as an exported bundle is run.")
    private boolean portable;

    /** Creates the options; the command line fills them. */
    public ModelOptions() {}

    /** Returns how many threads label. */
    public int threads() {
        return threads;
    }

    /** Returns the precision that the models compute in. */
    public PrecisionChoice precision() {
        return precision;
    }

    /** Returns whether the models are run as an exported bundle is. */
    public boolean portable() {
        return portable;
    }

    /** Returns the folders of the bundles, in the order they were given. */
    public List<Path> folders() {
        return List.copyOf(folders);
    }
}
