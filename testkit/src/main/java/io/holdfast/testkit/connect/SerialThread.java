package io.holdfast.testkit.connect;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Plays a connection's thread: runs one event at a time, in order, on whichever thread came first.
 *
 * <p>An event that comes while another runs is left to the thread that is running, so that events never nest, whoever
 * causes them.
 */
final class SerialThread {

    private static final Thread NOBODY = new Thread("nobody");

    private final Deque<Runnable> local = new ArrayDeque<>();
    private final Deque<Runnable> inbound = new ArrayDeque<>();
    private int pauses;
    private boolean held;
    private volatile Thread runner = NOBODY;

    /** An event of our own making: not held back by a pause. */
    void run(Runnable event) {
        synchronized (this) {
            local.add(event);
        }
        drain();
    }

    /** Something read from the peer: waits while reads are paused. */
    void receive(Runnable event) {
        synchronized (this) {
            inbound.add(event);
        }
        drain();
    }

    /** Keeps every event back until {@link #release}: what happens in between happens at once. */
    synchronized void hold() {
        held = true;
    }

    void release() {
        synchronized (this) {
            held = false;
        }
        drain();
    }

    synchronized void pause() {
        pauses++;
    }

    void resume() {
        synchronized (this) {
            if (pauses == 0) {
                throw new IllegalStateException("resumed more often than paused");
            }
            pauses--;
        }
        drain();
    }

    synchronized int pauses() {
        return pauses;
    }

    synchronized int unread() {
        return inbound.size();
    }

    synchronized void forgetInbound() {
        inbound.clear();
    }

    boolean isCurrent() {
        return Thread.currentThread() == runner;
    }

    private void drain() {
        Runnable event = start();
        while (event != null) {
            try {
                event.run();
            } finally {
                synchronized (this) {
                    runner = NOBODY;
                }
            }
            event = start();
        }
    }

    private synchronized @Nullable Runnable start() {
        if (held || runner != NOBODY) {
            return null;
        }
        Runnable event = local.poll();
        if (event == null && pauses == 0) {
            event = inbound.poll();
        }
        if (event != null) {
            runner = Thread.currentThread();
        }
        return event;
    }
}
