package io.holdfast.ha.internal.client;

import io.holdfast.client.Limits;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.message.Message;
import io.holdfast.client.subscribe.MessageStream;
import io.holdfast.client.subscribe.Subscription;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue of one stream, filled on the connection's thread and emptied by whoever asks for the next message; full, it
 * pauses the connection. The lock is not held while the transport or the ledger is called.
 */
final class StreamLane implements Lane, MessageStream {

    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

    private final HaSubscription subscription;
    private final BlockingGuard guard;
    private final LaneQueue queue;
    private final ReadPause pause;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private LaneMessage filling = new LaneMessage();
    private @Nullable MessagingException failure;
    private boolean ended;
    private long delivered;

    /** What {@link #hasNext} found and {@link #next()} has not given yet; the reader's. */
    private @Nullable Message ahead;

    /** The receipt of the message given last, or ahead; the reader's. */
    private long receipt;

    StreamLane(HaSubscription subscription, Limits limits, BlockingGuard guard, Pauses pauses) {
        this.subscription = subscription;
        this.guard = guard;
        queue = new LaneQueue(limits.laneMessages(), limits.laneBytes());
        pause = new ReadPause(pauses);
    }

    // ---- the connection's side

    @Override
    public void offer(Message view, long newReceipt, Connection from) {
        filling.set(view, newReceipt);
        boolean full;
        lock.lock();
        try {
            if (ended) {
                return;
            }
            pause.deliveredBy(from);
            queue.add(filling);
            filling = queue.slot();
            full = queue.isFull();
            if (full) {
                pause.wanted();
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
        if (full) {
            pause(from);
        }
    }

    private void pause(Connection from) {
        from.pauseReads();
        boolean stays;
        lock.lock();
        try {
            stays = pause.made(from, !ended && !queue.isHalfEmpty());
        } finally {
            lock.unlock();
        }
        if (!stays) {
            from.resumeReads();
        }
    }

    @Override
    public void disconnected() {
        lock.lock();
        try {
            pause.ended();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void fail(MessagingException cause) {
        lock.lock();
        try {
            if (!ended && failure == null) {
                failure = cause;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** After a failure what waits can still be read. */
    @Override
    public void end() {
        Connection resume;
        lock.lock();
        try {
            ended = true;
            if (failure == null) {
                queue.clear();
            }
            resume = pause.take();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (resume != null) {
            resume.resumeReads();
        }
    }

    // ---- the reader's side

    @Override
    public Optional<Message> next(Duration timeout) {
        Message message = take(Nanos.positive(timeout));
        ahead = null;
        return Optional.ofNullable(message);
    }

    @Override
    public boolean hasNext() {
        return take(FOR_EVER) != null;
    }

    @Override
    public Message next() {
        Message message = take(FOR_EVER);
        if (message == null) {
            throw new NoSuchElementException("the stream was closed");
        }
        ahead = null;
        return message;
    }

    /** The next message, which stays ahead until it is given; {@code null} if there is none in time, or will be none. */
    private @Nullable Message take(Duration timeout) {
        guard.check("MessageStream.next");
        if (ahead != null) {
            return ahead;
        }
        subscription.handled(receipt);
        receipt = 0;
        long left = Nanos.of(timeout);
        Connection resume;
        lock.lock();
        try {
            while (queue.size() == 0) {
                if (failure != null) {
                    throw failure;
                }
                if (ended || left <= 0) {
                    return null;
                }
                left = changed.awaitNanos(left);
            }
            LaneMessage next = queue.poll();
            if (next == null) {
                throw new IllegalStateException("a second thread reads this stream");
            }
            ahead = next.copy();
            receipt = next.receipt();
            queue.recycle(next);
            delivered++;
            resume = queue.isHalfEmpty() ? pause.take() : null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("interrupted while waiting");
            cancelled.initCause(e);
            throw cancelled;
        } finally {
            lock.unlock();
        }
        if (resume != null) {
            resume.resumeReads();
        }
        return ahead;
    }

    @Override
    public void close() {
        boolean wasOpen;
        lock.lock();
        try {
            wasOpen = !ended;
        } finally {
            lock.unlock();
        }
        if (wasOpen) {
            Outcome.of(subscription.unsubscribeAsync(), (nothing, error) -> {
                if (error != null) {
                    subscription.takeBack(); // nobody will try again
                }
            });
            end(); // also where the unsubscribe could not be sent
        }
    }

    @Override
    public Subscription subscription() {
        return subscription;
    }

    // ---- what is known of it

    @Override
    public boolean isEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** There is no handler to wait for. */
    @Override
    public CompletionStage<Void> quiet() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public long delivered() {
        lock.lock();
        try {
            return delivered;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long dropped() {
        return 0;
    }

    @Override
    public int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "MessageStream[" + subscription.id() + "]";
    }
}
