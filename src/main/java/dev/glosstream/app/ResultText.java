package dev.glosstream.app;

import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Rejection;
import dev.glosstream.sequence.Sentiment;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Results for a person: the sentiment with its probability, then the text with its entities highlighted in place, {@code
 * [Paris LOC]}, on one line.
 */
final class ResultText implements ResultPrinter {
    private static final String RESET = "\u001B[0m";
    private static final String DIM = "\u001B[2m";
    private static final String RED = "\u001B[31m";
    private static final Map<String, String> SENTIMENT_COLOURS =
            Map.of("negative", RED, "positive", "\u001B[32m", "neutral", "\u001B[33m");
    private static final Map<String, String> ENTITY_COLOURS =
            Map.of("PER", "\u001B[1;36m", "LOC", "\u001B[1;34m", "ORG", "\u001B[1;35m");
    private static final String OTHER_ENTITY = "\u001B[1m";
    private static final int LABEL_WIDTH = 8;

    private final boolean colour;

    /** Creates a printer, with colours (ANSI) or without. */
    ResultText(boolean colour) {
        this.colour = colour;
    }

    @Override
    public String line(TextResult result) {
        StringBuilder out = new StringBuilder();
        return result.outcome()
                .fold(
                        labels -> labelled(out, result.text().orElse(""), labels),
                        rejection -> refused(out, result, rejection))
                .toString();
    }

    private StringBuilder labelled(StringBuilder out, String text, Labels labels) {
        labels.sentiment().ifPresent(sentiment -> appendSentiment(out, sentiment));
        appendHighlighted(out, text, labels.entities().orElse(List.of()));
        if (labels.truncated()) {
            append(out, DIM, "  (" + labels.tokenCount() + " tokens, only the first were read)");
        }
        return out;
    }

    private void appendSentiment(StringBuilder out, Sentiment sentiment) {
        String label = sentiment.label()
                + " ".repeat(Math.max(0, LABEL_WIDTH - sentiment.label().length()));
        append(out, SENTIMENT_COLOURS.getOrDefault(sentiment.label(), ""), label);
        out.append(String.format(Locale.ROOT, " %.2f  ", sentiment.score()));
    }

    private void appendHighlighted(StringBuilder out, String text, List<Entity> entities) {
        int position = 0;
        for (Entity entity : entities) {
            SafeText.append(out, text.substring(position, entity.charStart()));
            StringBuilder span = new StringBuilder("[");
            SafeText.append(span, entity.textOf(text));
            append(out, ENTITY_COLOURS.getOrDefault(entity.type(), OTHER_ENTITY), span + " " + entity.type() + "]");
            position = entity.charEnd();
        }
        SafeText.append(out, text.substring(position));
    }

    private StringBuilder refused(StringBuilder out, TextResult result, Rejection rejection) {
        append(out, RED, "refused ");
        out.append(' ').append(rejection.reason().code()).append(": ");
        SafeText.append(out, rejection.detail());
        if (!result.origin().isEmpty()) {
            StringBuilder origin = new StringBuilder("  (");
            result.origin()
                    .forEach((name, value) ->
                            origin.append(name).append(' ').append(value).append(", "));
            origin.setLength(origin.length() - 2);
            append(out, DIM, origin + ")");
        }
        return out;
    }

    private void append(StringBuilder out, String style, String text) {
        if (colour && !style.isEmpty()) {
            out.append(style).append(text).append(RESET);
        } else {
            out.append(text);
        }
    }
}
