package dev.glosstream.train.evaluate.page;

import dev.glosstream.train.evaluate.Comparison;
import dev.glosstream.train.evaluate.Measured;
import java.util.List;
import java.util.Optional;

/**
 * What was measured on one set of texts.
 *
 * @param data name of the texts
 * @param bundles one bundle, or the two that are compared
 * @param comparison of the two
 */
public record PageSection(String data, List<Measured> bundles, Optional<Comparison> comparison) {

    /** Copies the bundles, and validates that two are compared and one is not. */
    public PageSection {
        bundles = List.copyOf(bundles);
        if (bundles.size() != (comparison.isPresent() ? 2 : 1)) {
            throw new IllegalArgumentException(
                    "page section: expected one bundle, or two and their comparison, got " + bundles.size());
        }
    }
}
