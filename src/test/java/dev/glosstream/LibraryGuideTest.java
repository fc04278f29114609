package dev.glosstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The code in the guides is code that compiles and runs: each block stands in the example or in a test, whole. */
class LibraryGuideTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(java|xml)\\n(.*?)^```");
    private static final List<Path> SOURCES = List.of(
            Path.of("examples/review-alerts"),
            Path.of("src/test/java/dev/glosstream/enricher"),
            Path.of("src/test/java/dev/glosstream/testkit"));

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/library.md", "docs/testkit.md"})
    void shouldShowCodeThatRuns(String guide) throws IOException {
        List<String> sources = sources();
        List<String> blocks = blocks(Files.readString(Path.of(guide)));

        assertThat(blocks).isNotEmpty();
        for (String block : blocks) {
            assertThat(sources)
                    .as("%s shows code that stands nowhere:%n%s", guide, block)
                    .anyMatch(source -> source.contains(block));
        }
    }

    private static List<String> blocks(String guide) {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(guide);
        while (matcher.find()) {
            blocks.add(plain(matcher.group(2)));
        }
        return blocks;
    }

    private static List<String> sources() throws IOException {
        List<String> sources = new ArrayList<>();
        for (Path folder : SOURCES) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(LibraryGuideTest::isSource).toList()) {
                    sources.add(plain(Files.readString(file)));
                }
            }
        }
        return sources;
    }

    private static boolean isSource(Path file) {
        return file.toString().endsWith(".java") || file.endsWith("pom.xml");
    }

    /** White space and where lines break do not matter. */
    private static String plain(String code) {
        return code.replaceAll("\\s+", "");
    }
}
