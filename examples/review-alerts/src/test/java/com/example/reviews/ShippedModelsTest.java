package com.example.reviews;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.glosstream.enricher.EnricherSettings;
import dev.glosstream.testkit.TopologyHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

/** The same topology with the models that it runs with. */
class ShippedModelsTest {
    @Test
    void shouldAlertOfANegativeReview() {
        Path models = Path.of(System.getProperty("models"));
        EnricherSettings settings = EnricherSettings.of(
                "reviews", models.resolve("sentiment-en"), models.resolve("entities-en"));
        Map<String, ?> properties = Map.of(
                StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        try (TopologyHarness harness = new TopologyHarness(() -> ReviewAlerts.topology(settings), properties)) {
            harness.input(ReviewAlerts.REVIEWS, ReviewAlerts.STRINGS, ReviewAlerts.REVIEW)
                    .send("a", new Review("a", "Leeds", 1, "Terrible. The heater I bought in London never worked."))
                    .send("b", new Review("b", "Leeds", 5, "I love it, thank you so much!"));
            harness.advance(Duration.ofSeconds(1));

            List<Alert> alerts =
                    harness.output(ReviewAlerts.ALERTS, ReviewAlerts.STRINGS, ReviewAlerts.ALERT).take().stream()
                            .map(record -> record.value())
                            .toList();
            assertEquals(List.of("a"), alerts.stream().map(Alert::reviewId).toList());
            assertEquals(List.of("London"), alerts.get(0).places());
        }
        assertEquals(0, settings.models().users());
    }
}
