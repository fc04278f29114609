package dev.glosstream.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Settings of a pipeline of a test's own, for sentiment alone: topics {@code NAME-in}, {@code NAME-out}, {@code NAME-dead}. */
final class SentimentPipeline {
    private SentimentPipeline() {}

    /**
     * Returns what such a pipeline overrides in a pipeline file.
     *
     * @param name of the application and of its topics
     * @param folder with the bundle {@code sentiment}; state goes there too
     * @param servers {@code bootstrap.servers}
     * @param more settings of that test
     */
    static List<String> overrides(String name, Path folder, String servers, String... more) {
        List<String> overrides = new ArrayList<>(List.of(
                "applicationId=" + name,
                "topics.input=" + name + "-in",
                "topics.enriched=" + name + "-out",
                "topics.sentiment=" + name + "-sentiment",
                "topics.deadLetters=" + name + "-dead",
                "models.sentiment=" + folder.resolve("sentiment"),
                "models.entities=",
                "kafka.bootstrap.servers=" + servers,
                "kafka.state.dir=" + folder.resolve("state-" + name)));
        overrides.addAll(Arrays.asList(more));
        return overrides;
    }
}
