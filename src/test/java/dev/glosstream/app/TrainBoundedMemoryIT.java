package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training on more than its heap holds: as texts, as tokens, encoded, and as texts to compare with. */
class TrainBoundedMemoryIT {
    private static final String JAVA_OPTIONS = "-Xmx32m -XX:TieredStopAtLevel=1";
    private static final int ROWS = 100_000;
    private static final int WORDS_PER_ROW = 12;
    private static final List<String> LABELS = List.of("negative", "neutral", "positive");

    @TempDir
    private Path folder;

    @Test
    void shouldTrainOnACorpusThatDoesNotFitTheHeap() throws IOException, InterruptedException {
        // Given 38 MB of different texts
        Path corpus = write("train.tsv", ROWS, 1);
        Path dev = write("dev.tsv", 100, 2);
        assertThat(Files.size(corpus)).isGreaterThan(36 << 20);

        // When a small network reads them once
        List<String> arguments = new ArrayList<>(List.of("train", "sentiment"));
        arguments.addAll(List.of("--recipe", recipe().toString(), "--data", corpus.toString()));
        arguments.addAll(List.of("--dev", dev.toString()));
        arguments.addAll(List.of("--out", folder.resolve("out").toString()));
        try (GlosstreamProcess training =
                GlosstreamProcess.start(Map.of("GLOSSTREAM_JAVA_OPTS", JAVA_OPTIONS), arguments)) {

            // Then it has room for all of them
            assertThat(training.awaitExit()).as("%s", training.err()).isZero();
            assertThat(training.err()).anyMatch(line -> line.startsWith("training on " + ROWS + " examples"));
        }
    }

    private Path recipe() throws IOException {
        return Files.writeString(
                folder.resolve("small.yaml"),
                """
                name: small
                version: 1.0.0
                task: sentiment
                license: Apache-2.0
                labels: [negative, neutral, positive]
                network:
                  columns:
                    - {feature: word, dimension: 2}
                  minCount: 1
                  stateSize: 2
                  maxSequenceLength: 16
                training:
                  epochs: 1
                  patience: 1
                  batchSize: 2000
                  learningRate: 0.01
                  caseCopies: 0.1
                  maxSequenceLength: 4
                """);
    }

    private Path write(String name, int rows, long seed) throws IOException {
        Random random = new Random(seed);
        Path file = folder.resolve(name);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int row = 0; row < rows; row++) {
                out.write(LABELS.get(row % LABELS.size()) + "\t");
                for (int word = 0; word < WORDS_PER_ROW; word++) {
                    out.write(" wordofmanyletterstomakeitlong" + (char) ('a' + random.nextInt(26)));
                }
                out.write("\n");
            }
        }
        return file;
    }
}
