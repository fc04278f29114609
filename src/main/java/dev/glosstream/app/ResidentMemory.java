package dev.glosstream.app;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory this process holds, native memory included; Linux only. */
final class ResidentMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String FIELD = "VmRSS:";

    private ResidentMemory() {}

    /** Returns resident megabytes, 0 where the system does not tell. */
    static long megabytes() {
        return bytes() >> 20;
    }

    /** Returns resident bytes, 0 where the system does not tell. */
    static long bytes() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(FIELD))
                    .map(line -> line.substring(FIELD.length()).replaceAll("[^0-9]", ""))
                    .mapToLong(Long::parseLong)
                    .map(kilobytes -> kilobytes << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /**
     * Returns resident bytes that Java does not account for: an estimate, never negative.
     *
     * <p>Nobody tells how much of the heap is resident, so the most that each of its pools ever held is taken for it; with
     * {@code -XX:+AlwaysPreTouch} it is all of it, and the estimate is too high by what was never used.
     */
    static long nativeBytes() {
        long heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool ->
                        Math.min(pool.getPeakUsage().getUsed(), pool.getUsage().getCommitted()))
                .sum();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        long otherJava =
                ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getUsed();
        return Math.max(0, bytes() - heap - otherJava - direct);
    }
}
