package dev.glosstream.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A topology without an enricher: what the harness must not add to it, and what it must not overlook. */
class TopologyHarnessTest {
    private static final Serde<String> STRINGS = Serdes.String();

    private static Topology counting() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("words", Consumed.with(STRINGS, STRINGS))
                .groupByKey(Grouped.with(STRINGS, STRINGS))
                .count(Materialized.as("counts"))
                .toStream()
                .to("counted", Produced.with(STRINGS, Serdes.Long()));
        return builder.build();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10 << 20})
    void shouldBringStoresBackWithoutTellingAnybody(int cacheBytes) {
        Map<String, ?> properties = Map.of(
                StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
                cacheBytes,
                StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG,
                Serdes.StringSerde.class);
        try (TopologyHarness harness = new TopologyHarness(TopologyHarnessTest::counting, properties)) {
            InputTopic<String, String> words = harness.input("words", STRINGS, STRINGS);
            words.send("a", "").send("b", "").send("a", "");
            harness.crash();
            words.send("b", "");
            harness.crash();

            harness.output("counted", STRINGS, Serdes.Long())
                    .expectLines(record -> record.key() + record.value(), "a1", "b1", "a2", "b2");
        }
    }

    @Test
    void shouldKeepItsStoresApartFromThoseOfAnotherHarness() {
        Map<String, ?> keys = Map.of(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        try (TopologyHarness first = new TopologyHarness(TopologyHarnessTest::counting, keys);
                TopologyHarness second = new TopologyHarness(TopologyHarnessTest::counting, keys)) {
            first.input("words", STRINGS, STRINGS).send("a", "");
            second.input("words", STRINGS, STRINGS).send("a", "");

            second.output("counted", STRINGS, Serdes.Long()).expectValues(1L);
        }
    }

    @Test
    void shouldRefuseATopicThatTheTopologyNeverWrites() {
        Map<String, ?> keys = Map.of(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        try (TopologyHarness harness = new TopologyHarness(TopologyHarnessTest::counting, keys)) {
            assertThatThrownBy(() -> harness.output("countd", STRINGS, STRINGS))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "topic 'countd': expected one that the topology writes, got another; it writes [counted]");
            harness.output("harness-counts-changelog", STRINGS, Serdes.ByteArray())
                    .expectNothing();
        }
    }

    @Test
    void shouldNotTakeAnEmptyOutcomeForSound() {
        Map<String, ?> keys = Map.of(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        assertThatThrownBy(() -> Scenarios.crashAnywhere(
                        () -> new TopologyHarness(TopologyHarnessTest::counting, keys),
                        List.of(harness -> harness.now()),
                        harness -> harness.output("counted", STRINGS, Serdes.Long())
                                .all()))
                .isInstanceOf(AssertionError.class)
                .hasMessage("outcome without a crash: expected results, got none;"
                        + " let the steps send something, and advance the clock until it has left");
    }
}
