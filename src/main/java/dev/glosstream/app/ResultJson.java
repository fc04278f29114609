package dev.glosstream.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Rejection;
import dev.glosstream.sequence.Sentiment;
import dev.glosstream.sequence.Task;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/**
 * Results as JSON, one object a line: a contract with other programs.
 *
 * <p>{@code {"text", "sentiment": {"label", "score", "scores": {label: p}}, "entities": [{"type", "start", "end", "text",
 * "score"}], "tokens", "truncated", "models": {task: "name@version"}}}, or {@code {"text", "rejected": {"reason",
 * "detail"}}}; what identifies the text, if anything but itself does, stands first. Keys come in this order. {@code
 * sentiment} and {@code entities} are there only if a model of that task is, {@code models} only if they are known here,
 * {@code text} only if it could be read. Offsets
 * are UTF-16 units, end exclusive. Numbers have no exponent: probabilities are rounded to six decimals. Control and format
 * characters are escaped, so that a line is safe on a terminal.
 */
final class ResultJson implements ResultPrinter {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int DECIMALS = 6;

    private final Map<Task, String> models;

    /**
     * Creates a printer.
     *
     * @param models task → {@code name@version}, in the order to print
     */
    ResultJson(Map<Task, String> models) {
        this.models = models;
    }

    @Override
    public String line(TextResult result) {
        return write(json -> {
            json.writeStartObject();
            for (Map.Entry<String, Object> entry : result.origin().entrySet()) {
                json.writeObjectField(entry.getKey(), entry.getValue());
            }
            if (result.text().isPresent()) {
                json.writeStringField("text", result.text().get());
            }
            Content content = result.outcome()
                    .fold(
                            labels -> out -> writeLabels(out, result.text().orElse(""), labels),
                            rejection -> out -> writeRejection(out, rejection));
            content.write(json);
            json.writeEndObject();
        });
    }

    /** Something that writes JSON. */
    @FunctionalInterface
    interface Content {
        /** Writes it. */
        void write(JsonGenerator json) throws IOException;
    }

    /** Returns what the content writes, on one line, harmless on a terminal. */
    static String write(Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            content.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("JSON: expected to write in memory", e);
        }
        return SafeText.escapeForJson(text.toString());
    }

    /** Writes a number without exponent, rounded. */
    static void writeDecimal(JsonGenerator json, String name, double value) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(BigDecimal.valueOf(value)
                .setScale(DECIMALS, RoundingMode.HALF_EVEN)
                .toPlainString());
    }

    private void writeLabels(JsonGenerator json, String text, Labels labels) throws IOException {
        if (labels.sentiment().isPresent()) {
            writeSentiment(json, labels.sentiment().get());
        }
        if (labels.entities().isPresent()) {
            writeEntities(json, text, labels.entities().get());
        }
        json.writeNumberField("tokens", labels.tokenCount());
        json.writeBooleanField("truncated", labels.truncated());
        if (models.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("models");
        for (Map.Entry<Task, String> model : models.entrySet()) {
            json.writeStringField(model.getKey().code(), model.getValue());
        }
        json.writeEndObject();
    }

    private static void writeSentiment(JsonGenerator json, Sentiment sentiment) throws IOException {
        json.writeObjectFieldStart("sentiment");
        json.writeStringField("label", sentiment.label());
        writeDecimal(json, "score", sentiment.score());
        json.writeObjectFieldStart("scores");
        for (Map.Entry<String, Double> score : sentiment.scores().entrySet()) {
            writeDecimal(json, score.getKey(), score.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeEntities(JsonGenerator json, String text, List<Entity> entities) throws IOException {
        json.writeArrayFieldStart("entities");
        for (Entity entity : entities) {
            json.writeStartObject();
            json.writeStringField("type", entity.type());
            json.writeNumberField("start", entity.charStart());
            json.writeNumberField("end", entity.charEnd());
            json.writeStringField("text", entity.textOf(text));
            writeDecimal(json, "score", entity.score());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeRejection(JsonGenerator json, Rejection rejection) throws IOException {
        json.writeObjectFieldStart("rejected");
        json.writeStringField("reason", rejection.reason().code());
        json.writeStringField("detail", rejection.detail());
        json.writeEndObject();
    }
}
