package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import dev.glosstream.sequence.Sentiment;
import dev.glosstream.sequence.Task;
import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ResultPrinterTest {
    private static final String TEXT = "Anna likes Paris";
    private static final Sentiment POSITIVE = new Sentiment("positive", 0.9, scores(0.00001, 0.09999, 0.9));
    private static final List<Entity> ENTITIES = List.of(new Entity("PER", 0, 4, 0.75), new Entity("LOC", 11, 16, 1.0));

    @Test
    void shouldPrintJsonToTheLetterOfTheContract() {
        Labels labels = new Labels(Optional.of(POSITIVE), Optional.of(ENTITIES), 3, false);

        String line = new ResultJson(models(Task.SENTIMENT, Task.ENTITIES))
                .line(TextResult.of(TEXT, Outcome.accepted(labels)));

        assertThat(line)
                .isEqualTo("{\"text\":\"Anna likes Paris\",\"sentiment\":{\"label\":\"positive\",\"score\":0.900000,"
                        + "\"scores\":{\"negative\":0.000010,\"neutral\":0.099990,\"positive\":0.900000}},"
                        + "\"entities\":[{\"type\":\"PER\",\"start\":0,\"end\":4,\"text\":\"Anna\",\"score\":0.750000},"
                        + "{\"type\":\"LOC\",\"start\":11,\"end\":16,\"text\":\"Paris\",\"score\":1.000000}],"
                        + "\"tokens\":3,\"truncated\":false,"
                        + "\"models\":{\"sentiment\":\"sentiment-en@1\",\"entities\":\"entities-en@1\"}}");
    }

    @Test
    void shouldLeaveOutWhatNoModelAnswers() {
        Labels labels = new Labels(Optional.empty(), Optional.of(List.of()), 3, true);

        String line = new ResultJson(models(Task.ENTITIES)).line(TextResult.of(TEXT, Outcome.accepted(labels)));

        assertThat(line)
                .isEqualTo("{\"text\":\"Anna likes Paris\",\"entities\":[],\"tokens\":3,\"truncated\":true,"
                        + "\"models\":{\"entities\":\"entities-en@1\"}}");
    }

    @Test
    void shouldPrintWhyALineWasRefused() {
        TextResult refused = TextResult.of("", Outcome.rejected(RejectionReason.EMPTY_TEXT, "text: expected some"));

        assertThat(new ResultJson(models()).line(refused))
                .isEqualTo(
                        "{\"text\":\"\",\"rejected\":{\"reason\":\"empty-text\",\"detail\":\"text: expected some\"}}");
        assertThat(new ResultText(false).line(refused)).isEqualTo("refused  empty-text: text: expected some");
    }

    @Test
    void shouldPutFirstWhatIdentifiesARecord() {
        Map<String, Object> origin = new LinkedHashMap<>();
        origin.put("topic", "text-events");
        origin.put("partition", 1);
        origin.put("offset", 42L);
        TextResult refused = new TextResult(
                origin, Optional.empty(), Outcome.rejected(RejectionReason.NOT_AVRO, "value: expected Avro"));

        assertThat(new ResultJson(models()).line(refused))
                .isEqualTo("{\"topic\":\"text-events\",\"partition\":1,\"offset\":42,"
                        + "\"rejected\":{\"reason\":\"not-avro\",\"detail\":\"value: expected Avro\"}}");
        assertThat(new ResultText(false).line(refused))
                .isEqualTo("refused  not-avro: value: expected Avro  (topic text-events, partition 1, offset 42)");
    }

    @Test
    void shouldHighlightEntitiesInPlace() {
        Labels labels = new Labels(Optional.of(POSITIVE), Optional.of(ENTITIES), 3, false);
        TextResult result = TextResult.of(TEXT, Outcome.accepted(labels));

        assertThat(new ResultText(false).line(result)).isEqualTo("positive 0.90  [Anna PER] likes [Paris LOC]");
        assertThat(new ResultText(true).line(result))
                .isEqualTo("\u001B[32mpositive\u001B[0m 0.90  \u001B[1;36m[Anna PER]\u001B[0m likes"
                        + " \u001B[1;34m[Paris LOC]\u001B[0m");
    }

    @Test
    void shouldShowOnOneLineWhatATerminalWouldObey() {
        assertThat(text("a\r\nb\nc\td\u001B[2Je\u0007f\u007Fg\u009Bh\u202Ei\u2028j\uFEFFk"))
                .isEqualTo("a\u21B5b\u21B5c d\u241B[2Je\u2407f\u2421g<U+009B>h<U+202E>i\u21B5j<U+FEFF>k");
        String family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
        assertThat(text(family)).isEqualTo(family);
    }

    @Property
    void shouldKeepAnyTextOnOneHarmlessLineAndTellJsonTheTruth(@ForAll String text) throws IOException {
        Labels labels = new Labels(Optional.empty(), Optional.empty(), 1, false);
        TextResult result = TextResult.of(text, Outcome.accepted(labels));

        String json = new ResultJson(models()).line(result);
        JsonNode read = new ObjectMapper().readTree(json);

        assertThat(read.get("text").asText()).isEqualTo(text);
        assertThat(json + text(text))
                .doesNotContainPattern("[\\p{Cc}\\u2028\\u2029\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");
    }

    private static String text(String text) {
        Labels labels = new Labels(Optional.empty(), Optional.empty(), 1, false);
        return new ResultText(false).line(TextResult.of(text, Outcome.accepted(labels)));
    }

    private static Map<String, Double> scores(double negative, double neutral, double positive) {
        Map<String, Double> scores = new LinkedHashMap<>();
        scores.put("negative", negative);
        scores.put("neutral", neutral);
        scores.put("positive", positive);
        return scores;
    }

    private static Map<Task, String> models(Task... tasks) {
        Map<Task, String> models = new EnumMap<>(Task.class);
        for (Task task : tasks) {
            models.put(task, task.code() + "-en@1");
        }
        return models;
    }
}
