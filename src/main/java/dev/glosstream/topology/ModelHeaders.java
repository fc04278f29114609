package dev.glosstream.topology;

import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.Task;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/** The headers that say which model answered: {@code glosstream.model.<task>} = {@code name@version}. Immutable. */
public final class ModelHeaders {
    private static final String PREFIX = "glosstream.model.";

    private final Map<Task, Header> ids = new EnumMap<>(Task.class);

    /**
     * Creates the headers of these models.
     *
     * @param bundles at most one per task
     */
    public ModelHeaders(List<ModelBundle> bundles) {
        bundles.forEach(bundle -> ids.put(
                bundle.task(),
                new RecordHeader(PREFIX + bundle.task().code(), bundle.id().getBytes(StandardCharsets.UTF_8))));
    }

    /** Adds the headers of all models, in place of any of the same name, and of the reason of an earlier rejection. */
    public Headers addAll(Headers headers) {
        ids.keySet().forEach(task -> add(headers, task));
        return headers.remove(DeadLetters.REASON_HEADER);
    }

    /** Removes the headers of all these models: they did not answer. */
    public Headers removeAll(Headers headers) {
        ids.keySet().forEach(task -> remove(headers, task));
        return headers;
    }

    /** Removes the header of the model of a task, whichever it names. */
    static void remove(Headers headers, Task task) {
        headers.remove(PREFIX + task.code());
    }

    /** Adds the header of one task's model, in place of any of the same name. */
    public Headers add(Headers headers, Task task) {
        Header id = ids.get(task);
        if (id == null) {
            throw new IllegalStateException("task '" + task.code() + "': expected a model, got none");
        }
        return headers.remove(id.key()).add(id);
    }
}
