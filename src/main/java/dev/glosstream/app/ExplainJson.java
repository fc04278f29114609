package dev.glosstream.app;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.glosstream.explain.ColumnReading;
import dev.glosstream.explain.InnerReading;
import dev.glosstream.explain.LayerWalk;
import dev.glosstream.explain.LstmStep;
import dev.glosstream.explain.PathReading;
import dev.glosstream.explain.TextExplanation;
import dev.glosstream.infer.FloatMatrix;
import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.Sentiment;
import dev.glosstream.sequence.Token;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Explanations as one JSON object: {@code {"text", "models": [{"model", "task", "tokens", "columns", "vectors", "layers",
 * "states", "features", "scores", "maxima", "attention", "largestDifference", "path", "sentiment", "entities", "probability",
 * "losses"}]}}; what a model does not have is left out.
 */
final class ExplainJson {
    private final boolean everything;

    /**
     * Creates a printer.
     *
     * @param everything whether every value of gates, states and vectors is written, not only means and lengths
     */
    ExplainJson(boolean everything) {
        this.everything = everything;
    }

    /** Returns the object on one line, safe on a terminal. */
    String line(String text, List<TextExplanation> explanations) {
        return ResultJson.write(json -> {
            json.writeStartObject();
            json.writeStringField("text", text);
            json.writeArrayFieldStart("models");
            for (TextExplanation explanation : explanations) {
                write(json, explanation);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private void write(JsonGenerator json, TextExplanation explanation) throws IOException {
        json.writeStartObject();
        json.writeStringField("model", explanation.bundle().id());
        json.writeStringField("task", explanation.bundle().task().code());
        writeTokens(json, explanation);
        writeColumns(json, explanation);
        if (explanation.inner().isPresent()) {
            writeInner(json, explanation.inner().get());
        }
        writeMatrix(json, "scores", explanation.scores());
        if (explanation.path().isPresent()) {
            writePath(json, explanation.path().get());
        }
        writeAnswer(json, explanation);
        ResultJson.writeDecimal(json, "probability", explanation.probability());
        writeValues(json, "losses", explanation.losses());
        json.writeEndObject();
    }

    private static void writeTokens(JsonGenerator json, TextExplanation explanation) throws IOException {
        json.writeArrayFieldStart("tokens");
        for (Token token : explanation.read()) {
            json.writeStartObject();
            json.writeNumberField("start", token.charStart());
            json.writeNumberField("end", token.charEnd());
            json.writeStringField("text", explanation.text().surface(token));
            json.writeStringField("norm", token.norm());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeBooleanField("truncated", explanation.labels().truncated());
    }

    private static void writeColumns(JsonGenerator json, TextExplanation explanation) throws IOException {
        json.writeArrayFieldStart("columns");
        for (ColumnReading column : explanation.columns()) {
            json.writeStartObject();
            json.writeStringField("name", column.name());
            json.writeNumberField("rows", column.rows());
            json.writeNumberField("size", column.size());
            json.writeArrayFieldStart("tokens");
            for (ColumnReading.Cell cell : column.cells()) {
                json.writeStartObject();
                writeTexts(json, "entries", cell.entries());
                writeValues(json, "ids", cell.ids());
                json.writeBooleanField("known", cell.known());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeInner(JsonGenerator json, InnerReading inner) throws IOException {
        if (everything) {
            writeMatrix(json, "vectors", inner.engine().vectors());
        }
        json.writeArrayFieldStart("layers");
        for (LayerWalk layer : inner.layers()) {
            json.writeStartObject();
            writeSteps(json, "forward", layer.forward());
            writeSteps(json, "backward", layer.backward());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (everything) {
            writeMatrix(json, "states", inner.engine().states());
            writeMatrix(json, "features", inner.engine().features());
        }
        if (!inner.maxima().isEmpty()) {
            writeValues(json, "maxima", inner.maxima());
        }
        if (!inner.attention().isEmpty()) {
            writeValues(json, "attention", inner.attention());
        }
        json.writeNumberField("largestDifference", inner.largestDifference());
    }

    private void writeSteps(JsonGenerator json, String name, List<LstmStep> steps) throws IOException {
        json.writeArrayFieldStart(name);
        for (LstmStep step : steps) {
            json.writeStartObject();
            json.writeNumberField("token", step.token());
            for (LstmStep.Quantity quantity : LstmStep.Quantity.values()) {
                json.writeObjectFieldStart(quantity.symbol());
                ResultJson.writeDecimal(json, "mean", step.mean(quantity));
                ResultJson.writeDecimal(json, "length", step.norm(quantity));
                if (everything) {
                    json.writeArrayFieldStart("values");
                    for (int unit = 0; unit < step.stateSize(); unit++) {
                        json.writeNumber((float) step.at(quantity, unit));
                    }
                    json.writeEndArray();
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writePath(JsonGenerator json, PathReading path) throws IOException {
        json.writeObjectFieldStart("path");
        writeTexts(json, "tags", path.tags());
        json.writeArrayFieldStart("steps");
        for (PathReading.Step step : path.steps()) {
            json.writeStartObject();
            json.writeStringField("tag", path.tags().get(step.tag()));
            ResultJson.writeDecimal(json, "transition", step.transition());
            ResultJson.writeDecimal(json, "emission", step.emission());
            ResultJson.writeDecimal(json, "probability", step.probability());
            json.writeEndObject();
        }
        json.writeEndArray();
        ResultJson.writeDecimal(json, "end", path.endScore());
        ResultJson.writeDecimal(json, "score", path.score());
        ResultJson.writeDecimal(json, "logZ", path.logZ());
        json.writeEndObject();
    }

    private static void writeAnswer(JsonGenerator json, TextExplanation explanation) throws IOException {
        if (explanation.labels().sentiment().isPresent()) {
            Sentiment sentiment = explanation.labels().sentiment().get();
            json.writeObjectFieldStart("sentiment");
            json.writeStringField("label", sentiment.label());
            json.writeObjectFieldStart("scores");
            for (Map.Entry<String, Double> score : sentiment.scores().entrySet()) {
                ResultJson.writeDecimal(json, score.getKey(), score.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        if (explanation.labels().entities().isPresent()) {
            json.writeArrayFieldStart("entities");
            for (Entity entity : explanation.labels().entities().get()) {
                json.writeStartObject();
                json.writeStringField("type", entity.type());
                json.writeNumberField("start", entity.charStart());
                json.writeNumberField("end", entity.charEnd());
                ResultJson.writeDecimal(json, "score", entity.score());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    private static void writeTexts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static void writeValues(JsonGenerator json, String name, List<? extends Number> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (Number value : values) {
            if (value instanceof Integer whole) {
                json.writeNumber(whole);
            } else {
                json.writeNumber(value.doubleValue());
            }
        }
        json.writeEndArray();
    }

    private static void writeMatrix(JsonGenerator json, String name, FloatMatrix matrix) throws IOException {
        json.writeArrayFieldStart(name);
        for (int row = 0; row < matrix.rows(); row++) {
            writeRow(json, matrix.row(row));
        }
        json.writeEndArray();
    }

    private static void writeMatrix(JsonGenerator json, String name, ScoreMatrix matrix) throws IOException {
        json.writeArrayFieldStart(name);
        for (int row = 0; row < matrix.rows(); row++) {
            float[] values = new float[matrix.columns()];
            for (int column = 0; column < values.length; column++) {
                values[column] = matrix.at(row, column);
            }
            writeRow(json, values);
        }
        json.writeEndArray();
    }

    private static void writeRow(JsonGenerator json, float[] values) throws IOException {
        json.writeStartArray();
        for (float value : values) {
            json.writeNumber(value);
        }
        json.writeEndArray();
    }
}
