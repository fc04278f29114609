package dev.glosstream.enricher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.Glosstream;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class EnrichedSerdeTest {
    private final List<String> told = new ArrayList<>();

    private final class Inner implements Serde<String> {
        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            told.add("configure " + configs + " " + isKey);
        }

        @Override
        public void close() {
            told.add("close");
        }

        @Override
        public Serializer<String> serializer() {
            told.add("serializer");
            return new Serializer<>() {
                @Override
                public void configure(Map<String, ?> configs, boolean isKey) {
                    told.add("configure serializer " + configs + " " + isKey);
                }

                @Override
                public byte[] serialize(String topic, String value) {
                    return value.getBytes(StandardCharsets.UTF_8);
                }

                @Override
                public void close() {
                    told.add("close serializer");
                }
            };
        }

        @Override
        public Deserializer<String> deserializer() {
            told.add("deserializer");
            return new Deserializer<>() {
                @Override
                public void configure(Map<String, ?> configs, boolean isKey) {
                    told.add("configure deserializer " + configs + " " + isKey);
                }

                @Override
                public String deserialize(String topic, byte[] bytes) {
                    return new String(bytes, StandardCharsets.UTF_8);
                }

                @Override
                public void close() {
                    told.add("close deserializer");
                }
            };
        }
    }

    private static Enriched<String> rejected(String value) {
        return new Enriched<>(
                value,
                Optional.empty(),
                Outcome.rejected(RejectionReason.NO_TEXT, "none"),
                new InputRecord.Source("events", 0, 7, 8));
    }

    @Test
    void shouldConfigureAndCloseTheSerdeOfTheValue() {
        Serde<Enriched<String>> serde = Glosstream.enrichedSerde(new Inner());

        serde.configure(Map.of("url", "r"), false);
        serde.close();

        assertThat(told).containsExactly("configure {url=r} false", "close");
    }

    @Test
    void shouldPassEverythingOnAndAskForOneSerializerAndDeserializerEach() {
        Serde<Enriched<String>> serde = Glosstream.enrichedSerde(new Inner());
        Serializer<Enriched<String>> serializer = serde.serializer();
        Deserializer<Enriched<String>> deserializer = serde.deserializer();
        serializer.configure(Map.of("a", 1), true);
        deserializer.configure(Map.of("b", 2), false);

        for (String value : List.of("x", "y")) {
            assertThat(deserializer.deserialize("t", serializer.serialize("t", rejected(value))))
                    .isEqualTo(rejected(value));
        }
        serializer.close();
        deserializer.close();

        assertThat(told)
                .containsExactly(
                        "serializer",
                        "deserializer",
                        "configure serializer {a=1} true",
                        "configure deserializer {b=2} false",
                        "close serializer",
                        "close deserializer");
    }
}
