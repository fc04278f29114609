package dev.glosstream.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glosstream.train.evaluate.Comparison;
import dev.glosstream.train.evaluate.ConfusionMatrix;
import dev.glosstream.train.evaluate.Measured;
import dev.glosstream.train.evaluate.Report;
import dev.glosstream.train.evaluate.page.PageSection;
import java.util.List;

/** Evaluations as JSON; no text of the data is in it. */
final class EvaluationJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EvaluationJson() {}

    /** Returns the measures of one bundle. */
    static ObjectNode ofBundle(String bundle, List<PageSection> sections) {
        ObjectNode json = JSON.createObjectNode().put("model", bundle);
        ArrayNode results = json.putArray("results");
        sections.forEach(section -> add(
                results.addObject().put("data", section.data()),
                section.bundles().get(0)));
        return json;
    }

    /** Returns the measures of two bundles and how they differ. */
    static ObjectNode ofComparison(List<PageSection> sections) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode models = json.putArray("models");
        sections.get(0).bundles().forEach(measured -> models.add(measured.bundle()));
        ArrayNode results = json.putArray("results");
        for (PageSection section : sections) {
            ObjectNode entry = results.addObject().put("data", section.data());
            ArrayNode bundles = entry.putArray("models");
            section.bundles().forEach(measured -> add(bundles.addObject().put("model", measured.bundle()), measured));
            section.comparison().ifPresent(comparison -> add(entry, comparison));
        }
        return json;
    }

    private static void add(ObjectNode json, Measured measured) {
        Report report = measured.report();
        json.putObject("precision")
                .put("code", measured.precision().code())
                .put("reason", measured.precision().reason());
        measured.recorded().forEach(json.putObject("metrics")::put);
        report.refused().forEach(json.putObject("refused")::put);
        ArrayNode classes = json.putArray("classes");
        report.rows().forEach(row -> classes.addObject()
                .put("label", row.name())
                .put("precision", row.precision())
                .put("recall", row.recall())
                .put("f1", row.f1())
                .put("support", row.support())
                .put("predicted", row.predicted()));
        add(json.putObject("confusion"), report.confusion());
        ArrayNode bins = json.putArray("reliability");
        report.reliability().bins().forEach(bin -> bins.addObject()
                .put("low", bin.low())
                .put("high", bin.high())
                .put("answers", bin.answers())
                .put("confidence", bin.confidence())
                .put("right", bin.right()));
        ArrayNode lengths = json.putArray("lengths");
        report.lengths().forEach(bin -> lengths.addObject()
                .put("tokens", bin.name())
                .put("texts", bin.texts())
                .put("error", bin.error()));
    }

    private static void add(ObjectNode json, ConfusionMatrix matrix) {
        matrix.rows().forEach(json.putArray("true")::add);
        matrix.columns().forEach(json.putArray("answered")::add);
        ArrayNode counts = json.putArray("counts");
        matrix.counts().forEach(row -> row.forEach(counts.addArray()::add));
    }

    private static void add(ObjectNode json, Comparison comparison) {
        ObjectNode differences = json.putObject("differences");
        comparison.differences().forEach((name, difference) -> differences
                .putObject(name)
                .put("first", difference.first())
                .put("second", difference.second())
                .put("difference", difference.value())
                .put("low", difference.interval().low())
                .put("high", difference.interval().high())
                .put("p", difference.pValue()));
        Comparison.Agreement agreement = comparison.agreement();
        json.putObject("texts")
                .put("bothRight", agreement.bothRight())
                .put("onlyFirst", agreement.onlyFirst())
                .put("onlySecond", agreement.onlySecond())
                .put("bothWrong", agreement.bothWrong())
                .put("different", agreement.different())
                .put("mcNemar", agreement.pValue());
    }
}
