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
import java.util.concurrent.atomic.AtomicLong;
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
    /** Of what is kept, and of what waits for one watcher: results carry their texts, which may be long. */
    static final int MOST_CHARS = 1 << 20;

    private static final long HEARTBEAT_S = 10;

    private final Deque<String> latest = new ArrayDeque<>();
    private final Set<Pending> watchers = ConcurrentHashMap.newKeySet();
    private long latestChars;

    /** Creates a feed without results. */
    public LiveFeed() {}

    /**
     * Sends a result to all watchers. One that takes more room than all of them may is left out.
     *
     * @param json one line
     */
    public synchronized void publish(String json) {
        if (json.length() > MOST_CHARS) {
            return;
        }
        latest.addLast(json);
        latestChars += json.length();
        while (latest.size() > KEPT || latestChars > MOST_CHARS) {
            latestChars -= latest.removeFirst().length();
        }
        watchers.forEach(pending -> pending.offer(json));
    }

    /** What waits for one watcher. One thread offers at a time, one takes. */
    private static final class Pending {
        private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(MOST_PENDING);
        private final AtomicLong chars = new AtomicLong();

        void offer(String json) {
            // Before it can be taken: so the sum is never too small.
            if (chars.addAndGet(json.length()) > MOST_CHARS || !lines.offer(json)) {
                chars.addAndGet(-json.length());
            }
        }

        @Nullable
        String poll() throws InterruptedException {
            String json = lines.poll(HEARTBEAT_S, TimeUnit.SECONDS);
            if (json != null) {
                chars.addAndGet(-json.length());
            }
            return json;
        }
    }

    /** Returns who will watch, null if there is no place left; the place is taken while {@link Watcher#writeTo} runs. */
    synchronized @Nullable Watcher watch() {
        return watchers.size() < MOST_WATCHERS ? new Watcher() : null;
    }

    /** Takes a place and returns what came before, null if there is no place left. */
    private synchronized @Nullable List<String> enter(Pending pending) {
        if (watchers.size() >= MOST_WATCHERS) {
            return null;
        }
        watchers.add(pending);
        return new ArrayList<>(latest);
    }

    /** One who watches, until the connection ends. One thread. */
    final class Watcher {
        private final Pending pending = new Pending();

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
                    String json = pending.poll();
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
