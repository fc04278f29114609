package dev.glosstream.train;

import java.util.Random;

/**
 * Where every random choice of training comes from: a function of seed, epoch and step, so that a run that goes on in the
 * middle draws what it would have drawn.
 *
 * @param seed of the run
 */
record RandomDraws(long seed) {
    /** Of the order of the examples of an epoch, counted from 1. */
    Random ofEpoch(int epoch) {
        return new Random(mixed(epoch, 0));
    }

    /** Of one step of an epoch, both counted from 1. */
    Random ofStep(int epoch, int step) {
        return new Random(mixed(epoch, step));
    }

    /** Of the engine during one step: what it drops. */
    int ofEngine(int epoch, int step) {
        return (int) (mixed(epoch, step) >>> 33);
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014): neighbouring steps draw nothing alike. */
    private long mixed(int epoch, int step) {
        long mixed = seed * 0x9E3779B97F4A7C15L + ((long) epoch << 32) + step;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
