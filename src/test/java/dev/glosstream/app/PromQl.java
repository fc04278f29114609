package dev.glosstream.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the part of PromQL that dashboards and alerts use, and tells which metrics and labels an expression names.
 *
 * <p>A recursive descent without precedence: what a sum is a sum of does not matter here, only that it can be read.
 */
final class PromQl {
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:(\"(?:[^\"\\\\]|\\\\.)*\")|(\\$?[a-zA-Z_:][a-zA-Z0-9_:]*)"
                    + "|(\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?(?:ms|[smhdwy])?)|(=~|!~|==|!=|>=|<=|[-+*/%^><=(){}\\[\\],]))");
    private static final Set<String> AGGREGATIONS =
            Set.of("sum", "min", "max", "avg", "count", "topk", "bottomk", "quantile", "stddev");
    private static final Set<String> FUNCTIONS =
            Set.of("rate", "increase", "histogram_quantile", "deriv", "changes", "max_over_time", "absent", "time");
    private static final Set<String> OPERATORS =
            Set.of("+", "-", "*", "/", "%", "^", "==", "!=", ">", "<", ">=", "<=", "and", "or", "unless");

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private final Map<String, Set<String>> labelsByMetric = new TreeMap<>();
    private final Set<String> grouping = new TreeSet<>();
    private int next;

    private PromQl(String text) {
        this.text = text;
        Matcher matcher = TOKEN.matcher(text.strip());
        int end = 0;
        while (matcher.lookingAt() || matcher.find()) {
            require(matcher.start() == end, "a token at " + end);
            tokens.add(matcher.group().strip());
            end = matcher.end();
            matcher.region(end, matcher.regionEnd());
        }
        require(end == text.strip().length(), "tokens to the end, stopped at " + end);
    }

    /**
     * Reads an expression.
     *
     * @throws AssertionError if it is none
     */
    static PromQl parse(String text) {
        PromQl expression = new PromQl(text);
        expression.expression();
        expression.require(expression.next == expression.tokens.size(), "the end");
        return expression;
    }

    /** Returns for each metric the labels that are asked of it. */
    Map<String, Set<String>> metrics() {
        return labelsByMetric;
    }

    /** Returns the labels that results are grouped by. */
    Set<String> grouping() {
        return grouping;
    }

    private void expression() {
        operand();
        while (next < tokens.size() && OPERATORS.contains(peek())) {
            next++;
            take("bool");
            if (take("on") || take("ignoring")) {
                labels();
            }
            operand();
        }
    }

    private void operand() {
        if (take("-")) {
            operand();
            return;
        }
        if (take("(")) {
            expression();
            expect(")");
        } else if (Character.isDigit(peek().charAt(0)) || peek().startsWith("\"")) {
            next++;
        } else {
            named(name());
        }
        if (take("[")) {
            name();
            expect("]");
        }
    }

    private void named(String name) {
        if (AGGREGATIONS.contains(name)) {
            byLabels();
            arguments();
            byLabels();
        } else if (!peekIs("(")) {
            selector(name);
        } else {
            require(FUNCTIONS.contains(name), "a known function, got " + name);
            arguments();
        }
    }

    private void byLabels() {
        if (take("by") || take("without")) {
            grouping.addAll(labels());
        }
    }

    private void arguments() {
        expect("(");
        while (!take(")")) {
            expression();
            require(peekIs(")") || take(","), "',' or ')'");
        }
    }

    private void selector(String metric) {
        Set<String> labels = labelsByMetric.computeIfAbsent(metric, name -> new TreeSet<>());
        if (!take("{")) {
            return;
        }
        while (!take("}")) {
            labels.add(name());
            require(take("=") || take("!=") || take("=~") || take("!~"), "a comparison");
            require(name().startsWith("\""), "a string");
            require(peekIs("}") || take(","), "',' or '}'");
        }
    }

    private List<String> labels() {
        List<String> labels = new ArrayList<>();
        expect("(");
        while (!take(")")) {
            labels.add(name());
            require(peekIs(")") || take(","), "',' or ')'");
        }
        return labels;
    }

    private String name() {
        require(next < tokens.size(), "something more");
        return tokens.get(next++);
    }

    private String peek() {
        require(next < tokens.size(), "something more");
        return tokens.get(next);
    }

    private boolean peekIs(String token) {
        return next < tokens.size() && tokens.get(next).equals(token);
    }

    private boolean take(String token) {
        if (peekIs(token)) {
            next++;
            return true;
        }
        return false;
    }

    private void expect(String token) {
        require(take(token), "'" + token + "'");
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("PromQL: expected " + what + " in: " + text + " (token " + next + ")");
        }
    }
}
