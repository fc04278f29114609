package dev.glosstream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.Glosstream;
import dev.glosstream.enricher.Enriched;
import dev.glosstream.enricher.EnricherSettings;
import dev.glosstream.sequence.Task;
import dev.glosstream.testkit.RuleModels;
import dev.glosstream.testkit.TopologyHarness;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records may come out of another pipeline, or again: what its headers say of that one is not true of this one. */
class OwnHeadersTest {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(2);
    private static final Serde<String> STRINGS = Serdes.String();

    @TempDir
    private Path folder;

    private static Headers stale() {
        Headers headers = new RecordHeaders();
        for (String name :
                new String[] {"glosstream.reason", "glosstream.model.sentiment", "glosstream.model.entities"}) {
            headers.add(name, "stale".getBytes(StandardCharsets.UTF_8));
        }
        return headers.add("glosstream.theirs", "kept".getBytes(StandardCharsets.UTF_8));
    }

    private static String shown(Headers headers) {
        return Arrays.stream(headers.toArray())
                .map(header -> header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8))
                .sorted()
                .collect(Collectors.joining(" "))
                .replaceAll("@\\S+", "");
    }

    @Test
    void shouldNotStayOnWhatAPipelineWrites() {
        TinyModels models = new TinyModels(folder);
        try (PipelineDriver driver = new PipelineDriver(
                PipelineDriver.settings(models, PipelineDriver.FOUR, Set.of(Task.SENTIMENT)), models)) {
            byte[] sound = PipelineDriver.bytes(PipelineDriver.event("a", "good"));
            driver.send(new TestRecord<>(null, sound, stale()));
            driver.send(new TestRecord<>(null, new byte[] {1}, stale()));
            driver.advance(LONG_ENOUGH);

            for (String topic : new String[] {PipelineDriver.TOPICS.enriched(), PipelineDriver.TOPICS.sentiment()}) {
                assertThat(driver.records(topic))
                        .extracting(record -> shown(record.headers()))
                        .containsExactly("glosstream.model.sentiment=sentiment-tiny glosstream.theirs=kept");
            }
            assertThat(driver.records(PipelineDriver.TOPICS.deadLetters()))
                    .extracting(record -> shown(record.headers()))
                    .containsExactly("glosstream.reason=not-avro glosstream.theirs=kept");
        }
    }

    @Test
    void shouldNotStayOnWhatAnEnricherForwards() {
        EnricherSettings settings = EnricherSettings.of(
                        "texts",
                        RuleModels.in(folder).sentiment("positive", "good").models())
                .withMaxWait(Duration.ofSeconds(1));
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, Enriched<String>> labelled = builder.stream("events", Consumed.with(STRINGS, STRINGS))
                .process(Glosstream.enricher(settings, STRINGS, STRINGS, text -> text));
        labelled.to("labelled", Produced.with(STRINGS, Glosstream.enrichedSerde(STRINGS)));
        labelled.process(Glosstream.deadLetters(STRINGS, STRINGS))
                .to("letters", Produced.with(STRINGS, Serdes.ByteArray()));
        try (TopologyHarness harness = new TopologyHarness(builder::build)) {
            harness.input("events", STRINGS, STRINGS).send("a", "good", stale()).send("b", " ", stale());
            harness.advance(LONG_ENOUGH);

            harness.output("labelled", STRINGS, Glosstream.enrichedSerde(STRINGS))
                    .expectLines(
                            record -> shown(record.headers()),
                            "glosstream.model.entities=entities-by-rule glosstream.model.sentiment=sentiment-by-rule"
                                    + " glosstream.theirs=kept",
                            "glosstream.reason=blank-text glosstream.theirs=kept");
            harness.output("letters", STRINGS, Serdes.ByteArray())
                    .expectLines(
                            record -> shown(record.headers()), "glosstream.reason=blank-text glosstream.theirs=kept");
        }
    }
}
