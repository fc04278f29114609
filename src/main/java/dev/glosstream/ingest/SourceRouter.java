package dev.glosstream.ingest;

import dev.glosstream.config.SourceTopics;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decodes each record in the format of the source that its topic belongs to: the one that names it, or else the first whose
 * pattern it follows. One thread at a time.
 */
public final class SourceRouter implements SourceDecoder {
    private final List<Route> routes;
    private final Map<String, Optional<SourceDecoder>> decoderByTopic = new HashMap<>();

    /**
     * Where records of some topics are decoded.
     *
     * @param topics the topics
     * @param decoder their format
     */
    public record Route(SourceTopics topics, SourceDecoder decoder) {}

    /** Creates a router. */
    public SourceRouter(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    @Override
    public Outcome<SourceEvent> decode(InputRecord record) {
        String topic = record.source().topic();
        Optional<SourceDecoder> decoder = decoderByTopic.computeIfAbsent(topic, this::decoderOf);
        return decoder.isPresent()
                ? decoder.get().decode(record)
                : Outcome.rejected(
                        RejectionReason.UNKNOWN_SOURCE,
                        "topic: expected one of the pipeline's sources, got '" + topic + "'");
    }

    private Optional<SourceDecoder> decoderOf(String topic) {
        return routes.stream()
                .filter(route -> route.topics().names().contains(topic))
                .findFirst()
                .or(() -> routes.stream()
                        .filter(route -> route.topics().contain(topic))
                        .findFirst())
                .map(Route::decoder);
    }
}
