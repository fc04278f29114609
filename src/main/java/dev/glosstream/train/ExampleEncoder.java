package dev.glosstream.train;

import dev.glosstream.label.BioCodec;
import dev.glosstream.label.TokenSpan;
import dev.glosstream.sequence.BioTagSet;
import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.Task;
import dev.glosstream.sequence.Token;
import dev.glosstream.sequence.TokenIds;
import dev.glosstream.sequence.TokenizedText;
import dev.glosstream.tokenize.TokenEncoder;
import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.corpus.CorpusException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns labelled texts into ids and targets, with the tokenizer and vocabularies that serve. */
final class ExampleEncoder {
    private final Task task;
    private final List<String> labels;
    private final TokenEncoder encoder;

    ExampleEncoder(Task task, List<String> labels, TokenEncoder encoder) {
        this.task = task;
        this.labels = List.copyOf(labels);
        this.encoder = encoder;
    }

    EncodedExample encode(CorpusExample example, TokenizedText text) {
        TokenIds ids = encoder.encode(text);
        int[] targets = task == Task.SENTIMENT
                ? new int[] {labelOf(example)}
                : Arrays.copyOf(tags(example, text), ids.sequenceLength());
        return new EncodedExample(ids, targets);
    }

    private int labelOf(CorpusExample example) {
        int label = labels.indexOf(example.label());
        if (label < 0) {
            throw new CorpusException("example: expected a label of " + labels + ", got '" + example.label() + "'");
        }
        return label;
    }

    private int[] tags(CorpusExample example, TokenizedText text) {
        List<TokenSpan> spans = tokenSpans(example.entities(), text);
        return BioCodec.encode(BioTagSet.of(labels), spans, text.tokens().size());
    }

    /** Carries character spans to tokens: a token belongs to an entity if they share a character. */
    private List<TokenSpan> tokenSpans(List<Entity> entities, TokenizedText text) {
        List<Token> tokens = text.tokens();
        List<TokenSpan> spans = new ArrayList<>();
        int position = 0;
        for (Entity entity : entities) {
            while (position < tokens.size() && tokens.get(position).charEnd() <= entity.charStart()) {
                position++;
            }
            int start = position;
            while (position < tokens.size() && tokens.get(position).charStart() < entity.charEnd()) {
                position++;
            }
            int type = labels.indexOf(entity.type());
            if (position > start && type >= 0) {
                spans.add(new TokenSpan(type, start, position));
            }
        }
        return spans;
    }
}
