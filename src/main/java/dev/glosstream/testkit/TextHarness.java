package dev.glosstream.testkit;

import dev.glosstream.config.PipelineSettings;
import dev.glosstream.enricher.EnricherSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Texts through an enricher or through the product's pipeline, without a broker, and what comes out as lines:
 *
 * <pre>{@code
 * try (TextHarness texts = TextHarness.ofEnricher(settings)) {
 *     texts.send("a", "lovely flat in Leeds").send("b", " ").advance(Duration.ofMillis(40));
 *
 *     texts.expectLabels("a: positive [Leeds LOC]");
 *     texts.expectDeadLetters("b: blank-text");
 *     texts.expectOrder("a", "b");
 * }
 * }</pre>
 *
 * <p>Each {@code expect…} compares what came since it was last called. One thread.
 */
public final class TextHarness implements Crashable {
    private final TextTopology topology;
    private int sent;
    private int labelsSeen;
    private int lettersSeen;
    private int orderSeen;

    private TextHarness(TextTopology topology) {
        this.topology = topology;
    }

    /** Starts an enricher of texts under these settings; keys and values are strings. */
    public static TextHarness ofEnricher(EnricherSettings settings) {
        return new TextHarness(new EnricherTexts(settings));
    }

    /**
     * Starts the product's pipeline under these settings, for text events in the format that needs no registry.
     *
     * @param models those of the settings' tasks answer; the settings' model folders are not read
     */
    public static TextHarness ofPipeline(PipelineSettings settings, RuleModels models) {
        return new TextHarness(new PipelineTexts(settings, models));
    }

    /**
     * Sends a text.
     *
     * @param key of the record, and id of the event
     */
    public TextHarness send(String key, String text) {
        sent++;
        topology.send(key, text);
        return this;
    }

    /** Returns how many texts were sent, whatever became of them. */
    public int sent() {
        return sent;
    }

    /** Moves the clock. */
    public TextHarness advance(Duration time) {
        topology.harness().advance(time);
        return this;
    }

    @Override
    public TextHarness crash() {
        topology.harness().crash();
        return this;
    }

    /** Returns the topology underneath. */
    public TopologyHarness harness() {
        return topology.harness();
    }

    /**
     * Asserts what was labelled, in order: {@code key: sentiment [entity TYPE] [entity TYPE]}, without what no model
     * answers.
     */
    public TextHarness expectLabels(String... lines) {
        List<String> all = topology.labelled();
        Expectations.same("labels", List.of(lines), all.subList(labelsSeen, all.size()));
        labelsSeen = all.size();
        return this;
    }

    /** Asserts what was rejected, in order: {@code key: reason}. */
    public TextHarness expectDeadLetters(String... lines) {
        List<String> all = topology.deadLetters();
        Expectations.same("dead letters", List.of(lines), all.subList(lettersSeen, all.size()));
        lettersSeen = all.size();
        return this;
    }

    /** Asserts the keys in the order in which they left: of an enricher all, of the pipeline those that were labelled. */
    public TextHarness expectOrder(String... keys) {
        List<String> all = topology.order();
        Expectations.same("order", List.of(keys), all.subList(orderSeen, all.size()));
        orderSeen = all.size();
        return this;
    }

    /** Asserts how many texts wait for their window to close. */
    public TextHarness expectWaiting(int expected) {
        topology.harness().expectWaiting(expected);
        return this;
    }

    /** Returns every line of labels and dead letters so far: those of labels first, each in order. */
    public List<String> everything() {
        List<String> lines = new ArrayList<>(topology.labelled());
        lines.addAll(topology.deadLetters());
        return lines;
    }

    @Override
    public void close() {
        topology.harness().close();
    }
}
