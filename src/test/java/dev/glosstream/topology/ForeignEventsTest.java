package dev.glosstream.topology;

import static dev.glosstream.topology.ForeignEvents.WRAP;
import static dev.glosstream.topology.ForeignEvents.comment;
import static dev.glosstream.topology.ForeignEvents.fields;
import static dev.glosstream.topology.ForeignEvents.order;
import static dev.glosstream.topology.ForeignEvents.record;
import static dev.glosstream.topology.ForeignEvents.schema;
import static dev.glosstream.topology.ForeignEvents.thread;
import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.avro.DeadLetter;
import dev.glosstream.avro.EnrichedEvent;
import dev.glosstream.avro.Entity;
import dev.glosstream.avro.TextEvent;
import dev.glosstream.avro.TextLabels;
import dev.glosstream.config.SourceSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The texts of other people's events are found in the whole topology: nested, unions, logical types, lists, maps. */
class ForeignEventsTest {
    private final TinyModels models;

    ForeignEventsTest(@TempDir Path directory) {
        models = new TinyModels(directory);
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

    @Test
    void shouldFollowAPathThroughNestedRecordsAndUnions() {
        SourceSettings source = ForeignEvents.avro(fields("payload.message.body", "number", "", ""), "ticket");
        try (PipelineDriver driver = ForeignEvents.open(models, WRAP, source)) {
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
    void shouldTakeLogicalTypesIntoAWrappedEvent() {
        SourceSettings source = ForeignEvents.avro(fields("note", "id", "state", "placed"), "order");
        try (PipelineDriver driver = ForeignEvents.open(models, WRAP, source)) {
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
        try (PipelineDriver driver = ForeignEvents.open(models, WRAP, source)) {
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
    void shouldRefuseAnEventForOneOfItsTextsAndNameIt() {
        SourceSettings source = ForeignEvents.avro(fields("comments[].text", "", "", ""), "thread");
        try (PipelineDriver driver = ForeignEvents.open(models, WRAP, source)) {
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
        try (PipelineDriver driver = ForeignEvents.open(models, WRAP, sound)) {
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
        try (PipelineDriver driver = ForeignEvents.open(models, WRAP, source)) {
            driver.send(record(
                    "a",
                    ForeignEvents.encode(
                            survey.set("answers", Map.of("why.not", "good")).build())));

            assertThat(driver.deadLetters().get(0).getDetail())
                    .isEqualTo("path 'done': expected a time (milliseconds since 1970, ISO 8601, or a logical type of"
                            + " Avro), got true or false that is none");
        }
    }
}
