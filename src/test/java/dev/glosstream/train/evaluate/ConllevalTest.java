package dev.glosstream.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.Task;
import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.corpus.CorpusFile;
import dev.glosstream.train.corpus.CorpusFormat;
import dev.glosstream.train.corpus.CorpusReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The figures of entities are those of conlleval, the script of the CoNLL-2000 shared task. What it prints was worked by
 * hand from its rules, stands in each test, and is compared line by line.
 */
class ConllevalTest {
    private static final int RANDOM_FILES = 200;

    @TempDir
    private Path folder;

    @Test
    void shouldCountBordersAndTypesAsConllevalDoes() throws IOException {
        List<String> rows = List.of(
                "Anna B-PER B-PER",
                "Lee I-PER I-PER",
                "left O O",
                "Rome B-LOC B-LOC",
                "New B-ORG B-ORG",
                "Bonn I-ORG O");

        // 3 phrases, 3 found, the ORG cut short; 5 of 6 tags
        assertPrints(
                rows,
                """
                processed 6 tokens with 3 phrases; found: 3 phrases; correct: 2.
                accuracy:  83.33%; precision:  66.67%; recall:  66.67%; FB1:  66.67
                              LOC: precision: 100.00%; recall: 100.00%; FB1: 100.00  1
                              ORG: precision:   0.00%; recall:   0.00%; FB1:   0.00  1
                              PER: precision: 100.00%; recall: 100.00%; FB1: 100.00  1
                """);
    }

    @Test
    void shouldCountAdjacentEntitiesAsTwo() throws IOException {
        // 'Rome Bonn' is two places taken for one, 'Oslo Fjord' is one taken for two, 'Ulm' is right
        List<String> rows = List.of(
                "Rome B-LOC B-LOC",
                "Bonn B-LOC I-LOC",
                "",
                "Oslo B-LOC B-LOC",
                "Fjord I-LOC B-LOC",
                "",
                "Ulm B-LOC B-LOC");

        // 4 phrases (2 + 1 + 1), found 4 (1 + 2 + 1), correct 1; 3 of 5 tags
        assertPrints(
                rows,
                """
                processed 5 tokens with 4 phrases; found: 4 phrases; correct: 1.
                accuracy:  60.00%; precision:  25.00%; recall:  25.00%; FB1:  25.00
                              LOC: precision:  25.00%; recall:  25.00%; FB1:  25.00  4
                """);
    }

    @Test
    void shouldOpenAnEntityAtAnOrphanedInsideTag() throws IOException {
        // The second column is IOB1: I- opens, after O and at the start
        List<String> rows =
                List.of("Anna B-PER I-PER", "met O O", "Bob B-PER I-PER", "Lee I-PER I-PER", "Rome O I-LOC");

        // 2 phrases, found 3, correct 2; the tags are compared once both are written as IOB2: 4 of 5
        assertPrintsButAccuracy(
                rows,
                """
                processed 5 tokens with 2 phrases; found: 3 phrases; correct: 2.
                precision:  66.67%; recall: 100.00%; FB1:  80.00
                              LOC: precision:   0.00%; recall:   0.00%; FB1:   0.00  1
                              PER: precision: 100.00%; recall: 100.00%; FB1: 100.00  2
                """);
        assertThat(report(rows).metrics()).containsEntry("tokenAccuracy", 0.8);
    }

    @Test
    void shouldOpenAnEntityWhereTheTypeChanges() throws IOException {
        // 'New York Paris' in IOB1: the change of type alone ends one entity and opens the next
        List<String> rows =
                List.of("New I-ORG B-ORG", "York I-ORG I-ORG", "Paris I-LOC B-LOC", "Nice B-LOC B-LOC", "x O B-ORG");

        assertPrintsButAccuracy(
                rows,
                """
                processed 5 tokens with 3 phrases; found: 4 phrases; correct: 3.
                precision:  75.00%; recall: 100.00%; FB1:  85.71
                              LOC: precision: 100.00%; recall: 100.00%; FB1: 100.00  2
                              ORG: precision:  50.00%; recall: 100.00%; FB1:  66.67  2
                """);
    }

