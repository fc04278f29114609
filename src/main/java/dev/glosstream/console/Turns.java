package dev.glosstream.console;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets in one after the other. A few may wait, each a while, because whoever waits holds a thread of the server; all others are
 * turned away at once. Any thread.
 */
public final class Turns {
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Semaphore places;
    private final Duration longestWait;

    /**
     * Creates turns.
     *
     * @param mostWaiting how many may wait, 0 or more
     * @param longestWait how long each of them
     */
    public Turns(int mostWaiting, Duration longestWait) {
        this.places = new Semaphore(mostWaiting + 1);
        this.longestWait = longestWait;
    }

    /** Returns what the work answers; nothing if its turn did not come. */
    public <T> Optional<T> take(Supplier<Optional<T>> work) {
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        try {
            if (!turn.tryLock(longestWait.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
            try {
                return work.get();
            } finally {
                turn.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            places.release();
        }
    }

    /** Does what must be done between two turns, however long it takes for one to end. */
    public void between(Runnable work) {
        turn.lock();
        try {
            work.run();
        } finally {
            turn.unlock();
        }
    }

    /** Returns how many wait now. */
    int waiting() {
        return turn.getQueueLength();
    }
}
