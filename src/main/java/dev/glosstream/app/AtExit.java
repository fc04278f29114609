package dev.glosstream.app;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What must be closed before the process ends, however it ends short of SIGKILL: in the reverse order of its opening.
 *
 * <p>One shutdown hook for all, because several would run at the same time and would pull the broker away from under the
 * pipeline. Any thread.
 */
final class AtExit {
    private static final AtExit PROCESS = new AtExit();

    private final Deque<Closing> open = new ArrayDeque<>();
    private boolean hooked;
    private volatile boolean exiting;

    /** Something to close once: by its owner, or when the process ends, whichever comes first. */
    static final class Closing implements AutoCloseable {
        private final Runnable action;
        private boolean done;

        private Closing(Runnable action) {
            this.action = action;
        }

        /** Closes it; waits if another thread is doing so. */
        @Override
        public void close() {
            PROCESS.remove(this);
            synchronized (this) {
                if (!done) {
                    done = true;
                    action.run();
                }
            }
        }
    }

    private AtExit() {}

    /** Registers an action that will run exactly once. */
    static Closing register(Runnable action) {
        return PROCESS.add(new Closing(action));
    }

    /** Returns whether the process is on its way out, by a signal or by an exit. */
    static boolean isExiting() {
        return PROCESS.exiting;
    }

    private synchronized Closing add(Closing closing) {
        if (!hooked) {
            hooked = true;
            Runtime.getRuntime().addShutdownHook(new Thread(this::closeAll, "close-all"));
        }
        open.push(closing);
        return closing;
    }

    private synchronized void remove(Closing closing) {
        open.remove(closing);
    }

    private void closeAll() {
        exiting = true;
        while (true) {
            Closing next;
            synchronized (this) {
                next = open.peek();
            }
            if (next == null) {
                return;
            }
            next.close();
        }
    }
}
