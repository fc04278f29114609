package dev.glosstream.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux tells")
class ResidentMemoryTest {
    /** The kernel counts in batches per thread. */
    private static final long COARSENESS_BYTES = 16 << 20;

    @Test
    void shouldTellWhatThisProcessHoldsAndTheMostItHeld() {
        long resident = ResidentMemory.bytes();
        long peak = ResidentMemory.peakBytes(ProcessHandle.current());

        // No Java machine is smaller than this, nor so large that kilobytes were taken for megabytes
        assertThat(resident).isBetween(10L << 20, 1L << 40);
        assertThat(peak).isGreaterThan(resident - COARSENESS_BYTES).isLessThan(1L << 40);
        assertThat(ResidentMemory.nativeBytes()).isBetween(0L, peak);
    }

    @Test
    void shouldTellNothingOfAProcessThatIsGone() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();

        assertThat(ResidentMemory.peakBytes(gone.toHandle())).isZero();
    }
}
