package dev.glosstream.testkit;

import dev.glosstream.Glosstream;
import dev.glosstream.enricher.Enriched;
import dev.glosstream.enricher.EnricherSettings;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.test.TestRecord;

/** Texts through an enricher alone. */
final class EnricherTexts implements TextTopology {
    private static final String TEXTS = "texts";
    private static final String LABELLED = "labelled";

    private final Serde<Enriched<String>> enriched = Glosstream.enrichedSerde(Serdes.String());
    private final TopologyHarness harness;
    private final InputTopic<String, String> input;
    private final OutputTopic<String, Enriched<String>> output;

    EnricherTexts(EnricherSettings settings) {
        harness = new TopologyHarness(() -> topology(settings));
        input = harness.input(TEXTS, Serdes.String(), Serdes.String());
        output = harness.output(LABELLED, Serdes.String(), enriched);
    }

    private Topology topology(EnricherSettings settings) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(TEXTS, Consumed.with(Serdes.String(), Serdes.String()))
                .process(Glosstream.enricher(settings, Serdes.String(), Serdes.String(), Function.identity()))
                .to(LABELLED, Produced.with(Serdes.String(), enriched));
        return builder.build();
    }

    @Override
    public TopologyHarness harness() {
        return harness;
    }

    @Override
    public void send(String key, String text) {
        input.send(key, text);
    }

    @Override
    public List<String> labelled() {
        return output.all().stream()
                .flatMap(record -> record.value().labels().stream()
                        .map(labels -> TextTopology.line(
                                record.key(), record.value().text().orElse(""), labels)))
                .toList();
    }

    @Override
    public List<String> deadLetters() {
        return output.all().stream()
                .flatMap(record -> record.value().reason().stream().map(reason -> record.key() + ": " + reason.code()))
                .toList();
    }

    @Override
    public List<String> order() {
        return output.all().stream().map(TestRecord::key).toList();
    }
}
