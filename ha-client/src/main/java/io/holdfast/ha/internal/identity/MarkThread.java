package io.holdfast.ha.internal.identity;

import io.holdfast.ha.internal.identity.HeldFolder.Beat;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One daemon thread for each held folder: a volume that hangs delays this beat and nothing else. The folder is released by
 * this very thread as its last act, so that no late beat can follow.
 */
final class MarkThread implements Heartbeats.Running, Runnable {

    private final HeldFolder folder;
    private final String name;
    private final Consumer<@Nullable Mark> onLost;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private boolean failing;

    private MarkThread(HeldFolder folder, String name, Consumer<@Nullable Mark> onLost) {
        this.folder = folder;
        this.name = name;
        this.onLost = onLost;
        this.thread = new Thread(this, "holdfast-mark-" + name);
    }

    static Heartbeats.Running start(HeldFolder folder, String name, Consumer<@Nullable Mark> onLost) {
        MarkThread beats = new MarkThread(folder, name, onLost);
        beats.thread.setDaemon(true);
        beats.thread.start();
        return beats;
    }

    @Override
    public void run() {
        try {
            while (!stop.await(HeldFolder.BEAT.toNanos(), TimeUnit.NANOSECONDS) && beat()) {
                // until stopped or lost
            }
            stop.await();
        } catch (InterruptedException e) {
            // Nobody has this thread but us; whoever interrupts it wants it to end.
            Thread.currentThread().interrupt();
        } finally {
            release();
            released.countDown();
        }
    }

    @Override
    public void stop(Duration timeout) {
        stop.countDown();
        if (Thread.currentThread() == thread) {
            // From the listener: the thread releases when the listener returns.
            return;
        }
        try {
            if (released.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                thread.join(); // it has nothing left to do
            } else {
                IdentityLog.releaseHangs(folder.path(), name, timeout);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean beat() {
        try {
            Beat beat = folder.beat();
            failing = false;
            if (beat.lost()) {
                onLost.accept(beat.rival());
            }
            return !beat.lost();
        } catch (IOException e) {
            if (!failing) {
                IdentityLog.beatFailed(folder.path(), name, e);
            }
            failing = true;
            return true;
        }
    }

    private void release() {
        try {
            folder.release();
        } catch (IOException e) {
            IdentityLog.releaseFailed(folder.path(), name, e);
        }
    }
}
