package dev.glosstream.infer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known of the processor that this program runs on.
 *
 * @param known whether its instruction sets are known at all; on Linux they are
 * @param isX86 whether it is known to be one of x86
 * @param bf16 the instruction set by which it multiplies matrices of bfloat16, empty if it has none
 */
public record Processor(boolean known, boolean isX86, Optional<String> bf16) {
    /** Where Linux lists them, in a line {@code flags} (x86) or {@code Features} (ARM) for each core. */
    private static final Path LINUX = Path.of("/proc/cpuinfo");

    private static final String X86_LINE = "flags";

    /** The names Linux gives those sets, the faster one first; {@code bf16} alone is ARM's. */
    private static final List<String> BF16_SETS = List.of("amx_bf16", "avx512_bf16", "bf16");

    /** A processor of which nothing is known. */
    static final Processor UNKNOWN = new Processor(false, false, Optional.empty());

    /** Returns the processor of this machine. */
    public static Processor here() {
        try {
            return Files.isReadable(LINUX) ? of(Files.readAllLines(LINUX, StandardCharsets.ISO_8859_1)) : UNKNOWN;
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    /** Returns what the lines of {@code /proc/cpuinfo} say; of several cores what each of them has. */
    static Processor of(List<String> lines) {
        Optional<Set<String>> shared = lines.stream()
                .filter(line -> line.startsWith(X86_LINE) || line.startsWith("Features"))
                .map(line -> (Set<String>) new TreeSet<>(
                        List.of(line.substring(line.indexOf(':') + 1).strip().split("\\s+"))))
                .reduce((left, right) -> {
                    left.retainAll(right);
                    return left;
                });
        // Only x86 has a line of that name.
        boolean isX86 = lines.stream().anyMatch(line -> line.startsWith(X86_LINE));
        return shared.map(sets -> new Processor(
                        true, isX86, BF16_SETS.stream().filter(sets::contains).findFirst()))
                .orElse(UNKNOWN);
    }
}
