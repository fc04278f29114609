package dev.glosstream.topology;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.streams.TopologyDescription;

/**
 * A topology as a Mermaid flowchart: topics, processors and stores, and what flows between them.
 *
 * <p>Deterministic. Sources and sinks are not drawn, their topics are.
 *
 * @see <a href="https://mermaid.js.org/syntax/flowchart.html">Mermaid, flowcharts</a>
 */
public final class MermaidDiagram {
    private MermaidDiagram() {}

    /** Returns the lines of the diagram, each ending in a line feed. */
    public static String of(TopologyDescription topology) {
        Set<String> shapes = new TreeSet<>();
        Set<String> arrows = new TreeSet<>();
        nodes(topology).forEach(node -> {
            shapes.addAll(shapes(node));
            arrows.addAll(arrows(node));
        });
        StringBuilder text = new StringBuilder("flowchart LR\n");
        Stream.concat(shapes.stream(), arrows.stream())
                .forEach(line -> text.append("  ").append(line).append('\n'));
        return text.toString();
    }

    private static Stream<TopologyDescription.Node> nodes(TopologyDescription topology) {
        return topology.subtopologies().stream()
                .sorted(Comparator.comparingInt(TopologyDescription.Subtopology::id))
                .flatMap(part -> part.nodes().stream());
    }

    private static List<String> shapes(TopologyDescription.Node node) {
        if (node instanceof TopologyDescription.Processor processor) {
            Stream<String> stores = processor.stores().stream().map(store -> id("store", store) + "[(" + store + ")]");
            return Stream.concat(Stream.of(id("step", node.name()) + "[" + node.name() + "]"), stores)
                    .toList();
        }
        return topics(node)
                .map(topic -> id("topic", topic) + "([" + label(topic) + "])")
                .toList();
    }

    private static List<String> arrows(TopologyDescription.Node node) {
        if (node instanceof TopologyDescription.Source) {
            return topics(node)
                    .flatMap(topic -> node.successors().stream()
                            .flatMap(MermaidDiagram::ends)
                            .map(end -> id("topic", topic) + " --> " + end))
                    .toList();
        }
        if (node instanceof TopologyDescription.Processor processor) {
            String from = id("step", node.name());
            Stream<String> stores = processor.stores().stream().map(store -> from + " <--> " + id("store", store));
            Stream<String> next =
                    node.successors().stream().flatMap(MermaidDiagram::ends).map(end -> from + " --> " + end);
            return Stream.concat(next, stores).toList();
        }
        return List.of();
    }

    /** Where an arrow to a node ends: at the processor, or at the topics behind a sink. */
    private static Stream<String> ends(TopologyDescription.Node node) {
        return node instanceof TopologyDescription.Sink
                ? topics(node).map(topic -> id("topic", topic))
                : Stream.of(id("step", node.name()));
    }

    private static Stream<String> topics(TopologyDescription.Node node) {
        if (node instanceof TopologyDescription.Source source) {
            return source.topicSet() == null ? Stream.of(source.topicPattern().pattern()) : source.topicSet().stream();
        }
        return node instanceof TopologyDescription.Sink sink ? Stream.of(sink.topic()) : Stream.of();
    }

    /** A name as it is, an expression in quotes, because its characters mean something to Mermaid. */
    private static String label(String topic) {
        return topic.matches("[A-Za-z0-9._-]+") ? topic : '"' + topic.replace("\"", "#quot;") + '"';
    }

    private static String id(String kind, String name) {
        return kind + "_" + name.replaceAll("[^A-Za-z0-9]", "_");
    }
}
