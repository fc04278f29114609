package dev.glosstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command of the documents about containers is run by CI, or says why not. */
class DocumentedCommandsTest {
    private static final Pattern BLOCK = Pattern.compile("(?m)^(.*)\\n```sh\\n");
    private static final Pattern RUN = Pattern.compile("<!-- ci: ([a-z-]+) -->");
    private static final Pattern NOT_RUN = Pattern.compile("<!-- not in ci: .+ -->");

    @ParameterizedTest
    @ValueSource(strings = {"containers", "kubernetes"})
    void shouldRunEveryCommandInCiOrSayWhyNot(String document) {
        List<String> markers = markers(document);

        assertThat(markers).isNotEmpty().allSatisfy(marker -> assertThat(
                        RUN.matcher(marker).matches() || NOT_RUN.matcher(marker).matches())
                .as(marker)
                .isTrue());
    }

    @Test
    void shouldRunInCiExactlyWhatIsMarked() {
        Set<String> marked = new TreeSet<>();
        for (String document : List.of("containers", "kubernetes")) {
            markers(document).stream()
                    .flatMap(marker -> RUN.matcher(marker).results())
                    .forEach(found -> marked.add(document + " " + found.group(1)));
        }
        Set<String> run = new TreeSet<>();
        Pattern.compile("(?m)documented ([a-z]+ [a-z-]+)")
                .matcher(YamlFiles.text(Path.of(".ci/stack")) + YamlFiles.text(Path.of(".ci/stack-checks")))
                .results()
                .forEach(found -> run.add(found.group(1)));

        assertThat(run).isEqualTo(marked);
    }

    private static List<String> markers(String document) {
        return BLOCK.matcher(YamlFiles.text(Path.of("docs/" + document + ".md")))
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
