package dev.glosstream.app.process;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory a process holds, native memory included; Linux only. */
public final class ResidentMemory {
    private static final String PRESENT = "VmRSS:";
    private static final String PEAK = "VmHWM:";

    private ResidentMemory() {}

    /** Returns resident megabytes of this process, 0 where the system does not tell. */
    public static long megabytes() {
        return bytes() >> 20;
    }

    /** Returns resident bytes of this process, 0 where the system does not tell. */
    public static long bytes() {
        return bytes(ProcessHandle.current(), PRESENT);
    }

    /** Returns the most bytes that a process had resident; 0 where the system does not tell, or the process is gone. */
    public static long peakBytes(ProcessHandle process) {
        return bytes(process, PEAK);
    }

    private static long bytes(ProcessHandle process, String field) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith(field))
                    .map(line -> line.substring(field.length()).replaceAll("[^0-9]", ""))
                    .mapToLong(Long::parseLong)
                    .map(kilobytes -> kilobytes << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /**
     * Returns resident bytes of this process that Java does not account for: an estimate, never negative.
     *
     * <p>Nobody tells how much of the heap is resident, so the most that each of its pools ever held is taken for it; with
     * {@code -XX:+AlwaysPreTouch} it is all of it, and the estimate is too high by what was never used.
     */
    public static long nativeBytes() {
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
