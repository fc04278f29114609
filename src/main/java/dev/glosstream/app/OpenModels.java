package dev.glosstream.app;

import dev.glosstream.config.DeviceChoice;
import dev.glosstream.config.PrecisionChoice;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.pipeline.SharedModels;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.sequence.Task;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The model bundles of a command, verified and loaded. Close it after every pipeline and labeller made from it. */
final class OpenModels implements AutoCloseable {
    private final SharedModels.Open open;

    private OpenModels(SharedModels.Open open) {
        this.open = open;
    }

    /**
     * Verifies and loads bundles for serving on the processor, in the precision that suits each.
     *
     * @param folders at most one per task
     * @throws dev.glosstream.model.BundleException if one is refused
     * @throws UsageException if there is none, or two are for the same task
     */
    static OpenModels load(Collection<Path> folders) {
        return load(folders, DeviceChoice.CPU, PrecisionChoice.AUTO);
    }

    /**
     * Verifies and loads bundles for serving.
     *
     * @param folders at most one per task
     * @param device where they are to run
     * @param precision in which arithmetic
     * @throws dev.glosstream.config.ConfigException if there is no such device, or a bundle cannot have that precision
     * @throws dev.glosstream.model.BundleException if one is refused
     * @throws UsageException if there is none, or two are for the same task
     */
    static OpenModels load(Collection<Path> folders, DeviceChoice device, PrecisionChoice precision) {
        LoadedModel.beginEngine();
        SharedModels shared;
        try {
            shared = SharedModels.ofFolders(folders, device, precision);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        return new OpenModels(shared.open());
    }

    /** Returns the models for the stages, in the order of the tasks. */
    List<TaskModel> models() {
        return open.models();
    }

    private List<ModelBundle> bundles() {
        return models().stream().map(TaskModel::bundle).toList();
    }

    /** Returns {@code name@version} of each task's bundle, in the order of the tasks. */
    Map<Task, String> ids() {
        Map<Task, String> ids = new EnumMap<>(Task.class);
        bundles().forEach(bundle -> ids.put(bundle.task(), bundle.id()));
        return ids;
    }

    /** Returns the classes of the sentiment model in its order; none if there is no such model. */
    List<String> sentimentLabels() {
        return bundles().stream()
                .filter(bundle -> bundle.task() == Task.SENTIMENT)
                .flatMap(bundle -> bundle.manifest().labels().stream())
                .toList();
    }

    /** Releases the native memory. */
    @Override
    public void close() {
        open.close();
    }
}
