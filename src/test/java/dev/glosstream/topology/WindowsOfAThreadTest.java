package dev.glosstream.topology;

import static dev.glosstream.topology.ForeignEvents.fields;
import static dev.glosstream.topology.PipelineDriver.FOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.config.LimitSettings;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.observe.Observers;
import dev.glosstream.observe.PipelineListener;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two drivers of one topology on one thread stand for two partitions of a stream thread. */
class WindowsOfAThreadTest {
    private final List<Integer> windows = new ArrayList<>();

    @TempDir
    private Path folder;

    private TinyModels models;
    private PipelineSettings settings;
    private Topology topology;

    @BeforeEach
    void setUp() {
        models = new TinyModels(folder);
        settings = PipelineDriver.settings(models, FOUR);
        topology = PipelineDriver.topology(settings, models, Observers.of(noting()));
    }

    private PipelineListener noting() {
        return new PipelineListener() {
            @Override
            public void windowClosed(int texts) {
                windows.add(texts);
            }
        };
    }

    @Test
    void shouldLabelWhatWaitsInAllOfThemWhenOneCloses() {
        try (PipelineDriver first = new PipelineDriver(settings, topology);
                PipelineDriver second = new PipelineDriver(settings, topology)) {
            second.send("x", "good");
            second.send("y", "bad");

            for (String id : List.of("a", "b", "c", "d")) {
                first.send(id, "good");
            }

            assertThat(windows).as("one call of the models").containsExactly(6);
            assertThat(first.enrichedIds()).containsExactly("a", "b", "c", "d");
            assertThat(second.enrichedIds())
                    .as("each emits its own, on its turn")
                    .isEmpty();
            assertThat(second.store().approximateNumEntries())
                    .as("until then they are kept")
                    .isEqualTo(2);
            second.advance(Duration.ofMillis(250));
            assertThat(second.enrichedIds()).containsExactly("x", "y");
            assertThat(second.store().approximateNumEntries()).isZero();
            assertThat(windows).containsExactly(6);
        }
    }

    @Test
    void shouldEmitWhatIsLabelledBeforeWhatCameLater() {
        try (PipelineDriver first = new PipelineDriver(settings, topology);
                PipelineDriver second = new PipelineDriver(settings, topology)) {
            second.send("x", "good");
            for (String id : List.of("a", "b", "c", "d")) {
                first.send(id, "good");
            }

            second.send("y", "bad");
            assertThat(second.enrichedIds()).containsExactly("x");
            second.advance(Duration.ofSeconds(2));

            assertThat(second.enrichedIds()).containsExactly("y");
            assertThat(windows).containsExactly(5, 1);
        }
    }

    @Test
    void shouldCommitWhatIsSentBeforeItLabelsForLong() {
        onAThreadOfItsOwn(this::labelForLong);
    }

    @Test
    void shouldNotWaitForACommitOfWhichNobodyTells() {
        onAThreadOfItsOwn(this::labelForLongWhileAnotherTaskSends);
    }

    /** One that has measured the models does not take them for slow. */
    private void onAThreadOfItsOwn(Runnable test) {
        models = new TinyModels(folder.resolve("long"), 4_000);
        settings = PipelineDriver.settings(models, FOUR)
                .withLimits(new LimitSettings(100_000, 200_000))
                .withEvents(List.of(ForeignEvents.json(fields("texts[]", "", "", ""))), ForeignEvents.WRAP);

        CompletableFuture.runAsync(test, command -> new Thread(command).start()).join();
    }

    private void labelForLong() {
        topology = PipelineDriver.topology(settings, models, Observers.of(noting()));
        try (PipelineDriver first = new PipelineDriver(settings, topology);
                PipelineDriver second = new PipelineDriver(settings, topology)) {
            second.sendBytes(texts("good"));
            for (int record = 0; record < 4; record++) {
                first.sendBytes(texts("good"));
            }

            second.sendBytes(longRecord());

            assertThat(second.records("enriched-events"))
                    .as("sent with the record")
                    .hasSize(1);
            assertThat(windows).as("its transaction must end first").containsExactly(5);
            second.advance(Duration.ofMillis(250));
            assertThat(second.records("enriched-events")).hasSize(1);
            assertThat(windows).containsExactly(5, 4);
        }
    }

    private void labelForLongWhileAnotherTaskSends() {
        topology = PipelineDriver.topology(settings, models, Observers.of(noting()));
        try (PipelineDriver first = new PipelineDriver(settings, topology);
                PipelineDriver second = new PipelineDriver(settings, topology);
                PipelineDriver third = new PipelineDriver(settings, topology)) {
            // Given a long record that waits, and a task that sends what an earlier commit has written for it
            first.sendBytes(texts("good"));
            second.sendBytes(texts("good"));
            for (int record = 0; record < 4; record++) {
                third.sendBytes(texts("good"));
            }
            second.sendBytes(longRecord());
            first.advance(Duration.ofMillis(250));
            assertThat(first.records("enriched-events")).hasSize(1);

            second.advance(Duration.ofMillis(250));
            assertThat(windows).as("what was sent must be committed first").containsExactly(6);
            second.advance(Duration.ofMillis(250));

            assertThat(windows).containsExactly(6, 4);
        }
    }

    private static byte[] longRecord() {
        String all = "good ".repeat(4_000);
        return texts(all, all, all, all);
    }

    private static byte[] texts(String... texts) {
        return ("{\"texts\": [\"" + String.join("\", \"", texts) + "\"]}").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void shouldForgetAWindowThatIsGone() {
        try (PipelineDriver first = new PipelineDriver(settings, topology)) {
            try (PipelineDriver second = new PipelineDriver(settings, topology)) {
                second.send("x", "good");
            }

            for (String id : List.of("a", "b", "c", "d")) {
                first.send(id, "good");
            }

            assertThat(windows).containsExactly(4);
        }
    }
}
