package io.holdfast.client.spi;

import java.time.Instant;

/** What time it is; any thread. Everything that reads the time is given one, so that a test supplies it. */
public interface Clock {

    /** Wall-clock time: for people and for logs. It jumps, and two machines differ. */
    Instant instant();

    /** Monotonic time in nanoseconds, from an arbitrary origin: for measuring. Only differences mean something. */
    long nanoTime();

    /** The clock of the JDK. */
    static Clock system() {
        return SystemClock.INSTANCE;
    }
}
