package dev.glosstream.train;

import dev.glosstream.config.Setting;
import dev.glosstream.config.SettingsSection;
import dev.glosstream.config.TextRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Reads the lists of corpora of a recipe: each a source, or a section with a source. */
final class CorpusSection {
    private CorpusSection() {}

    /**
     * Reads a list.
     *
     * @param folder of the recipe
     */
    static Supplier<List<CorpusChoice>> read(SettingsSection root, String key, Path folder) {
        List<Supplier<CorpusChoice>> choices = new ArrayList<>();
        for (SettingsSection corpus : root.sections(key, "source")) {
            Setting<String> source = corpus.string("source", TextRule.NOT_EMPTY).required();
            Setting<Double> keep = corpus.decimal("keep", 1e-6, 1);
            Setting<Double> weight = corpus.decimal("weight", 1e-6, 1e6);
            Setting<Double> balance = corpus.decimal("balance", 0, 1);
            Setting<Boolean> taught = corpus.flag("taught");
            Setting<Double> namedReplies = corpus.decimal("namedReplies", 0, 1);
            Setting<Double> plainReplies = corpus.decimal("plainReplies", 0, 1);
            Map<String, String> labels = corpus.section("labels").textsOrNothing();
            choices.add(() -> {
                CorpusChoice plain = CorpusChoice.parse(source.get());
                return new CorpusChoice(
                                plain.source(),
                                keep.orElse(plain.keep()),
                                weight.orElse(1.0),
                                balance.orElse(0.0),
                                taught.orElse(true),
                                new ReplyCopies(namedReplies.orElse(0.0), plainReplies.orElse(0.0)),
                                labels)
                        .beside(folder);
            });
        }
        return () -> choices.stream().map(Supplier::get).toList();
    }
}
