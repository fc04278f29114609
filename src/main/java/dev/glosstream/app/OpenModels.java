package dev.glosstream.app;

import dev.glosstream.config.DeviceChoice;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.sequence.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The model bundles of a command, verified and loaded. Close it after every pipeline and labeller made from it. */
final class OpenModels implements AutoCloseable {
    private final List<LoadedModel> loaded;
    private final List<TaskModel> models;

    private OpenModels(List<LoadedModel> loaded) {
        this.loaded = List.copyOf(loaded);
        this.models = loaded.stream().map(TaskModel::of).toList();
    }

    /**
     * Verifies and loads bundles for serving on the processor.
     *
     * @param folders at most one per task
     * @throws dev.glosstream.model.BundleException if one is refused
     * @throws UsageException if two are for the same task
     */
    static OpenModels load(Collection<Path> folders) {
        return load(folders, DeviceChoice.CPU);
    }

    /**
     * Verifies and loads bundles for serving.
     *
     * @param folders at most one per task
     * @param device where they are to run
     * @throws dev.glosstream.config.ConfigException if there is no such device
     * @throws dev.glosstream.model.BundleException if one is refused
     * @throws UsageException if two are for the same task
     */
    static OpenModels load(Collection<Path> folders, DeviceChoice device) {
        EngineSettings.forServing();
        List<ModelBundle> bundles = folders.stream().map(ModelBundle::open).toList();
        requireDifferentTasks(bundles);
        List<LoadedModel> loaded = new ArrayList<>();
        try {
            bundles.forEach(bundle -> loaded.add(LoadedModel.load(bundle, device)));
            return new OpenModels(loaded);
        } catch (RuntimeException e) {
            loaded.forEach(LoadedModel::close);
            throw e;
        }
    }

    private static void requireDifferentTasks(List<ModelBundle> bundles) {
        Map<Task, ModelBundle> byTask = new EnumMap<>(Task.class);
        for (ModelBundle bundle : bundles) {
            ModelBundle other = byTask.put(bundle.task(), bundle);
            if (other != null) {
                throw new UsageException("models: expected one per task, got " + other.directory() + " and "
                        + bundle.directory() + " for " + bundle.task().code() + "; leave one out");
            }
        }
    }

    /** Returns the models for the stages. */
    List<TaskModel> models() {
        return models;
    }

    /** Returns {@code name@version} of each task's bundle, in the order of the tasks. */
    Map<Task, String> ids() {
        Map<Task, String> ids = new EnumMap<>(Task.class);
        loaded.forEach(model -> ids.put(model.bundle().task(), model.bundle().id()));
        return ids;
    }

    /** Returns the classes of the sentiment model in its order; none if there is no such model. */
    List<String> sentimentLabels() {
        return loaded.stream()
                .map(LoadedModel::bundle)
                .filter(bundle -> bundle.task() == Task.SENTIMENT)
                .flatMap(bundle -> bundle.manifest().labels().stream())
                .toList();
    }

    /** Releases the native memory. */
    @Override
    public void close() {
        loaded.forEach(LoadedModel::close);
    }
}
