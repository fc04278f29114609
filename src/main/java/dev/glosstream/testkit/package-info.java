/**
 * For users' tests: models by rule, and topologies without a broker that can crash and come back.
 *
 * <p>In: rules, texts, records. Out: assertions, each one readable line, failing with an {@link java.lang.AssertionError}
 * that shows both sides. {@link dev.glosstream.testkit.RuleModels} stands for model bundles, {@link
 * dev.glosstream.testkit.TextHarness} pipes texts through an enricher or the product's pipeline, {@link
 * dev.glosstream.testkit.TopologyHarness} runs a topology of the user's own, {@link dev.glosstream.testkit.Scenarios} crash
 * it everywhere. Needs {@code kafka-streams-test-utils}, which a user adds to the tests; may touch everything but {@code
 * app} and {@code train}. No native code, no clock but that of the test.
 *
 * <pre>
 *   RuleModels ─► SharedModels ─► EnricherSettings ─► topology ─► TopologyHarness ─► send, advance, crash, expect…
 * </pre>
 */
@NullMarked
package dev.glosstream.testkit;

import org.jspecify.annotations.NullMarked;
