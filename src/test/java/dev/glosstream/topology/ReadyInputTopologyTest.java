package dev.glosstream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.observe.Observers;
import dev.glosstream.window.InputBacklog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a window does that knows how much lies ready in its input. */
class ReadyInputTopologyTest {
    private static final BatchingSettings EIGHT = new BatchingSettings(8, 1000, Duration.ofMillis(100), 64);
    private static final OptionalLong NOTHING = OptionalLong.of(0);

    @TempDir
    private Path folder;

    private PipelineSettings settings;
    private TinyModels models;
    private long end;

    @BeforeEach
    void setUp() {
        models = new TinyModels(folder);
        settings = PipelineDriver.settings(models, EIGHT);
    }

    private PipelineDriver open() {
        return new PipelineDriver(settings, models, backlog());
    }

    private InputBacklog backlog() {
        return (topic, partition, offset) -> OptionalLong.of(Math.max(0, end - offset - 1));
    }

    @Test
    void shouldNotLetALoneRecordWait() {
        try (PipelineDriver driver = open()) {
            driver.advance(Duration.ofSeconds(10));
            end = 1;

            driver.send("a", "good");

            assertThat(driver.enrichedIds()).containsExactly("a");
        }
    }

    @Test
    void shouldLabelATrickleTogether() {
        try (PipelineDriver driver = open()) {
            driver.advance(Duration.ofSeconds(10));
            end = 1;
            driver.send("first", "good");
            driver.enrichedIds();

            end = 2;
            driver.send("a", "good");
            end = 3;
            driver.send("b", "good");
            assertThat(driver.enrichedIds()).as("one window within the wait").isEmpty();
            // The wait begins when the labels are there, by a real clock
            driver.advance(Duration.ofSeconds(10));

            assertThat(driver.enrichedIds()).containsExactly("a", "b");
        }
    }

    @Test
    void shouldFillTheWindowWhileMoreLiesReadyHoweverLongThatTakes() {
        try (PipelineDriver driver = open()) {
            driver.advance(Duration.ofSeconds(10));
            end = 100;

            for (int record = 0; record < 7; record++) {
                driver.send("" + record, "good");
                driver.advance(Duration.ofMillis(90));
            }
            assertThat(driver.enrichedIds()).isEmpty();
            driver.send("7", "good");

            assertThat(driver.enrichedIds()).isEqualTo(ids(8));
        }
    }

    @Test
    void shouldFillTheWindowWithWhatCameToLieReadyWithinItsWait() {
        try (PipelineDriver driver = open()) {
            driver.advance(Duration.ofSeconds(10));
            end = 3;
            driver.send("0", "good");
            end = 100;
            driver.advance(Duration.ofMillis(25));

            for (int record = 1; record < 7; record++) {
                driver.send("" + record, "good");
                driver.advance(Duration.ofMillis(90));
            }
            assertThat(driver.enrichedIds()).isEmpty();
            driver.send("7", "good");

            assertThat(driver.enrichedIds()).isEqualTo(ids(8));
        }
    }

    @Test
    void shouldGiveUpOnWhatIsSaidToLieReadyAndDoesNotCome() {
        try (PipelineDriver driver = open()) {
            driver.advance(Duration.ofSeconds(10));
            end = 100;
            driver.send("a", "good");

            driver.advance(Duration.ofSeconds(10));
            assertThat(driver.enrichedIds()).as("the thread may have been busy").isEmpty();
            for (int tick = 0; tick < 3; tick++) {
                driver.advance(Duration.ofMillis(25));
            }

            assertThat(driver.enrichedIds()).containsExactly("a");
        }
    }

    @Test
    void shouldNotWaitForTheMarkerOfATransaction() {
        try (PipelineDriver driver = open()) {
            driver.advance(Duration.ofSeconds(10));
            end = 2;
            driver.send("a", "good");
            assertThat(driver.enrichedIds()).isEmpty();

            driver.advance(Duration.ofMillis(25));

            assertThat(driver.enrichedIds()).containsExactly("a");
        }
    }

    @Test
    void shouldNotWaitForRefusedRecords() {
        try (PipelineDriver driver = open()) {
            driver.advance(Duration.ofSeconds(10));
            end = 4;
            driver.send("a", "good");
            for (int refused = 0; refused < 3; refused++) {
                driver.sendBytes(new byte[0]);
            }
            assertThat(driver.deadLetters()).hasSize(3);
            assertThat(driver.enrichedIds()).isEmpty();

            driver.advance(Duration.ofMillis(25));

            assertThat(driver.enrichedIds()).containsExactly("a");
        }
    }

    @Test
    void shouldNotLetRefusedRecordsOfOnePartitionKeepALoneOneOfAnother() {
        Topology topology = PipelineDriver.topology(settings, models, Observers.NONE);
        try (PipelineDriver first = new PipelineDriver(settings, topology, backlog());
                PipelineDriver second = new PipelineDriver(settings, topology, (topic, partition, offset) -> NOTHING)) {
            first.advance(Duration.ofSeconds(10));
            end = 1;
            first.send("x", "good");
            assertThat(first.enrichedIds()).containsExactly("x");
            end = 4;
            for (int refused = 0; refused < 3; refused++) {
                first.sendBytes(new byte[0]);
            }
            second.advance(Duration.ofSeconds(20));
            second.advance(Duration.ofMillis(25));

            second.send("a", "good");

            assertThat(second.enrichedIds()).containsExactly("a");
        }
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }
}
