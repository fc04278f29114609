package dev.glosstream.pipeline;

import dev.glosstream.config.LimitSettings;
import dev.glosstream.ingest.TextRules;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.observe.PipelineListener;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.Task;
import dev.glosstream.sequence.TokenIds;
import dev.glosstream.sequence.TokenizedText;
import dev.glosstream.tokenize.TokenEncoders;
import dev.glosstream.tokenize.Tokenizer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The stages before the window: check, tokenize, look up. Any number of threads may share one. */
public final class TextPreparer {
    private final TextRules rules;
    private final Tokenizer tokenizer = new Tokenizer();
    private final List<Reader> readers = new ArrayList<>();
    private final TokenEncoders encoders;
    private final PipelineListener listener;

    /** A bundle that stands for the models of some tasks that all read the same. */
    private record Reader(ModelBundle bundle, Set<Task> tasks) {}

    /**
     * Creates a preparer that nobody listens to.
     *
     * @param bundles the models that will read the texts, at most one per task
     * @param limits what is refused
     */
    public TextPreparer(List<ModelBundle> bundles, LimitSettings limits) {
        this(bundles, limits, PipelineListener.SILENT);
    }

    /**
     * Creates a preparer.
     *
     * @param bundles the models that will read the texts, at most one per task
     * @param limits what is refused
     * @param listener hears of every text
     */
    public TextPreparer(List<ModelBundle> bundles, LimitSettings limits, PipelineListener listener) {
        this.listener = listener;
        this.rules = new TextRules(limits);
        Set<Task> tasks = EnumSet.noneOf(Task.class);
        for (ModelBundle bundle : bundles) {
            if (!tasks.add(bundle.task())) {
                throw new IllegalArgumentException("models: expected one per task, got two for '"
                        + bundle.task().code() + "'");
            }
            add(bundle);
        }
        this.encoders = TokenEncoders.of(readers.stream().map(Reader::bundle).toList());
    }

    private void add(ModelBundle bundle) {
        for (Reader reader : readers) {
            if (reader.bundle().readsLike(bundle)) {
                reader.tasks().add(bundle.task());
                return;
            }
        }
        readers.add(new Reader(bundle, EnumSet.of(bundle.task())));
    }

    /** Checks and tokenizes a text and looks its tokens up. */
    public Outcome<PreparedText> prepare(String text) {
        long mark = listener.preparing();
        Outcome<PreparedText> prepared = rules.check(text).then(this::tokenize);
        listener.prepared(mark);
        return prepared;
    }

    private Outcome<PreparedText> tokenize(String text) {
        TokenizedText tokenized = tokenizer.tokenize(text);
        if (tokenized.tokens().isEmpty()) {
            return TextRules.blank();
        }
        Map<Task, TokenIds> ids = new EnumMap<>(Task.class);
        List<TokenIds> encoded = encoders.encode(tokenized);
        for (int index = 0; index < readers.size(); index++) {
            TokenIds read = encoded.get(index);
            readers.get(index).tasks().forEach(task -> ids.put(task, read));
        }
        return Outcome.accepted(new PreparedText(tokenized, ids));
    }
}
