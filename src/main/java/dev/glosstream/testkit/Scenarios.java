package dev.glosstream.testkit;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** What every pipeline must survive, ready-made: for a topology of one's own, or for texts through an enricher. */
public final class Scenarios {
    private Scenarios() {}

    /**
     * Asserts that crashes change nothing: runs the steps without any, then again with a crash after each one in turn, then
     * with a crash after every one; each time the outcome must be the same.
     *
     * @param fresh starts the topology as new; each harness is closed here
     * @param steps what happens to it: records sent, time advanced; enough time at the end for everything to leave
     * @param outcome what must not change, with an {@code equals} and a {@code toString}: say, the lines of its outputs; an
     *     empty collection fails, because nothing is proved by it
     */
    public static <H extends Crashable> void crashAnywhere(
            Supplier<H> fresh, List<Consumer<H>> steps, Function<H, ?> outcome) {
        Object undisturbed = run(fresh, steps, outcome, after -> false);
        if (undisturbed instanceof Collection<?> results && results.isEmpty()) {
            throw new AssertionError("outcome without a crash: expected results, got none;"
                    + " let the steps send something, and advance the clock until it has left");
        }
        for (int place = 0; place < steps.size(); place++) {
            int crash = place;
            Expectations.same(
                    "outcome with a crash after step " + (place + 1) + " of " + steps.size(),
                    undisturbed,
                    run(fresh, steps, outcome, after -> after == crash));
        }
        Expectations.same(
                "outcome with a crash after every step", undisturbed, run(fresh, steps, outcome, after -> true));
    }

    private static <H extends Crashable> Object run(
            Supplier<H> fresh, List<Consumer<H>> steps, Function<H, ?> outcome, Function<Integer, Boolean> crashes) {
        try (H harness = fresh.get()) {
            for (int step = 0; step < steps.size(); step++) {
                steps.get(step).accept(harness);
                if (crashes.apply(step)) {
                    harness.crash();
                }
            }
            return outcome.apply(harness);
        }
    }

    /**
     * Asserts that a model which breaks down loses nothing: sends texts until the window closes on the broken model, repairs
     * it, crashes, and expects every text labelled as without the fault, once and in order.
     *
     * @param fresh starts texts through an enricher or the product's pipeline as new; closed here
     * @param models behind it
     * @param longEnough for a window to close
     */
    public static void modelFault(
            Supplier<TextHarness> fresh, RuleModels models, Duration longEnough, String... texts) {
        List<String> undisturbed;
        try (TextHarness harness = fresh.get()) {
            sendAll(harness, texts);
            undisturbed = harness.advance(longEnough).everything();
        }
        models.breakDown();
        try (TextHarness harness = fresh.get()) {
            boolean failed = fails(() -> {
                sendAll(harness, texts);
                harness.advance(longEnough);
            });
            models.repair();
            if (!failed) {
                throw new AssertionError(
                        "model fault: expected the topology to stop, got none; send a text it can read");
            }
            harness.crash();
            for (int next = harness.sent(); next < texts.length; next++) {
                harness.send("text-" + next, texts[next]);
            }
            Expectations.same(
                    "results after a model fault",
                    undisturbed,
                    harness.advance(longEnough).everything());
        } finally {
            models.repair();
        }
    }

    /**
     * Asserts that poison hurts nobody else: sends the texts with a poisoned one in each place in turn; the poison must be
     * rejected as {@code inference-failed}, and every other text answered as without it.
     *
     * @param fresh starts texts through an enricher or the product's pipeline as new; closed here
     * @param longEnough for a window to close
     * @param poison a text on which the models fail
     */
    public static void poison(Supplier<TextHarness> fresh, Duration longEnough, String poison, String... texts) {
        List<String> undisturbed;
        try (TextHarness harness = fresh.get()) {
            sendAll(harness, texts);
            undisturbed = harness.advance(longEnough).everything();
        }
        for (int place = 0; place <= texts.length; place++) {
            try (TextHarness harness = fresh.get()) {
                for (int next = 0; next <= texts.length; next++) {
                    if (next == place) {
                        harness.send("poison", poison);
                    }
                    if (next < texts.length) {
                        harness.send("text-" + next, texts[next]);
                    }
                }
                harness.advance(longEnough);
                List<String> got = harness.everything();
                Expectations.same(
                        "rejection of the poison",
                        1L,
                        got.stream().filter("poison: inference-failed"::equals).count());
                Expectations.same(
                        "results beside poison in place " + (place + 1),
                        undisturbed,
                        got.stream()
                                .filter(line -> !line.startsWith("poison: "))
                                .toList());
            }
        }
    }

    private static void sendAll(TextHarness harness, String... texts) {
        for (int next = 0; next < texts.length; next++) {
            harness.send("text-" + next, texts[next]);
        }
    }

    private static boolean fails(Runnable steps) {
        try {
            steps.run();
            return false;
        } catch (RuntimeException fault) {
            return true;
        }
    }
}
