package dev.glosstream.app.process;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What threads of this process have spent: processor time and heap. Any thread. */
public final class ThreadSpending {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final String inName;
    /** By thread, those that are gone included, so that the sum never falls. */
    private final Map<Long, Long> allocated = new ConcurrentHashMap<>();

    /**
     * Watches the threads that have something in their names.
     *
     * @param inName what that is
     */
    public ThreadSpending(String inName) {
        this.inName = inName;
    }

    /** Returns the processor time of the thread that asks, in nanoseconds. Takes nearly a microsecond. */
    public static long cpuNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /** Returns the bytes that the thread that asks has allocated on the heap; 0 where the Java machine does not tell. */
    public static long allocatedHere() {
        return THREADS instanceof com.sun.management.ThreadMXBean beans ? beans.getCurrentThreadAllocatedBytes() : 0;
    }

    /**
     * Returns the bytes that the watched threads have allocated on the heap: of those that have ended, what they had at the
     * last call. 0 where the Java machine does not tell.
     */
    public long allocatedBytes() {
        if (THREADS instanceof com.sun.management.ThreadMXBean beans) {
            for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
                if (thread != null && thread.getThreadName().contains(inName)) {
                    long bytes = beans.getThreadAllocatedBytes(thread.getThreadId());
                    allocated.merge(thread.getThreadId(), bytes, Math::max);
                }
            }
        }
        return allocated.values().stream().mapToLong(Long::longValue).sum();
    }
}
