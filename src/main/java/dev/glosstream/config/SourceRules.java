package dev.glosstream.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the sources of one pipeline must be beside one another and beside its outputs. */
final class SourceRules {
    private SourceRules() {}

    /**
     * Requires sources that are apart from one another and do not read what the pipeline writes.
     *
     * @throws IllegalArgumentException naming the source
     */
    static void require(
            List<SourceSettings> sources, List<String> outputs, String applicationId, OutputSettings output) {
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("sources: expected at least one, got none");
        }
        SourceTopics.joined(sources.stream().map(SourceSettings::topics).toList());
        Set<String> names = new HashSet<>();
        for (SourceSettings source : sources) {
            for (String name : source.topics().names()) {
                if (!names.add(name)) {
                    throw new IllegalArgumentException("sources: expected each topic once, got '" + name + "' twice");
                }
            }
            requireNoLoop(source.topics(), outputs, applicationId);
            if (output.mode() == OutputMode.APPEND && source.format() == SourceFormat.STRING) {
                throw new IllegalArgumentException("output.mode: expected wrap, because a plain string (source "
                        + source.topics() + ") takes no further field, got append");
            }
        }
    }

    /**
     * Requires schemas for sources that cannot get them from a registry.
     *
     * @throws IllegalArgumentException naming the source
     */
    static void requireSchemas(List<SourceSettings> sources) {
        for (SourceSettings source : sources) {
            if (source.format() == SourceFormat.AVRO && source.schemas().isEmpty()) {
                throw new IllegalArgumentException("source " + source.topics()
                        + ": expected schemas, or a registry, in format 'avro', got neither");
            }
        }
    }

    private static void requireNoLoop(SourceTopics topics, List<String> outputs, String applicationId) {
        for (String output : outputs) {
            if (topics.contain(output)) {
                throw new IllegalArgumentException(
                        "source " + topics + ": expected no output topic of the pipeline, got '" + output
                                + "', whose records would come back for ever");
            }
        }
        String internal = applicationId + "-";
        if (!topics.pattern().isEmpty() && topics.contain(internal + "window-store-changelog")) {
            throw new IllegalArgumentException("source " + topics
                    + ": expected no internal topic of the pipeline, got those that begin with '" + internal + "'");
        }
    }
}
