package com.example.reviews;

import dev.glosstream.Glosstream;
import dev.glosstream.enricher.Enriched;
import dev.glosstream.enricher.EnricherSettings;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/** The topology: reviews in; alerts, counts and dead letters out. */
public final class ReviewAlerts {
    static final String REVIEWS = "reviews";
    static final String ALERTS = "review-alerts";
    static final String COUNTS = "negative-reviews";
    static final String DEAD_LETTERS = "reviews-dead-letters";

    static final Serde<String> STRINGS = Serdes.String();
    static final Serde<Review> REVIEW = new JsonSerde<>(Review.class);
    static final Serde<Alert> ALERT = new JsonSerde<>(Alert.class);

    private ReviewAlerts() {}

    /** Builds the topology; the settings say which models label the reviews. */
    public static Topology topology(EnricherSettings settings) {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, Review> reviews = builder.stream(REVIEWS, Consumed.with(STRINGS, REVIEW));

        KStream<String, Enriched<Review>> labelled = reviews.process(
                Glosstream.enricher(settings, STRINGS, REVIEW, review -> review.body()), Named.as("label-reviews"));

        labelled.process(Glosstream.deadLetters(STRINGS, REVIEW), Named.as("dead-letters"))
                .to(DEAD_LETTERS, Produced.with(STRINGS, Serdes.ByteArray()));

        KStream<String, Alert> alerts = labelled.filter((key, review) -> review.hasSentiment("negative"))
                .mapValues(ReviewAlerts::alert);
        alerts.to(ALERTS, Produced.with(STRINGS, ALERT));
        alerts.groupBy((key, alert) -> alert.store(), Grouped.with("by-store", STRINGS, ALERT))
                .count(Materialized.as("negative-by-store"))
                .toStream()
                .to(COUNTS, Produced.with(STRINGS, Serdes.Long()));
        return builder.build();
    }

    private static Alert alert(Enriched<Review> labelled) {
        Review review = labelled.value();
        double certainty = labelled.sentiment().orElseThrow().score();
        return new Alert(
                review.id(), review.store(), certainty, labelled.entityTexts("ORG"), labelled.entityTexts("LOC"));
    }
}
