package dev.glosstream.topology;

import static dev.glosstream.topology.ForeignEvents.APPEND;
import static dev.glosstream.topology.ForeignEvents.HEADER_BYTES;
import static dev.glosstream.topology.ForeignEvents.WRAP;
import static dev.glosstream.topology.ForeignEvents.fields;
import static dev.glosstream.topology.ForeignEvents.schema;
import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.avro.DeadLetter;
import dev.glosstream.avro.EnrichedEvent;
import dev.glosstream.avro.Entity;
import dev.glosstream.avro.TextEvent;
import dev.glosstream.avro.TextLabels;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.OutputSettings;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.config.SourceSettings;
import dev.glosstream.emit.AppendedSchema;
import dev.glosstream.emit.SingleObjectEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of other people's schemas through the whole topology: nested, unions, logical types, lists, versions in one topic. */
class ForeignEventsTest {
    private static final BatchingSettings AT_ONCE = new BatchingSettings(1, 1000, Duration.ZERO, 64);

    private final TinyModels models;

    ForeignEventsTest(@TempDir Path directory) {
        models = new TinyModels(directory);
    }

    private PipelineDriver open(OutputSettings output, SourceSettings... sources) {
        PipelineSettings settings = PipelineDriver.settings(models, AT_ONCE).withEvents(List.of(sources), output);
        return new PipelineDriver(settings, models);
    }

    private static TestRecord<byte[], byte[]> record(String key, byte @Nullable [] value) {
        return new TestRecord<>(key.getBytes(StandardCharsets.UTF_8), value, Instant.ofEpochMilli(5000));
    }

    private static GenericRecord ticket(@Nullable Object payload) {
        return new GenericRecordBuilder(schema("ticket"))
                .set("number", 77L)
                .set("payload", payload)
                .build();
    }

    private static GenericRecord payload(int branch, @Nullable String body) {
        Schema payload =
                schema("ticket").getField("payload").schema().getTypes().get(1);
        Schema message = payload.getField("message").schema().getTypes().get(branch);
        GenericRecord inner = new GenericData.Record(message);
        inner.put("body", body);
        if (branch == 0) {
            inner.put("from", "a@example.com");
        } else {
            inner.put("room", 3);
        }
        return new GenericRecordBuilder(payload).set("message", inner).build();
    }

    private static GenericRecord order(String note) {
        Schema schema = schema("order");
        return new GenericRecordBuilder(schema)
                .set("id", "3b241101-e2bb-4255-8caf-4136c566a962")
                .set("placed", 1_700_000_000_123_456L)
                .set("day", 19_675)
                .set("total", ByteBuffer.wrap(new byte[] {4, 2}))
                .set(
                        "checksum",
                        new GenericData.Fixed(schema.getField("checksum").schema(), new byte[16]))
                .set(
                        "state",
                        new GenericData.EnumSymbol(schema.getField("state").schema(), "PAID"))
                .set("note", note)
                .build();
    }

    private static GenericRecord comment(@Nullable String text) {
        GenericRecord comment = new GenericData.Record(
                schema("thread").getField("comments").schema().getElementType());
        comment.put("author", "x");
        comment.put("text", text);
        return comment;
    }

    private static GenericRecord thread(String title, List<GenericRecord> comments, List<String> tags) {
        return new GenericRecordBuilder(schema("thread"))
                .set("title", title)
                .set("comments", comments)
                .set("tags", tags)
                .build();
    }

    private static Schema derived(Schema writer, boolean several) {
        return AppendedSchema.derive(writer, "nlp", several).fold(found -> found, rejection -> {
            throw new AssertionError(rejection.detail());
        });
    }

    @Test
    void shouldFollowAPathThroughNestedRecordsAndUnions() {
        SourceSettings source = ForeignEvents.avro(fields("payload.message.body", "number", "", ""), "ticket");
        try (PipelineDriver driver = open(WRAP, source)) {
            driver.send(record("k", ForeignEvents.encode(ticket(payload(0, "good Paris")))));
            driver.send(record("k", ForeignEvents.encode(ticket(payload(1, "bad")))));
            driver.send(record("k", ForeignEvents.encode(ticket(payload(1, null)))));
            driver.send(record("k", ForeignEvents.encode(ticket(null))));

            List<EnrichedEvent> enriched = driver.enriched();
            assertThat(enriched)
                    .extracting(event -> event.getSentiment().getLabel())
                    .containsExactly("positive", "negative");
            assertThat(enriched.get(0).getEvent())
                    .isEqualTo(TextEvent.newBuilder()
                            .setId("77")
                            .setText("good Paris")
                            .setOccurredAt(Instant.ofEpochMilli(5000))
                            .build());
            assertThat(enriched.get(0).getTexts()).isEmpty();
            List<DeadLetter> letters = driver.deadLetters();
            assertThat(letters)
                    .extracting(DeadLetter::getReason)
                    .containsOnly("missing-field")
                    .hasSize(2);
            assertThat(letters)
                    .extracting(DeadLetter::getDetail)
                    .containsExactly(
                            "path 'payload.message.body': expected a text, got null",
                            "path 'payload.message.body': expected a text, got null at 'payload'");
        }
    }

