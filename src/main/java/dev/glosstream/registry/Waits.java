package dev.glosstream.registry;

import java.time.Duration;

/** How a thread waits before it asks again. Tests wait without time passing. */
@FunctionalInterface
interface Waits {
    /** Sleeps. */
    Waits REAL = time -> Thread.sleep(time.toMillis());

    /** Waits that long. */
    void pause(Duration time) throws InterruptedException;
}
