package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.ha.internal.store.PublishStore;
import io.holdfast.ha.internal.store.StoredPublish;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The way from the store to the connection, and the lock under which both are used, so that the order on the wire is that of
 * the store.
 *
 * <pre>
 * open --&gt; numbers made durable --ready--&gt; write, write, ... --full--&gt; (writable) --&gt; write ... --&gt; shut
 * </pre>
 *
 * <p>Everything but {@link #lock()} and {@link #unlock()} is confined to the lock. Of the transport only its write queue is called
 * with it held.
 */
final class PublishLine {

    private final PublishStore store;
    private final int mostUnacknowledged;
    private final Runnable whenWritable;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private @Nullable Connection connection;
    private @Nullable StoredPublish sending;
    private boolean ready;
    private boolean awaitingWritable;
    private boolean writableMeanwhile;
    private boolean ended;

    /**
     * A line, shut.
     *
     * @param whenWritable called without the lock when the write queue has room again
     */
    PublishLine(PublishStore store, int mostUnacknowledged, Runnable whenWritable) {
        this.store = store;
        this.mostUnacknowledged = mostUnacknowledged;
        this.whenWritable = whenWritable;
    }

    void lock() {
        lock.lock();
    }

    void unlock() {
        boolean call = writableMeanwhile && lock.getHoldCount() == 1;
        if (call) {
            writableMeanwhile = false;
        }
        lock.unlock();
        if (call) {
            whenWritable.run();
        }
    }

    PublishStore store() {
        return store;
    }

    /** What it leads to; {@code null} while it is shut. */
    @Nullable
    Connection connection() {
        return connection;
    }

    boolean isOpenTo(@Nullable Connection to) {
        return to != null && connection == to;
    }

    void open(Connection to) {
        connection = to;
        ready = false;
        awaitingWritable = false;
    }

    /** The numbers are durable: from now on it may be written. */
    void ready() {
        ready = true;
        room.signalAll();
    }

    /** Until {@link #ready()} nothing is written. */
    void pause() {
        ready = false;
    }

    /** Nothing is written any more; what was being written on this very thread is taken back if the store keeps nothing. */
    void shut() {
        connection = null;
        ready = false;
        StoredPublish current = sending;
        if (current != null && !store.keepsMessages()) {
            store.takeBack(current);
            sending = null;
        }
        room.signalAll();
    }

    /** Nothing new is taken from now on; whoever waits for room is to look. */
    void end() {
        ended = true;
        room.signalAll();
    }

    boolean isEnded() {
        return ended;
    }

    /** Whether as many are unacknowledged as may be. */
    boolean isWindowFull() {
        return store.unacknowledged() >= mostUnacknowledged;
    }

    int mostUnacknowledged() {
        return mostUnacknowledged;
    }

    /** Whether a message could be written now, as far as is known. */
    boolean isReady() {
        return ready && !awaitingWritable && !isWindowFull();
    }

    /**
     * Writes the store's next message.
     *
     * @return false if the write queue is full or the line is shut: it waits
     * @throws io.holdfast.client.error.DisconnectedException if the connection has ended, which is being told
     * @throws RuntimeException what else the transport says, about this message alone
     */
    boolean write(StoredPublish entry, PublishRequest request) {
        Connection to = connection;
        if (to == null) {
            return false;
        }
        long sequence = store.sequenceOf(entry);
        long before = store.aboutToWrite(entry);
        boolean taken = false;
        try {
            sending = entry;
            taken = to.publish(request, SequenceNumber.of(sequence));
        } finally {
            sending = null;
            if (!taken) {
                store.notWritten(before);
            }
        }
        if (taken && connection == to) {
            store.wrote(entry, sequence);
        } else if (connection == to) {
            awaitWritable(to);
        }
        return taken;
    }

    private void awaitWritable(Connection to) {
        if (!awaitingWritable) {
            awaitingWritable = true;
            Outcome.of(to.writable(), (nothing, end) -> writable(to));
        }
    }

    private void writable(Connection from) {
        lock();
        try {
            if (connection == from) {
                awaitingWritable = false;
                writableMeanwhile = true; // told by whoever gives the lock back last
                room.signalAll();
            }
        } finally {
            unlock();
        }
    }

    /** Somebody may find room now. */
    void roomChanged() {
        room.signalAll();
    }

    /** Waits for a change; gives the lock back meanwhile. */
    @SuppressWarnings("WaitNotInLoop") // the caller's loop looks again, and its deadline ends it
    void awaitChange(long nanos) throws InterruptedException {
        room.awaitNanos(nanos);
    }
}
