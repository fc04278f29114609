package dev.glosstream.infer.torchscript;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * In which pieces the packed kernel reads a batch, step after step.
 *
 * <p>oneDNN writes machine code for every shape that it meets for the first time, which takes 2 ms for each direction of each
 * model, and keeps that of the last 1,024 shapes. Rows and lengths together make thousands. So a batch is read in pieces of few
 * lengths, longest first, each going on from the states that the one before left. The arithmetic is the same, and a warm-up can
 * meet all shapes.
 *
 * <p>A piece more costs a batch of few rows a twentieth of a millisecond, which is much of its time: there the lengths are
 * closer together, and two pieces make up any length below the longest. For many rows they are powers of two.
 */
public final class LstmPieces {
    /** Most rows of which a piece may have any length up to eight and any multiple of eight. */
    public static final int FEW_ROWS = 8;

    /** Steps of the longest piece, a power of two. */
    private static final int LONGEST = 64;

    /** What longer pieces of few rows are a multiple of. */
    private static final int GRAIN = 8;

    private static final List<Integer> OF_FEW_ROWS = Stream.concat(
                    IntStream.range(1, GRAIN).boxed(),
                    IntStream.rangeClosed(1, LONGEST / GRAIN).mapToObj(grains -> grains * GRAIN))
            .toList();
    private static final List<Integer> OF_MANY_ROWS =
            Stream.iterate(1, length -> length <= LONGEST, length -> 2 * length).toList();

    private LstmPieces() {}

    /** Returns the lengths that pieces of a batch of so many rows have, shortest first. */
    public static List<Integer> lengths(int rows) {
        return rows <= FEW_ROWS ? OF_FEW_ROWS : OF_MANY_ROWS;
    }

    /** Adds a statement that sets {@code size} to the steps of the longest piece of {@code rows} that {@code left} allow. */
    static void sayNext(ProgramText program, String indent) {
        program.say("%swhile torch.gt(sizes[longest], left):", indent);
        program.say("%s  longest = torch.add(longest, 1)", indent);
        program.say("%ssize = sizes[longest]", indent);
    }

    /** Adds statements that {@link #sayNext} builds on. */
    static void sayLengths(ProgramText program) {
        program.say("sizes = %s", longestFirst(OF_MANY_ROWS));
        program.say("if torch.le(rows, %d):", FEW_ROWS);
        program.say("  sizes = %s", longestFirst(OF_FEW_ROWS));
        program.say("longest = 0");
    }

    private static List<Integer> longestFirst(List<Integer> lengths) {
        return lengths.stream().sorted(Comparator.reverseOrder()).toList();
    }
}
