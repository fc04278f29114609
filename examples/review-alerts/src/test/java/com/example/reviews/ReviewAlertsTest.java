package com.example.reviews;

import dev.glosstream.enricher.EnricherSettings;
import dev.glosstream.testkit.InputTopic;
import dev.glosstream.testkit.OutputTopic;
import dev.glosstream.testkit.RuleModels;
import dev.glosstream.testkit.Scenarios;
import dev.glosstream.testkit.TopologyHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewAlertsTest {
    private final RuleModels models;
    private final EnricherSettings settings;

    ReviewAlertsTest(@TempDir Path folder) {
        models = RuleModels.in(folder)
                .sentiment("negative", "broken", "awful")
                .sentiment("positive", "lovely")
                .entities("ORG", "Acme")
                .entities("LOC", "New York")
                .failingOn("poison");
        settings = EnricherSettings.of("reviews", models.models());
    }

    private TopologyHarness open() {
        return new TopologyHarness(
                () -> ReviewAlerts.topology(settings),
                Map.of(
                        StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class,
                        StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0));
    }

    private static InputTopic<String, Review> reviews(TopologyHarness harness) {
        return harness.input(ReviewAlerts.REVIEWS, ReviewAlerts.STRINGS, ReviewAlerts.REVIEW);
    }

    private static OutputTopic<String, Alert> alerts(TopologyHarness harness) {
        return harness.output(ReviewAlerts.ALERTS, ReviewAlerts.STRINGS, ReviewAlerts.ALERT);
    }

    private static Review review(String id, String body) {
        return new Review(id, "store-1", 1, body);
    }

    @Test
    void shouldAlertOfNegativeReviews() {
        try (TopologyHarness harness = open()) {
            reviews(harness)
                    .send("a", review("a", "The Acme kettle arrived broken in New York"))
                    .send("b", review("b", "Lovely, thank you"));
            harness.advance(Duration.ofMillis(40));

            alerts(harness).expectLines(
                    alert -> alert.key() + " " + alert.value().companies() + alert.value().places(),
                    "a [Acme][New York]");
        }
    }

    @Test
    void shouldReadReviewsTogether() {
        try (TopologyHarness harness = open()) {
            reviews(harness).send("a", review("a", "awful")).send("b", review("b", "broken"));
            harness.expectWaiting(2).advance(Duration.ofMillis(40)).expectWaiting(0);

            models.expectBatches(2);
        }
    }

    @Test
    void shouldSendWhatCannotBeReadToTheDeadLetters() {
        try (TopologyHarness harness = open()) {
            reviews(harness)
                    .send("a", review("a", "   "))
                    .send("b", review("b", "awful"))
                    .send("c", review("c", null))
                    .send("d", review("d", "poison"));
            harness.advance(Duration.ofMillis(40));

            alerts(harness).expectKeys("b");
            harness.output(ReviewAlerts.DEAD_LETTERS, ReviewAlerts.STRINGS, Serdes.ByteArray())
                    .expectKeys("a", "c", "d");
        }
    }

    @Test
    void shouldLoseAndRepeatNothingWhereverItCrashes() {
        List<Consumer<TopologyHarness>> steps = List.of(
                harness -> reviews(harness).send("a", review("a", "awful")),
                harness -> reviews(harness).send("b", review("b", "lovely")),
                harness -> harness.advance(Duration.ofMillis(40)),
                harness -> reviews(harness).send("c", review("c", "broken")),
                harness -> harness.advance(Duration.ofMillis(40)));

        Scenarios.crashAnywhere(this::open, steps, harness -> alerts(harness).all().stream()
                .map(alert -> alert.key() + " " + alert.value())
                .toList());
    }
}
