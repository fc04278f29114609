package dev.glosstream.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ThreadSpendingTest {
    private static final int MEGABYTE = 1 << 20;
    /** What a thread allocates besides, at the most. */
    private static final long BESIDES = 256 << 10;

    private final ThreadSpending spending = new ThreadSpending("-Watched-");

    @Test
    void shouldCountWhatWatchedThreadsAllocateAndKeepItWhenTheyHaveEnded() throws InterruptedException {
        allocate("a-Watched-1", 3);
        allocate("a-Watched-2", 2);
        allocate("other", 7);

        assertThat(spending.allocatedBytes()).isBetween(5L * MEGABYTE, 5L * MEGABYTE + 2 * BESIDES);
    }

    /** Looks while the thread still is there, as who scrapes metrics does. */
    private void allocate(String name, int megabytes) throws InterruptedException {
        CountDownLatch allocated = new CountDownLatch(1);
        CountDownLatch seen = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    byte[] kept = new byte[megabytes * MEGABYTE];
                    allocated.countDown();
                    awaitQuietly(seen);
                    kept[0] = 1;
                },
                name);
        thread.start();
        allocated.await();
        assertThat(spending.allocatedBytes()).isNotNegative();
        seen.countDown();
        thread.join();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldCountWhatThisThreadSpends() {
        long bytes = ThreadSpending.allocatedHere();
        long nanos = ThreadSpending.cpuNanos();

        byte[] kept = new byte[4 * MEGABYTE];

        assertThat(ThreadSpending.allocatedHere() - bytes).isBetween(4L * MEGABYTE, 4L * MEGABYTE + BESIDES);
        assertThat(ThreadSpending.cpuNanos()).isGreaterThanOrEqualTo(nanos);
        assertThat(kept).hasSize(4 * MEGABYTE);
    }
}
