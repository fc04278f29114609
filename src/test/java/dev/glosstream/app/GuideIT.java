package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The guide docs/embedding-and-lstm.md, command by command: every {@code sh} block runs, and every {@code text} block behind it
 * stands in what the last command prints, or one before it, numbers within {@link #TOLERANCE}, bars aside; in
 * {@code text measured} any numbers.
 *
 * <p>With {@code -Dguide.write=true} the numbers of the guide are replaced by those of this run.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class GuideIT {
    private static final Path GUIDE = Path.of("docs/embedding-and-lstm.md");
    /** Training on another processor rounds otherwise; two decimals are printed. */
    private static final double TOLERANCE = 0.03;

    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9][0-9,]*(\\.[0-9]+)?(e[-+][0-9]+)?");
    private static final Pattern NUMBER_IN_TEXT =
            Pattern.compile("(?<![\\w.])[-+]?[0-9][0-9,]*(\\.[0-9]+)?(e[-+][0-9]+)?");

    @TempDir
    private Path folder;

    private int commands;
    private int blocks;

    @Test
    void shouldPrintWhatTheGuideShows() throws Exception {
        List<String> guide = Files.readAllLines(GUIDE);
        List<String> written = new ArrayList<>();
        List<String> output = new ArrayList<>();
        for (int line = 0; line < guide.size(); line++) {
            String fence = guide.get(line);
            written.add(fence);
            int end = fence.startsWith("```") ? endOf(guide, line) : line;
            List<String> block = guide.subList(Math.min(line + 1, end), end);
            if (fence.equals("```sh")) {
                output.addAll(0, runAll(block));
            }
            written.addAll(fence.startsWith("```text") ? checked(fence, block, output) : block);
            if (end > line) {
                written.add(guide.get(end));
                line = end;
            }
        }
        if (Boolean.getBoolean("guide.write")) {
            Files.write(GUIDE, written);
        }
        assertThat(commands).as("commands of the guide").isGreaterThanOrEqualTo(8);
        assertThat(blocks).as("outputs in the guide").isGreaterThanOrEqualTo(10);
    }

    private static int endOf(List<String> guide, int start) {
        return IntStream.range(start + 1, guide.size())
                .filter(line -> guide.get(line).equals("```"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no end of the block in line " + (start + 1)));
    }

    private List<String> runAll(List<String> block) throws IOException, InterruptedException {
        List<String> output = List.of();
        for (String command : block) {
            commands++;
            ProcessBuilder builder = new ProcessBuilder("bash", "-c", command.replace("/tmp/", folder + "/"));
            builder.environment().put("GLOSSTREAM_SKIP_BUILD", "1");
            builder.environment().put("GLOSSTREAM_JAVA_OPTS", "-Xmx512m -XX:TieredStopAtLevel=1");
            Path errors = folder.resolve("errors.txt");
            Process process = builder.redirectError(errors.toFile()).start();
            output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(process.waitFor())
                    .as("%s: %s", command, Files.readString(errors))
                    .isZero();
        }
        return output;
    }

    private List<String> checked(String fence, List<String> block, List<String> output) {
        blocks++;
        List<String> printed = output.stream().filter(line -> !line.isEmpty()).toList();
        boolean measured = fence.endsWith("measured");
        for (int start = 0; start + block.size() <= printed.size(); start++) {
            List<String> candidate = printed.subList(start, start + block.size());
            if (words(candidate).equals(words(block))) {
                if (!measured && !Boolean.getBoolean("guide.write")) {
                    assertClose(block, candidate);
                }
                return candidate;
            }
        }
        throw new AssertionError("the guide shows\n" + String.join("\n", block) + "\nbut the command printed\n"
                + String.join("\n", output));
    }

    /** What a block says apart from numbers and bars. */
    private static List<String> words(List<String> lines) {
        return lines.stream()
                .map(line -> NUMBER_IN_TEXT
                        .matcher(line.replaceAll("[█░]", ""))
                        .replaceAll("#")
                        .replaceAll("\\s+", " ")
                        .strip())
                .toList();
    }

    private static void assertClose(List<String> shown, List<String> printed) {
        for (int line = 0; line < shown.size(); line++) {
            List<Double> expected = numbers(shown.get(line));
            List<Double> found = numbers(printed.get(line));
            assertThat(found).as(shown.get(line)).hasSameSizeAs(expected);
            for (int index = 0; index < expected.size(); index++) {
                assertThat(Math.abs(found.get(index) - expected.get(index)))
                        .as("number %d of '%s', printed '%s'", index + 1, shown.get(line), printed.get(line))
                        .isLessThanOrEqualTo(TOLERANCE);
            }
        }
    }

    private static List<Double> numbers(String line) {
        List<Double> numbers = new ArrayList<>();
        for (String word : line.split("[\\s()]+", -1)) {
            if (NUMBER.matcher(word).matches()) {
                numbers.add(Double.valueOf(word.replace(",", "")));
            }
        }
        return numbers;
    }
}
