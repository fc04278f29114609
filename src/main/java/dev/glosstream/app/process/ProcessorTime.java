package dev.glosstream.app.process;

import java.time.Duration;

/** How long a process has kept processors busy. */
public final class ProcessorTime {
    private ProcessorTime() {}

    /** Returns the processor time that all threads of a process have used, in seconds; 0 where the system does not tell. */
    public static double seconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }
}
