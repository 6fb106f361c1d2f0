package io.holdfast.broker.internal.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** How far the log is durable, and whether it failed: set by the log's thread, told on the broker's. */
final class Progress {

    private final Executor brokerThread;
    private final AtomicBoolean telling = new AtomicBoolean();
    private volatile long durableIndex;
    private volatile @Nullable JournalException failure;

    // confined to the broker's thread
    private final List<LongConsumer> durableListeners = new ArrayList<>();
    private final List<Consumer<JournalException>> failureListeners = new ArrayList<>();
    private long told;
    private boolean failureTold;

    Progress(Executor brokerThread, long durableIndex) {
        this.brokerThread = brokerThread;
        this.durableIndex = durableIndex;
        this.told = durableIndex;
    }

    long durableIndex() {
        return durableIndex;
    }

    @Nullable
    JournalException failure() {
        return failure;
    }

    /** Everything up to this index is durable. On the log's thread. */
    void reached(long index) {
        durableIndex = index;
        tellSoon();
    }

    /** Nothing more will be. On the log's thread. */
    void failed(JournalException cause) {
        failure = cause;
        tellSoon();
    }

    void whenDurable(LongConsumer listener) {
        durableListeners.add(listener);
    }

    void whenFailed(Consumer<JournalException> listener) {
        failureListeners.add(listener);
        JournalException known = failure;
        if (failureTold && known != null) {
            brokerThread.execute(() -> listener.accept(known));
        }
    }

    /** One task at a time, however many batches there are. */
    private void tellSoon() {
        if (telling.compareAndSet(false, true)) {
            try {
                brokerThread.execute(this::tell);
            } catch (RejectedExecutionException e) {
                // The broker has ended: nobody is left to be told, and what is durable stays so.
            }
        }
    }

    private void tell() {
        telling.set(false); // before it looks: what comes later is told by a task of its own
        JournalException failed = failure;
        long durable = durableIndex;
        if (durable > told) {
            told = durable;
            List.copyOf(durableListeners).forEach(listener -> listener.accept(durable));
        }
        if (failed != null && !failureTold) {
            failureTold = true;
            List.copyOf(failureListeners).forEach(listener -> listener.accept(failed));
        }
    }
}
