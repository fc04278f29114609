package dev.glosstream.topology;

import static dev.glosstream.topology.ForeignEvents.APPEND;
import static dev.glosstream.topology.ForeignEvents.HEADER_BYTES;
import static dev.glosstream.topology.ForeignEvents.comment;
import static dev.glosstream.topology.ForeignEvents.fields;
import static dev.glosstream.topology.ForeignEvents.order;
import static dev.glosstream.topology.ForeignEvents.record;
import static dev.glosstream.topology.ForeignEvents.schema;
import static dev.glosstream.topology.ForeignEvents.thread;
import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.avro.DeadLetter;
import dev.glosstream.avro.TextEvent;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.config.SourceSettings;
import dev.glosstream.emit.AppendedSchema;
import dev.glosstream.emit.SingleObjectEncoder;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels appended to other people's events: behind their bytes, by a schema that grows out of theirs. */
class AppendedLabelsTest {
    private final TinyModels models;

    AppendedLabelsTest(@TempDir Path directory) {
        models = new TinyModels(directory);
    }

    @Test
    void shouldReadLogicalTypesAndAppendBehindTheOriginalBytes() {
        Schema schema = schema("order");
        SourceSettings source = ForeignEvents.avro(fields("note", "id", "state", "placed"), "order");
        GenericRecord order = order("good Anna Smith");
        try (PipelineDriver driver = ForeignEvents.open(models, APPEND, source)) {
            driver.send(record("k", ForeignEvents.encode(order)));

            TestRecord<byte[], byte[]> output =
                    driver.records("enriched-events").get(0);
            byte[] body = Arrays.copyOfRange(output.value(), HEADER_BYTES, output.value().length);
            assertThat(body).startsWith(ForeignEvents.body(order));
            Schema derived = derived(schema, false);
            assertThat(output.value()).isEqualTo(new SingleObjectEncoder().frame("any", derived, body));
            GenericRecord appended = ForeignEvents.decode(derived, body);
            GenericRecord labels = (GenericRecord) appended.get("nlp");
            assertThat(((GenericRecord) labels.get("sentiment")).get("label")).hasToString("positive");
            assertThat(((List<?>) labels.get("entities"))).hasSize(1);
            // Whoever still holds the old schema reads the new records, and the other way round.
            assertThat(ForeignEvents.decode(derived, schema, body)).isEqualTo(order);
            assertThat(ForeignEvents.decode(schema, derived, ForeignEvents.body(order))
                            .get("nlp"))
                    .isNull();
            assertThat(driver.sentiments().get(0).getId()).isEqualTo("3b241101-e2bb-4255-8caf-4136c566a962");
        }
    }

    @Test
    void shouldAppendTheLabelsOfEveryText() {
        Schema schema = schema("thread");
        SourceSettings source = ForeignEvents.avro(fields("comments[].text", "", "", ""), "thread");
        GenericRecord thread = thread("x", List.of(comment("bad"), comment("good")), List.of());
        try (PipelineDriver driver = ForeignEvents.open(models, APPEND, source)) {
            driver.send(record("t-1", ForeignEvents.encode(thread)));

            byte[] value = driver.records("enriched-events").get(0).value();
            byte[] body = Arrays.copyOfRange(value, HEADER_BYTES, value.length);
            assertThat(body).startsWith(ForeignEvents.body(thread));
            GenericRecord labels = (GenericRecord)
                    ForeignEvents.decode(derived(schema, true), body).get("nlp");
            assertThat((List<?>) labels.get("texts"))
                    .extracting(text -> ((GenericRecord) text).get("path").toString())
                    .containsExactly("comments[0].text", "comments[1].text");
        }
    }

    @Test
    void shouldReadVersionsOfASchemaInOneTopic() {
        GenericRecord older = new GenericRecordBuilder(schema("review-v1"))
                .set("body", "good")
                .set("stars", 5)
                .build();
        GenericRecord newer = new GenericRecordBuilder(schema("review-v2"))
                .set("body", "bad")
                .set("stars", 1.5f)
                .set("lang", "en")
                .set("pictures", List.of(ByteBuffer.wrap(new byte[] {1})))
                .build();
        SourceSettings both = ForeignEvents.avro(fields("body", "", "lang?", ""), "review-v1", "review-v2");
        try (PipelineDriver driver = ForeignEvents.open(models, APPEND, both)) {
            driver.send(record("a", ForeignEvents.encode(older)));
            driver.send(record("b", ForeignEvents.encode(newer)));
            driver.send(record("c", ForeignEvents.encode(order("good"))));

            List<TestRecord<byte[], byte[]>> outputs = driver.records("enriched-events");
            assertThat(outputs).hasSize(2);
            assertAppended(outputs.get(0).value(), older, "positive");
            assertAppended(outputs.get(1).value(), newer, "negative");
            assertThat(driver.deadLetters()).extracting(DeadLetter::getReason).containsExactly("wrong-schema");
        }
    }

    private static void assertAppended(byte[] value, GenericRecord original, String sentiment) {
        byte[] body = Arrays.copyOfRange(value, HEADER_BYTES, value.length);
        assertThat(body).startsWith(ForeignEvents.body(original));
        GenericRecord appended = ForeignEvents.decode(derived(original.getSchema(), false), body);
        assertThat(((GenericRecord) ((GenericRecord) appended.get("nlp")).get("sentiment")).get("label"))
                .hasToString(sentiment);
    }

    @Test
    void shouldAppendToTextEventsToo() {
        PipelineSettings settings = ForeignEvents.atOnce(models);
        try (PipelineDriver driver = new PipelineDriver(settings.withEvents(settings.sources(), APPEND), models)) {
            driver.send("a", "good");

            byte[] value = driver.records("enriched-events").get(0).value();
            byte[] original = PipelineDriver.bytes(PipelineDriver.event("a", "good"));
            assertThat(Arrays.copyOfRange(value, HEADER_BYTES, value.length))
                    .startsWith(Arrays.copyOfRange(original, HEADER_BYTES, original.length));
            GenericRecord appended = ForeignEvents.decode(
                    derived(TextEvent.getClassSchema(), false), Arrays.copyOfRange(value, HEADER_BYTES, value.length));
            assertThat(appended.get("id")).hasToString("a");
        }
    }

    private static Schema derived(Schema writer, boolean several) {
        return AppendedSchema.derive(writer, "nlp", several).fold(found -> found, rejection -> {
            throw new AssertionError(rejection.detail());
        });
    }
}
