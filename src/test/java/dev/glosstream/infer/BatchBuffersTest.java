package dev.glosstream.infer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.TokenIds;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchBuffersTest {
    private final BatchBuffers buffers = new BatchBuffers();

    private static TokenIds ids(int... words) {
        int[] pairs = new int[2 * words.length];
        for (int index = 0; index < pairs.length; index++) {
            pairs[index] = 100 + words[index / 2];
        }
        return new TokenIds(words.length, new int[][] {words, pairs});
    }

    @Test
    void shouldHandOverEachBatchWhateverWasInItsMemoryBefore() {
        PaddedBatch large = new PaddedBatch(List.of(ids(1, 2, 3, 4, 5), ids(6), ids(7, 8)));
        PaddedBatch small = new PaddedBatch(List.of(ids(9), ids(1, 2)));

        // Small, large and small again: the memory grows, then holds more than is asked for
        for (PaddedBatch batch : List.of(small, large, small, large)) {
            try (NDManager manager = NDManager.newBaseManager()) {
                NDList arrays = buffers.inputs(manager, batch);

                assertThat(arrays).hasSize(3);
                int rows = batch.batchSize();
                int steps = batch.paddedLength();
                assertThat(arrays.get(0).getShape().getShape()).containsExactly(rows, steps);
                assertThat(arrays.get(0).toLongArray()).isEqualTo(batch.ids(0));
                assertThat(arrays.get(1).getShape().getShape()).containsExactly(rows, steps, 2);
                assertThat(arrays.get(1).toLongArray()).isEqualTo(batch.ids(1));
                assertThat(arrays.get(2).toLongArray()).isEqualTo(batch.lengths());
            }
        }
    }
}
