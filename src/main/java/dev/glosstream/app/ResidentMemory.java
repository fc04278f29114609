package dev.glosstream.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory this process holds, native memory included; Linux only. */
final class ResidentMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String FIELD = "VmRSS:";

    private ResidentMemory() {}

    /** Returns resident megabytes, 0 where the system does not tell. */
    static long megabytes() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(FIELD))
                    .map(line -> line.substring(FIELD.length()).replaceAll("[^0-9]", ""))
                    .mapToLong(Long::parseLong)
                    .map(kilobytes -> kilobytes / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
