package dev.glosstream.peers;

import dev.glosstream.app.bench.BaselineStages;
import dev.glosstream.observe.PipelineListener;
import dev.glosstream.pipeline.TaskModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The models that the subtasks of this process share; functions travel to them as bytes, models cannot. Any thread. */
final class PeerModels {
    private static final Map<List<String>, List<TaskModel>> LOADED = new ConcurrentHashMap<>();

    private PeerModels() {}

    /**
     * Returns stages for one subtask; the first one loads the models, which stay.
     *
     * @param folders of the bundles
     */
    static BaselineStages newStages(List<String> folders) {
        List<TaskModel> models = LOADED.computeIfAbsent(
                folders,
                missing -> BaselineStages.load(missing.stream().map(Path::of).toList()));
        return new BaselineStages(models, PipelineListener.SILENT);
    }
}
