package dev.glosstream.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The latest results, sent on to whoever watches, as server-sent events.
 *
 * <p>Who comes gets the last {@value #KEPT} first. A watcher that is too slow misses some; nobody waits for it. Any thread.
 */
public final class LiveFeed {
    /** Results that a new watcher gets. */
    static final int KEPT = 30;

    /** Watchers at a time; each holds a thread of the server. */
    private static final int MOST_WATCHERS = 16;

    private static final int MOST_PENDING = 100;
    private static final long HEARTBEAT_S = 10;

    private final Deque<String> latest = new ArrayDeque<>();
    private final Set<BlockingQueue<String>> watchers = ConcurrentHashMap.newKeySet();

    /** Creates a feed without results. */
    public LiveFeed() {}

    /**
     * Sends a result to all watchers.
     *
     * @param json one line
     */
    public synchronized void publish(String json) {
        latest.addLast(json);
        if (latest.size() > KEPT) {
            latest.removeFirst();
        }
        watchers.forEach(pending -> {
            boolean unused = pending.offer(json);
        });
    }

    /** Returns who will watch, null if there is no place left; the place is taken while {@link Watcher#writeTo} runs. */
    synchronized @Nullable Watcher watch() {
        return watchers.size() < MOST_WATCHERS ? new Watcher() : null;
    }

    /** Takes a place and returns what came before, null if there is no place left. */
    private synchronized @Nullable List<String> enter(BlockingQueue<String> pending) {
        if (watchers.size() >= MOST_WATCHERS) {
            return null;
        }
        watchers.add(pending);
        return new ArrayList<>(latest);
    }

    /** One who watches, until the connection ends. One thread. */
    final class Watcher {
        private final BlockingQueue<String> pending = new ArrayBlockingQueue<>(MOST_PENDING);

        private Watcher() {}

        /** Writes events until the client has gone or the thread is interrupted; nothing if all places are taken by now. */
        void writeTo(OutputStream out) throws IOException {
            List<String> before = enter(pending);
            if (before == null) {
                return;
            }
            try {
                write(out, "retry: 2000\n\n");
                for (String json : before) {
                    write(out, "data: " + json + "\n\n");
                }
                while (true) {
                    String json = pending.poll(HEARTBEAT_S, TimeUnit.SECONDS);
                    // A comment, so that a client that has gone is noticed.
                    write(out, json == null ? ":\n\n" : "data: " + json + "\n\n");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                watchers.remove(pending);
            }
        }

        private void write(OutputStream out, String event) throws IOException {
            out.write(event.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }
}
