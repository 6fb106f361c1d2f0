package io.holdfast.ha.internal.client;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the pauses that full lanes make, for who has to tell a connection that is not read from a broker that is silent. Thread-safe. */
final class Pauses {

    private final AtomicInteger active = new AtomicInteger();
    private final AtomicLong made = new AtomicLong();
    private final AtomicLong asked = new AtomicLong();

    /** A lane pauses its connection. */
    void begin() {
        active.incrementAndGet();
        made.incrementAndGet();
    }

    /** Its pause is over, or its connection. */
    void end() {
        active.decrementAndGet();
    }

    /** Whether there was a pause since this was asked last, or is. */
    boolean wereSinceAsked() {
        long now = made.get();
        return asked.getAndSet(now) != now || active.get() > 0;
    }
}
