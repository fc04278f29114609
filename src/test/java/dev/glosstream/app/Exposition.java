package dev.glosstream.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text that Prometheus scrapes, read. */
final class Exposition {
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");

    private final List<Sample> samples = new ArrayList<>();
    private final Map<String, String> types = new TreeMap<>();

    /** One line: a series and its value. */
    record Sample(String name, Map<String, String> labels, double value) {}

    private Exposition() {}

    static Exposition parse(String text) {
        Exposition exposition = new Exposition();
        for (String line : text.lines().filter(one -> !one.isBlank()).toList()) {
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (type.matches()) {
                exposition.types.put(type.group(1), type.group(2));
            } else if (!line.startsWith("#")) {
                if (!sample.matches()) {
                    throw new AssertionError("no sample: " + line);
                }
                exposition.samples.add(new Sample(
                        sample.group(1),
                        labels(Optional.ofNullable(sample.group(2)).orElse("")),
                        number(sample.group(3))));
            }
        }
        return exposition;
    }

    private static double number(String text) {
        return text.endsWith("Inf")
                ? (text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY)
                : Double.parseDouble(text);
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new LinkedHashMap<>();
        Matcher matcher = LABEL.matcher(text);
        while (matcher.find()) {
            labels.put(matcher.group(1), matcher.group(2));
        }
        return labels;
    }

    /** Returns the type of each metric family. */
    Map<String, String> types() {
        return types;
    }

    /** Returns the names of the series, histograms with their endings. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        samples.forEach(sample -> names.add(sample.name()));
        return names;
    }

    /** Returns the names of the labels that a series comes with, over all its samples. */
    Set<String> labels(String... names) {
        Set<String> labels = new TreeSet<>();
        for (String name : names) {
            samples.stream()
                    .filter(sample -> sample.name().equals(name))
                    .forEach(sample -> labels.addAll(sample.labels().keySet()));
        }
        return labels;
    }

    /** Returns the value of the one sample with these labels among its own. */
    double value(String name, Map<String, String> labels) {
        List<Sample> found = matching(name, labels);
        if (found.size() != 1) {
            throw new AssertionError(name + labels + ": expected one sample, got " + found);
        }
        return found.get(0).value();
    }

    /** Returns the sum of the samples with these labels among their own. */
    double sum(String name, Map<String, String> labels) {
        return matching(name, labels).stream().mapToDouble(Sample::value).sum();
    }

    private List<Sample> matching(String name, Map<String, String> labels) {
        return samples.stream()
                .filter(sample ->
                        sample.name().equals(name) && sample.labels().entrySet().containsAll(labels.entrySet()))
                .toList();
    }
}
