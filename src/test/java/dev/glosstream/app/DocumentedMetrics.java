package dev.glosstream.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of docs/metrics.md. */
final class DocumentedMetrics {
    private static final Path PAGE = Path.of("docs/metrics.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private DocumentedMetrics() {}

    /** What the table says of a metric. */
    record Row(String type, Set<String> labels) {}

    static Map<String, Row> read() throws IOException {
        Map<String, Row> rows = new TreeMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("| `glosstream_")) {
                String[] cells =
                        Arrays.stream(line.split("\\|")).map(String::strip).toArray(String[]::new);
                Set<String> labels = CODE.matcher(cells[3])
                        .results()
                        .map(MatchResult::group)
                        .map(code -> code.replace("`", ""))
                        .collect(Collectors.toSet());
                rows.put(cells[1].replace("`", ""), new Row(cells[2], labels));
            }
        }
        return rows;
    }
}
