package dev.glosstream.pipeline;

import dev.glosstream.config.DeviceChoice;
import dev.glosstream.config.PrecisionChoice;
import dev.glosstream.infer.EngineSettings;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.model.BundleException;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.Task;
import dev.glosstream.tokenize.TokenEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Model bundles that several users share: read and verified when this is made, loaded into native memory when the first
 * user opens them, released when the last one closes; then the next one loads them again.
 *
 * <p>Any thread.
 */
public final class SharedModels {
    private final List<ModelBundle> bundles;
    private final Supplier<Loaded> loading;
    private @Nullable Loaded loaded;
    private int users;

    /** Models in memory and what releases it. */
    private record Loaded(List<TaskModel> models, Runnable release) {}

    private SharedModels(List<ModelBundle> bundles, Supplier<Loaded> loading) {
        this.bundles =
                bundles.stream().sorted(Comparator.comparing(ModelBundle::task)).toList();
        this.loading = loading;
        requireDifferentTasks();
    }

    /**
     * Returns the models of bundles. Nothing is loaded yet.
     *
     * @param folders of the bundles, at most one per task
     * @throws BundleException if one is refused
     * @throws IllegalArgumentException if there is none, or two are for the same task
     */
    public static SharedModels ofFolders(Collection<Path> folders) {
        return ofFolders(folders, DeviceChoice.CPU, PrecisionChoice.AUTO);
    }

    /**
     * Returns the models of bundles. Nothing is loaded yet.
     *
     * @param folders of the bundles, at most one per task
     * @param device where they are to run; {@link #open} throws a {@link dev.glosstream.config.ConfigException} if there is
     *     no such device
     * @param precision in which arithmetic; {@link #open} throws a {@link dev.glosstream.config.ConfigException} if one of
     *     the bundles cannot have it
     * @throws BundleException if one is refused
     * @throws IllegalArgumentException if there is none, or two are for the same task
     */
    public static SharedModels ofFolders(Collection<Path> folders, DeviceChoice device, PrecisionChoice precision) {
        List<ModelBundle> bundles = openAll(folders);
        bundles.forEach(TokenEncoder::requireTokenizer);
        return new SharedModels(bundles, () -> load(bundles, device, precision));
    }

    /**
     * Returns models that whoever made them keeps: neither loaded nor released here.
     *
     * @param models at most one per task
     * @throws IllegalArgumentException if there is none, or two are for the same task
     */
    public static SharedModels of(List<TaskModel> models) {
        Loaded kept = new Loaded(List.copyOf(models), () -> {});
        return new SharedModels(models.stream().map(TaskModel::bundle).toList(), () -> kept);
    }

    /** Side by side: reading and verifying keeps a core busy for a second each. */
    private static List<ModelBundle> openAll(Collection<Path> folders) {
        List<CompletableFuture<ModelBundle>> opening = folders.stream()
                .map(folder -> CompletableFuture.supplyAsync(() -> ModelBundle.open(folder)))
                .toList();
        try {
            return opening.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static Loaded load(List<ModelBundle> bundles, DeviceChoice device, PrecisionChoice precision) {
        EngineSettings.forServing();
        List<LoadedModel> loaded = new ArrayList<>();
        try {
            bundles.forEach(bundle -> loaded.add(LoadedModel.load(bundle, device, precision)));
            return new Loaded(loaded.stream().map(TaskModel::of).toList(), () -> loaded.forEach(LoadedModel::close));
        } catch (RuntimeException e) {
            loaded.forEach(LoadedModel::close);
            throw e;
        }
    }

    private void requireDifferentTasks() {
        if (bundles.isEmpty()) {
            throw new IllegalArgumentException("models: expected at least one bundle, got none");
        }
        Map<Task, ModelBundle> byTask = new EnumMap<>(Task.class);
        for (ModelBundle bundle : bundles) {
            ModelBundle other = byTask.put(bundle.task(), bundle);
            if (other != null) {
                throw new IllegalArgumentException("models: expected one per task, got " + other.directory() + " and "
                        + bundle.directory() + " for " + bundle.task().code() + "; leave one out");
            }
        }
    }

    /** Returns the bundles in the order of their tasks. */
    public List<ModelBundle> bundles() {
        return bundles;
    }

    /**
     * Opens the models; loads them if nobody else has them open.
     *
     * @throws BundleException if the weights of one do not fit its manifest
     */
    public synchronized Open open() {
        Loaded shared = loaded == null ? loading.get() : loaded;
        loaded = shared;
        users++;
        return new Open(shared.models());
    }

    private synchronized void release() {
        users--;
        Loaded last = loaded;
        if (users == 0 && last != null) {
            // First, so that the next user loads them again whatever becomes of these.
            loaded = null;
            last.release().run();
        }
    }

    /** Returns how many users have the models open. */
    public synchronized int users() {
        return users;
    }

    /** The models for one user. Close it after everything that was made of them. */
    public final class Open implements AutoCloseable {
        private final List<TaskModel> models;
        private boolean closed;

        private Open(List<TaskModel> models) {
            this.models = models;
        }

        /** Returns the models for the stages. */
        public List<TaskModel> models() {
            return models;
        }

        /** Gives the models up; a second time does nothing. */
        @Override
        public void close() {
            synchronized (SharedModels.this) {
                if (!closed) {
                    closed = true;
                    release();
                }
            }
        }
    }

    @Override
    public String toString() {
        return "SharedModels" + bundles.stream().map(ModelBundle::id).toList();
    }
}