    @Test
    void shouldReadLogicalTypesAndAppendBehindTheOriginalBytes() {
        Schema schema = schema("order");
        SourceSettings source = ForeignEvents.avro(fields("note", "id", "state", "placed"), "order");
        GenericRecord order = order("good Anna Smith");
        try (PipelineDriver driver = open(APPEND, source)) {
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
    void shouldTakeLogicalTypesIntoAWrappedEvent() {
        SourceSettings source = ForeignEvents.avro(fields("note", "id", "state", "placed"), "order");
        try (PipelineDriver driver = open(WRAP, source)) {
            driver.send(record("k", ForeignEvents.encode(order("good"))));

            TextEvent event = driver.enriched().get(0).getEvent();
            assertThat(event.getOccurredAt()).isEqualTo(Instant.ofEpochMilli(1_700_000_000_123L));
            assertThat(event.getLanguage()).isEqualTo("PAID");
        }
    }

    @Test
    void shouldLabelEveryTextOfAnEventInOneRecord() {
        SourceSettings source = ForeignEvents.avro(fields("title comments[].text? tags[]?", "", "", ""), "thread");
        GenericRecord thread = thread(
                "good", List.of(comment("bad Anna"), comment(null), comment("Paris is good")), List.of("bad", " "));
        try (PipelineDriver driver = open(WRAP, source)) {
            driver.send(record("t-1", ForeignEvents.encode(thread)));

            EnrichedEvent event = driver.enriched().get(0);
            assertThat(event.getEvent().getId()).isEqualTo("t-1");
            assertThat(event.getEvent().getText()).isEqualTo("good");
            assertThat(event.getTexts())
                    .extracting(TextLabels::getPath)
                    .containsExactly("title", "comments[0].text", "comments[2].text", "tags[0]");
            assertThat(event.getTexts())
                    .extracting(TextLabels::getText)
                    .containsExactly("good", "bad Anna", "Paris is good", "bad");
            assertThat(event.getTexts())
                    .extracting(text -> text.getSentiment().getLabel())
                    .containsExactly("positive", "negative", "positive", "negative");
            assertThat(event.getTexts().get(2).getEntities())
                    .extracting(Entity::getText)
                    .containsExactly("Paris");
            assertThat(driver.sentiments()).hasSize(1);
            assertThat(driver.sentiments()).isEmpty();
            assertThat(driver.entities().get(0).getTexts()).hasSize(4);
        }
    }

    @Test
    void shouldAppendTheLabelsOfEveryText() {
        Schema schema = schema("thread");
        SourceSettings source = ForeignEvents.avro(fields("comments[].text", "", "", ""), "thread");
        GenericRecord thread = thread("x", List.of(comment("bad"), comment("good")), List.of());
        try (PipelineDriver driver = open(APPEND, source)) {
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
    void shouldRefuseAnEventForOneOfItsTextsAndNameIt() {
        SourceSettings source = ForeignEvents.avro(fields("comments[].text", "", "", ""), "thread");
        try (PipelineDriver driver = open(WRAP, source)) {
            driver.send(
                    record("a", ForeignEvents.encode(thread("x", List.of(comment("good"), comment(null)), List.of()))));
            driver.send(
                    record("b", ForeignEvents.encode(thread("x", List.of(comment("good"), comment(" ")), List.of()))));
            driver.send(record("c", ForeignEvents.encode(thread("x", List.of(), List.of()))));
            driver.send(record(
                    "d", ForeignEvents.encode(thread("x", List.of(comment("good"), comment("poison")), List.of()))));

            assertThat(driver.enriched()).isEmpty();
            assertThat(driver.deadLetters())
                    .extracting(letter -> letter.getReason() + " " + letter.getDetail())
                    .satisfiesExactly(
                            first -> assertThat(first)
                                    .isEqualTo("missing-field path 'comments[].text': expected a text, got null at"
                                            + " 'comments[1].text'"),
                            second ->
                                    assertThat(second).startsWith("blank-text path 'comments[1].text': text: expected"),
                            third -> assertThat(third)
                                    .isEqualTo(
                                            "missing-field path 'comments[].text': expected a text, got an empty list"
                                                    + " at 'comments'"),
                            fourth -> assertThat(fourth).startsWith("inference-failed path 'comments[1].text': "));
        }
    }

    @Test
    void shouldFindMapKeysAndSayWhatStandsThereInstead() {
        SourceSettings source = ForeignEvents.avro(fields("answers['why.not']", "", "", "done?"), "survey");
        GenericRecordBuilder survey =
                new GenericRecordBuilder(schema("survey")).set("score", 1.5).set("done", true);
        SourceSettings sound = ForeignEvents.avro(fields("answers['why.not']", "score", "", ""), "survey");
        try (PipelineDriver driver = open(WRAP, sound)) {
            driver.send(record(
                    "a",
                    ForeignEvents.encode(
                            survey.set("answers", Map.of("why.not", "good")).build())));
            driver.send(record(
                    "b",
                    ForeignEvents.encode(
                            survey.set("answers", Map.of("why", "good")).build())));
            driver.send(record(
                    "c",
                    ForeignEvents.encode(survey.set("answers", Map.of("why.not", Map.of("x", "y")))
                            .build())));

            assertThat(driver.enrichedIds()).containsExactly("1.5");
            assertThat(driver.deadLetters())
                    .extracting(letter -> letter.getReason() + " " + letter.getDetail())
                    .containsExactly(
                            "missing-field path 'answers['why.not']': expected a text, got no such field",
                            "wrong-field path 'answers['why.not']': expected a text, got a record");
        }
        try (PipelineDriver driver = open(WRAP, source)) {
            driver.send(record(
                    "a",
                    ForeignEvents.encode(
                            survey.set("answers", Map.of("why.not", "good")).build())));

            assertThat(driver.deadLetters().get(0).getDetail())
                    .isEqualTo("path 'done': expected a time (milliseconds since 1970, ISO 8601, or a logical type of"
                            + " Avro), got true or false that is none");
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
        try (PipelineDriver driver = open(APPEND, both)) {
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
        PipelineSettings settings = PipelineDriver.settings(models, AT_ONCE);
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
}
