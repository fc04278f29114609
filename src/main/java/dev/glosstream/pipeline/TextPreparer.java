package dev.glosstream.pipeline;

import dev.glosstream.config.LimitSettings;
import dev.glosstream.ingest.TextRules;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.Task;
import dev.glosstream.sequence.TokenIds;
import dev.glosstream.sequence.TokenizedText;
import dev.glosstream.tokenize.TokenEncoder;
import dev.glosstream.tokenize.Tokenizer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The stages before the window: check, tokenize, look up. Immutable; any number of threads may share one. */
public final class TextPreparer {
    private final TextRules rules;
    private final Tokenizer tokenizer = new Tokenizer();
    private final Map<Task, TokenEncoder> encoders = new EnumMap<>(Task.class);

    /**
     * Creates a preparer.
     *
     * @param bundles the models that will read the texts, at most one per task
     * @param limits what is refused
     */
    public TextPreparer(List<ModelBundle> bundles, LimitSettings limits) {
        this.rules = new TextRules(limits);
        for (ModelBundle bundle : bundles) {
            if (encoders.put(bundle.task(), TokenEncoder.of(bundle)) != null) {
                throw new IllegalArgumentException("models: expected one per task, got two for '"
                        + bundle.task().code() + "'");
            }
        }
    }

    /** Checks and tokenizes a text and looks its tokens up. */
    public Outcome<PreparedText> prepare(String text) {
        return rules.check(text).then(this::tokenize);
    }

    private Outcome<PreparedText> tokenize(String text) {
        TokenizedText tokenized = tokenizer.tokenize(text);
        if (tokenized.tokens().isEmpty()) {
            return TextRules.blank();
        }
        Map<Task, TokenIds> ids = new EnumMap<>(Task.class);
        encoders.forEach((task, encoder) -> ids.put(task, encoder.encode(tokenized)));
        return Outcome.accepted(new PreparedText(tokenized, ids));
    }
}
