package dev.glosstream.app.bench;

import dev.glosstream.config.PrecisionChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to measure, and how.
 *
 * @param rows which rows, in their order
 * @param rounds how often each
 * @param load what the processes are given
 * @param models folder of the bundle of each task
 * @param precision of the models in every row that does not name its own
 * @param othersPacked whether the rows of others have the LSTM of {@code glosstream run}, not that of an exported bundle
 * @param threads of each process
 * @param peers what the rows of peers need
 * @param growth how far {@link BenchRow#GROWTH} goes
 */
public record BenchPlan(
        List<BenchRow> rows,
        int rounds,
        Load load,
        Map<String, Path> models,
        PrecisionChoice precision,
        boolean othersPacked,
        int threads,
        Optional<Peers> peers,
        Growth growth) {

    /** Returns the entities bundle alone. */
    Map<String, Path> entities() {
        Path folder = models.get("entities");
        if (folder == null) {
            throw new BenchException("models: expected one for entities, got none");
        }
        return Map.of("entities", folder);
    }
}
