package io.holdfast.it.ha;

import java.time.Duration;

/** What a {@link FaultProxy} does to what passes through it. Thread-safe. */
final class Weather {

    private boolean frozen;
    private boolean swallowing;
    private boolean closed;
    private Duration delay = Duration.ZERO;

    synchronized void freeze() {
        frozen = true;
    }

    synchronized void thaw() {
        frozen = false;
        notifyAll();
    }

    synchronized void swallow(boolean value) {
        swallowing = value;
    }

    synchronized boolean swallows() {
        return swallowing;
    }

    synchronized void delay(Duration value) {
        delay = value;
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Returns when what was just read may pass. */
    void pass() throws InterruptedException {
        Duration late;
        synchronized (this) {
            late = delay;
        }
        if (!late.isZero()) {
            Thread.sleep(late.toMillis());
        }
        synchronized (this) {
            while (frozen && !closed) {
                wait();
            }
        }
    }
}
