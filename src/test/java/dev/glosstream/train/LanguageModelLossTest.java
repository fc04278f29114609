package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class LanguageModelLossTest {
    @Test
    void shouldBeTheMeanLogProbabilityAmongTheCorrectedCandidates() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            // Given three cells, of which the last and the first foretell the second and the third of three candidates
            NDArray cells = manager.create(new float[] {1, 2, 9, 9, -1, 0.5f}, new Shape(3, 2));
            NDArray rows = manager.create(new float[] {1, 0, 0.5f, 0, 1, -0.5f, 1, 1, 0}, new Shape(3, 3));
            NDArray corrections = manager.create(new float[] {0.1f, 0.2f, 0.3f}, new Shape(3, 1));
            NDArray targets = manager.create(new long[] {1, 2}, new Shape(2, 1));

            NDArray loss = new LanguageModelLoss()
                    .evaluate(
                            new NDList(corrections, manager.create(new long[] {2, 0}), targets),
                            new NDList(cells, rows));

            // Then a score is product, bias and correction: of the last cell -0.4, 0.2, -0.2; of the first 1.6, 1.7,
            // 3.3
            double last = 0.2 - Math.log(Math.exp(-0.4) + Math.exp(0.2) + Math.exp(-0.2));
            double first = 3.3 - Math.log(Math.exp(1.6) + Math.exp(1.7) + Math.exp(3.3));
            assertThat((double) loss.getFloat()).isCloseTo(-(last + first) / 2, within(1e-5));
        }
    }
}
