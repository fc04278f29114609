package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.config.LimitSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedEventsTest {
    @TempDir
    private Path folder;

    @Test
    void shouldGoRoundAndNeverRepeatAnId() throws IOException {
        Path file = Files.writeString(folder.resolve("texts.txt"), "one\ntwo\n");
        FeedEvents feed = new FeedEvents(events -> DemoEvents.ofLines(file, events), "run");

        assertThat(ids(feed, 5))
                .containsExactly("line-1-run-1", "line-2-run-1", "line-1-run-2", "line-2-run-2", "line-1-run-3");
    }

    @Test
    void shouldSendTheBundledEventsAlone() throws IOException {
        FeedEvents feed = new FeedEvents(events -> DemoEvents.sound(Installation.events(), events), "run");

        assertThat(ids(feed, 400)).doesNotHaveDuplicates().noneMatch(id -> id.startsWith("broken"));
    }

    @Test
    void shouldStrewBrokenRecordsInEveryRound() throws IOException {
        FeedEvents feed = new FeedEvents(
                FeedEvents.withBroken(
                        events -> new ArrayList<>(List.of(events.record("sound", "Good"))), LimitSettings.DEFAULT),
                "run");

        List<String> ids = ids(feed, 32);

        assertThat(ids).contains("sound-run-1", "sound-run-2", "broken-empty-text-run-1", "broken-empty-text-run-2");
        assertThat(ids.stream().filter(id -> !id.isEmpty())).doesNotHaveDuplicates();
    }

    @Test
    void shouldRefuseAFileWithoutLines() throws IOException {
        Path file = Files.writeString(folder.resolve("empty.txt"), "");
        FeedEvents feed = new FeedEvents(events -> DemoEvents.ofLines(file, events), "run");

        assertThatThrownBy(feed::next)
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--events: expected at least one line");
    }

    private static List<String> ids(FeedEvents feed, int count) throws IOException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Optional<String> id = feed.next().id();
            ids.add(id.orElse(""));
        }
        return ids;
    }
}
