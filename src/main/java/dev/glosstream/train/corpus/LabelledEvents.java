package dev.glosstream.train.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.Task;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads labelled events one by one: JSON {@code {"text": …, "label": …}}, or {@code {"text": …, "entities": [{"start": …,
 * "end": …, "type": …}]}} with offsets in UTF-16 units, end exclusive. Other fields are left alone.
 */
public final class LabelledEvents {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Task task;
    private final LabelMap labels;

    /**
     * Creates a reader.
     *
     * @param labels what becomes of the labels
     */
    public LabelledEvents(Task task, LabelMap labels) {
        this.task = task;
        this.labels = labels;
    }

    /**
     * Returns the example of an event; none if its label is left out.
     *
     * @throws CorpusException if it is not such an event, or its labels are not known
     */
    public List<CorpusExample> read(byte[] event) {
        JsonNode node = parse(event);
        String text = text(node, "text");
        List<CorpusExample> examples = new ArrayList<>();
        if (task == Task.SENTIMENT) {
            CorpusExample.ofSentiment(text, text(node, "label")).addTo(examples, labels);
        } else {
            examples.add(CorpusExample.ofEntities(text, entities(node, text.length())));
        }
        return examples;
    }

    private static JsonNode parse(byte[] event) {
        try {
            return JSON.readTree(new String(event, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new CorpusException("expected a JSON object, got something else", e);
        }
    }

    private static String text(JsonNode node, String field) {
        String text = node.path(field).asText("");
        if (text.isBlank()) {
            throw new CorpusException("expected a text in '" + field + "', got nothing");
        }
        return text;
    }

    private List<Entity> entities(JsonNode node, int length) {
        if (!node.path("entities").isArray()) {
            throw new CorpusException("expected a list in 'entities', got nothing");
        }
        List<Entity> entities = new ArrayList<>();
        for (JsonNode each : node.path("entities")) {
            int start = each.path("start").asInt(-1);
            int end = each.path("end").asInt(-1);
            if (start < 0 || end <= start || end > length) {
                throw new CorpusException(
                        "expected entities with start and end within 0 to " + length + ", got " + start + " to " + end);
            }
            String type = labels.ofType(text(each, "type"));
            if (type != null) {
                entities.add(new Entity(type, start, end, 1));
            }
        }
        entities.sort(Comparator.comparingInt(Entity::charStart));
        for (int index = 1; index < entities.size(); index++) {
            if (entities.get(index).charStart() < entities.get(index - 1).charEnd()) {
                throw new CorpusException("expected entities that do not overlap, got some that do");
            }
        }
        return entities;
    }
}
