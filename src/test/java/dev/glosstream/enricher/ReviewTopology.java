package dev.glosstream.enricher;

import dev.glosstream.Glosstream;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.sequence.RejectionReason;
import dev.glosstream.testkit.InputTopic;
import dev.glosstream.testkit.OutputTopic;
import dev.glosstream.testkit.RuleModels;
import dev.glosstream.testkit.TopologyHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.test.TestRecord;

/** Reviews in a topology of somebody else: numbers as keys, labelled values and dead letters out. */
final class ReviewTopology {
    static final BatchingSettings FOUR = new BatchingSettings(4, 100, Duration.ofSeconds(1), 64);
    static final Duration LONG_ENOUGH = Duration.ofSeconds(2);
    static final Serde<Integer> KEYS = Serdes.Integer();
    static final Serde<Review> REVIEWS = new ReviewSerde();
    static final Serde<Enriched<Review>> ENRICHED = Glosstream.enrichedSerde(REVIEWS);

    private ReviewTopology() {}

    static EnricherSettings settings(RuleModels models) {
        return EnricherSettings.of("reviews", models.models()).withBatching(FOUR);
    }

    static RuleModels models(Path folder) {
        return RuleModels.in(folder)
                .sentiment("positive", "good")
                .sentiment("negative", "bad")
                .entities("LOC", "Paris", "New York")
                .failingOn("poison");
    }

    static Topology topology(EnricherSettings settings, Function<Review, String> text) {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<Integer, Review> events = builder.stream("events", Consumed.with(KEYS, REVIEWS));
        KStream<Integer, Enriched<Review>> labelled =
                events.process(Glosstream.enricher(settings, KEYS, REVIEWS, review -> text.apply(review)));
        labelled.to("labelled", Produced.with(KEYS, ENRICHED));
        labelled.process(Glosstream.deadLetters(KEYS, REVIEWS)).to("letters", Produced.with(KEYS, Serdes.ByteArray()));
        return builder.build();
    }

    static InputTopic<Integer, Review> events(TopologyHarness harness) {
        return harness.input("events", KEYS, REVIEWS);
    }

    static OutputTopic<Integer, Enriched<Review>> labelled(TopologyHarness harness) {
        return harness.output("labelled", KEYS, ENRICHED);
    }

    static String line(TestRecord<Integer, Enriched<Review>> record) {
        Enriched<Review> enriched = record.value();
        String answer = enriched.reason()
                .map(RejectionReason::code)
                .orElseGet(() -> enriched.sentiment().orElseThrow().label() + " " + enriched.entityTexts("LOC"));
        return record.key() + ": " + answer;
    }
}
