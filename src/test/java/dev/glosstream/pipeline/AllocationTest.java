package dev.glosstream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.label.LinearChainCrf;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.BioTagSet;
import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.Task;
import dev.glosstream.sequence.TokenIds;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the stages allocate on the heap per token: a copy too many would show here. */
class AllocationTest {
    private static final int TEXTS = 200;
    private static final int TOKENS = 40;
    /** Object, list slots and spans of a token, in each of the steps from text to token ids. */
    private static final int TOKEN_BYTES = 48;

    private static final int ROUNDING_BYTES = 32;

    private static long allocated(Runnable work) {
        assumeThat(ManagementFactory.getThreadMXBean())
                .as("a Java machine that counts allocation")
                .isInstanceOf(ThreadMXBean.class);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // The first time classes are loaded and words remembered.
        work.run();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void shouldPrepareWithoutAllocatingMoreThanTheIdsAndTheTokens() {
        ModelBundle bundle = ModelBundle.open(Path.of("models/entities-en"));
        TextPreparer preparer = new TextPreparer(List.of(bundle), LimitSettings.DEFAULT);
        String text = "Paris was lovely ".repeat(TOKENS).strip();
        TokenIds ids = preparer.prepare(text)
                .fold(ready -> ready.ids(), rejection -> {
                    throw new IllegalStateException("text: expected one to label");
                })
                .getOrDefault(Task.ENTITIES, new TokenIds(1, new int[][] {{0}}));
        int idBytes = 0;
        for (int column = 0; column < ids.columnCount(); column++) {
            idBytes += Integer.BYTES * ids.idsPerToken(column);
        }

        long bytes = allocated(() -> {
            for (int index = 0; index < TEXTS; index++) {
                assertThat(preparer.prepare(text)).isNotNull();
            }
        });

        assertThat((double) bytes / TEXTS / ids.sequenceLength()).isLessThan(idBytes + TOKEN_BYTES + ROUNDING_BYTES);
    }

    @Test
    void shouldFindPathsInMemoryThatDoesNotGrowWithTagsTimesTags() {
        ModelBundle bundle = ModelBundle.open(Path.of("models/entities-en"));
        BioTagSet tagSet = BioTagSet.of(bundle.manifest().labels());
        LinearChainCrf crf = new LinearChainCrf(tagSet, bundle.transitions());
        int tags = tagSet.size();
        ScoreMatrix emissions = new ScoreMatrix(new float[TOKENS * tags], tags);

        long bytes = allocated(() -> {
            for (int index = 0; index < TEXTS; index++) {
                assertThat(crf.logZ(emissions)).isPositive();
            }
        });

        // One row of scores per token, and what an assertion costs.
        assertThat((double) bytes / TEXTS / TOKENS).isLessThan(2.0 * Double.BYTES * tags + ROUNDING_BYTES);
    }
}
