package dev.glosstream.app;

import dev.glosstream.app.bench.Bench;
import dev.glosstream.app.bench.BenchPlan;
import dev.glosstream.app.bench.BenchRow;
import dev.glosstream.app.bench.BenchTexts;
import dev.glosstream.app.bench.Load;
import dev.glosstream.app.bench.Peers;
import dev.glosstream.config.LimitSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code glosstream bench}: how fast is the pipeline here, and beside what else. */
@Command(name = "bench", header = "Measure the pipeline on this machine, beside other ways to do the same.")
final class BenchCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(names = "--texts", paramLabel = "FILE", description = "One text per line.")
    private @Nullable Path texts;

    @Option(names = "--rows", split = ",", paramLabel = "ROW", description = "Rows.")
    private List<String> rows = new ArrayList<>();

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Rounds.")
    private int rounds;

    @Option(names = "--count", paramLabel = "N", defaultValue = "6000", description = "Texts.")
    private int count;

    BenchCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        BenchTexts chosen = texts == null
                ? BenchTexts.mixed(DemoEvents.texts(Installation.events()), count)
                : BenchTexts.ofFile(texts);
        Map<String, Path> models = new LinkedHashMap<>();
        models.put("sentiment", Installation.models().get(0));
        models.put("entities", Installation.models().get(1));
        List<BenchRow> chosenRows = new ArrayList<>();
        Optional<Peers> peers = Peers.in(Installation.home());
        for (BenchRow row : BenchRow.values()) {
            if (rows.isEmpty() || rows.contains(row.code())) {
                chosenRows.add(row);
            }
        }
        if (peers.isEmpty() && chosenRows.removeIf(BenchRow::isPeer)) {
            surroundings.say("left out: Flink and CoreNLP, which are built apart: " + Peers.BUILD);
        }
        Load load = Load.of(chosen, 2000, count, Duration.ofSeconds(20), 4);
        BenchPlan plan = new BenchPlan(
                chosenRows, rounds, load, models, Runtime.getRuntime().availableProcessors(), peers);
        try (EmbeddedBroker broker = EmbeddedBroker.start(LimitSettings.DEFAULT.maxRecordBytes())) {
            new Bench(plan, broker.bootstrapServers(), surroundings::say).throughput();
        }
        return ExitCode.OK;
    }
}