    @Test
    void shouldEndAnEntityWithTheSentence() throws IOException {
        // IOB1: the same type on both sides of the blank line is two entities; the second answer is too long
        List<String> rows =
                List.of("met O O", "Anna I-PER B-PER", "", "Lee I-PER B-PER", "sings O I-PER", "", "Al I-PER O");

        assertPrintsButAccuracy(
                rows,
                """
                processed 5 tokens with 3 phrases; found: 2 phrases; correct: 1.
                precision:  50.00%; recall:  33.33%; FB1:  40.00
                              PER: precision:  50.00%; recall:  33.33%; FB1:  40.00  2
                """);
    }

    @Test
    void shouldAgreeWithItsRulesOnAnyTags() throws IOException {
        for (int seed = 0; seed < RANDOM_FILES; seed++) {
            Random random = new Random(seed);
            List<String> rows = new ArrayList<>();
            boolean iob1 = random.nextBoolean();
            for (int sentence = 0; sentence < 4; sentence++) {
                List<String> truth = randomTags(random, 1 + sentence * 2);
                List<String> found = randomTags(random, truth.size());
                for (int token = 0; token < truth.size(); token++) {
                    String first = iob1 ? ConllevalRules.iob1(truth, token) : truth.get(token);
                    rows.add("w" + token + " " + first + " " + found.get(token));
                }
                rows.add("");
            }

            assertThat(printed(report(rows), false)).as("seed %d", seed).isEqualTo(ConllevalRules.print(rows, false));
        }
    }

    private static List<String> randomTags(Random random, int length) {
        List<String> tags = new ArrayList<>();
        for (int token = 0; token < length; token++) {
            String previous = token == 0 ? "O" : tags.get(token - 1);
            int draw = random.nextInt(4);
            String type = random.nextBoolean() ? "PER" : "LOC";
            tags.add(draw == 0 ? "O" : draw == 1 || previous.equals("O") ? "B-" + type : "I" + previous.substring(1));
        }
        return tags;
    }

    private void assertPrints(List<String> rows, String expected) throws IOException {
        assertThat(printed(report(rows), true)).isEqualTo(expected);
        assertThat(ConllevalRules.print(rows, true)).isEqualTo(expected);
    }

    /** Tags of two schemes are never equal to conlleval, whatever they mean. */
    private void assertPrintsButAccuracy(List<String> rows, String expected) throws IOException {
        assertThat(printed(report(rows), false)).isEqualTo(expected);
        assertThat(ConllevalRules.print(rows, false)).isEqualTo(expected);
    }

    /** Reads both columns as corpora, and judges the second by the first. */
    private Report report(List<String> rows) throws IOException {
        List<CorpusExample> truths = read(rows, 1);
        List<Outcome<Labels>> answers = new ArrayList<>();
        for (CorpusExample found : read(rows, 2)) {
            answers.add(Outcome.accepted(new Labels(
                    Optional.empty(),
                    Optional.of(found.entities()),
                    found.text().split(" ", -1).length,
                    false)));
        }
        return Report.of(Task.ENTITIES, List.of("LOC", "ORG", "PER"), truths, answers);
    }

    private List<CorpusExample> read(List<String> rows, int column) throws IOException {
        List<String> lines = rows.stream()
                .map(row -> row.isEmpty() ? "" : row.split(" ", -1)[0] + "\t" + row.split(" ", -1)[column])
                .toList();
        Path file = Files.write(folder.resolve("column.conll"), lines);
        return new CorpusReader(false).read(new CorpusFile(CorpusFormat.CONLL, file));
    }

    private static String printed(Report report, boolean accuracy) {
        Map<String, Double> metrics = report.metrics();
        ClassRow all = report.rows().get(report.rows().size() - 1);
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "processed %d tokens with %d phrases; found: %d phrases; correct: %d.%n",
                report.tokens(),
                all.support(),
                all.predicted(),
                Math.round(all.precision() * all.predicted())));
        if (accuracy) {
            text.append(String.format(
                    Locale.ROOT, "accuracy: %6.2f%%; ", 100 * metrics.getOrDefault("tokenAccuracy", 0.0)));
        }
        text.append(figures(all)).append('\n');
        for (ClassRow row : report.rows().subList(0, report.rows().size() - 1)) {
            if (row.support() + row.predicted() > 0) {
                text.append(String.format(Locale.ROOT, "%17s: %s  %d%n", row.name(), figures(row), row.predicted()));
            }
        }
        return text.toString();
    }

    private static String figures(ClassRow row) {
        return String.format(
                Locale.ROOT,
                "precision: %6.2f%%; recall: %6.2f%%; FB1: %6.2f",
                100 * row.precision(),
                100 * row.recall(),
                100 * row.f1());
    }
}
