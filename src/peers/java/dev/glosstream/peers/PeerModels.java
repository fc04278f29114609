package dev.glosstream.peers;

import dev.glosstream.app.bench.BaselineStages;
import dev.glosstream.app.bench.BatchCounts;
import dev.glosstream.config.PrecisionChoice;
import dev.glosstream.pipeline.TaskModel;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The models that the subtasks of this process share. Functions travel to their subtasks as bytes, and models cannot: what
 * travels is where they lie. Any thread.
 *
 * @param folders of the bundles
 * @param precision that they compute in
 * @param portable whether they are run as an exported bundle is
 */
record PeerModels(List<String> folders, PrecisionChoice precision, boolean portable) implements Serializable {
    /** What the models of this process read. */
    static final BatchCounts COUNTS = new BatchCounts();

    private static final Map<PeerModels, List<TaskModel>> LOADED = new ConcurrentHashMap<>();

    /** Copies the folders, to a list that can travel. */
    PeerModels {
        folders = List.copyOf(folders);
    }

    /** Returns stages for one subtask; the first one loads the models, which stay. */
    BaselineStages newStages() {
        List<TaskModel> models = LOADED.computeIfAbsent(
                this,
                missing -> BaselineStages.load(
                        missing.folders.stream().map(Path::of).toList(), missing.precision, missing.portable));
        return new BaselineStages(models, COUNTS);
    }
}
