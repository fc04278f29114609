package dev.glosstream.app;

import dev.glosstream.config.PipelineSettings;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.pipeline.WarmUp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** Warms the models of a pipeline on as many threads as will serve. */
final class ModelWarmUp {
    /** More would only compete for the cores, and a handful is enough for everything that is shared. */
    private static final int MOST_THREADS = 4;

    private static final Duration LONGEST = Duration.ofSeconds(2);

    private ModelWarmUp() {}

    /**
     * Labels made-up texts of all shapes, and returns when that is done or has taken {@link #LONGEST}. If one thread fails,
     * so does this, once all others have stopped: nobody uses the models any more then.
     *
     * @return how many texts were labelled
     * @throws dev.glosstream.pipeline.ModelFaultException if a model cannot answer
     */
    static int run(PipelineSettings settings, List<TaskModel> models) {
        int threads = Math.min(MOST_THREADS, settings.threads());
        long end = System.nanoTime() + LONGEST.toNanos();
        AtomicBoolean failed = new AtomicBoolean();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<CompletableFuture<Integer>> running = new ArrayList<>();
            WarmUp warmUp = new WarmUp(models, settings.batching());
            for (int thread = 0; thread < threads; thread++) {
                running.add(CompletableFuture.supplyAsync(
                                () -> warmUp.run(() -> !failed.get() && System.nanoTime() < end), executor)
                        .whenComplete((texts, thrown) -> {
                            if (thrown != null) {
                                failed.set(true);
                            }
                        }));
            }
            CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new))
                    .join();
            return running.stream().mapToInt(CompletableFuture::join).sum();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            executor.shutdown();
        }
    }
}
