package dev.glosstream.app;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Everything that the shipped dashboard and the shipped alerts ask Prometheus. */
final class DeployedQueries {
    static final Path DASHBOARD = Path.of("deploy/grafana/glosstream.json");
    static final Path ALERTS = Path.of("deploy/prometheus/alerts.yaml");
    static final Path SCRAPE = Path.of("deploy/prometheus/prometheus.yml");

    /** Labels that Prometheus adds to whatever it scrapes. */
    static final Set<String> OF_THE_TARGET = Set.of("job", "instance");

    private DeployedQueries() {}

    static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(Files.readAllBytes(DASHBOARD));
    }

    static Map<String, Object> yaml(Path file) throws IOException {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    }

    @SuppressWarnings("unchecked") // YAML has no types
    static List<Map<String, Object>> rules() throws IOException {
        List<Map<String, Object>> rules = new ArrayList<>();
        for (Map<String, Object> group :
                (List<Map<String, Object>>) requireNonNull(yaml(ALERTS).get("groups"))) {
            rules.addAll((List<Map<String, Object>>) requireNonNull(group.get("rules")));
        }
        return rules;
    }

    /** Returns every expression of both. */
    static List<String> expressions() throws IOException {
        List<String> expressions = new ArrayList<>();
        dashboard().get("panels").findValues("expr").forEach(one -> expressions.add(one.asText()));
        rules().forEach(rule -> expressions.add(String.valueOf(rule.get("expr"))));
        return expressions;
    }

    /** Returns every metric that is named, and for each the labels that are asked of it or grouped by. */
    static Map<String, Set<String>> metrics() throws IOException {
        Map<String, Set<String>> metrics = new TreeMap<>();
        for (String expression : expressions()) {
            PromQl parsed = PromQl.parse(expression);
            parsed.metrics().forEach((metric, labels) -> {
                Set<String> all = metrics.computeIfAbsent(metric, name -> new TreeSet<>());
                all.addAll(labels);
                all.addAll(parsed.grouping());
            });
        }
        metrics.values().forEach(labels -> labels.removeAll(OF_THE_TARGET));
        return metrics;
    }
}
