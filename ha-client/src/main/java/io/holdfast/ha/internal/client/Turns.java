package io.holdfast.ha.internal.client;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a task on a shared executor, never twice at a time, at most one turn queued.
 *
 * <pre>
 * IDLE --wake--&gt; QUEUED --executor--&gt; RUNNING --nothing left--&gt; IDLE
 *                  ^                     | wake: WOKEN
 *                  +------ more, or WOKEN
 * </pre>
 *
 * <p>After each turn the executor is asked anew, so that no one keeps a thread while others wait. Thread-safe; what one turn
 * wrote the next one sees.
 */
final class Turns implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

    private static final int IDLE = 0;
    private static final int QUEUED = 1;
    private static final int RUNNING = 2;
    private static final int WOKEN = 3;

    private final Executor executor;
    private final BooleanSupplier turn;
    private final AtomicInteger state = new AtomicInteger(IDLE);

    /** Turns of {@code turn}, which says whether it left something to do; what it throws is logged, and ends that turn alone. */
    Turns(Executor executor, BooleanSupplier turn) {
        this.executor = executor;
        this.turn = turn;
    }

    /**
     * There is something to do.
     *
     * @throws RejectedExecutionException if the executor refuses; another wake may succeed
     */
    void wake() {
        while (true) {
            int now = state.get();
            if (now == QUEUED || now == WOKEN) {
                return;
            }
            if (now == RUNNING && state.compareAndSet(RUNNING, WOKEN)) {
                return;
            }
            if (now == IDLE && state.compareAndSet(IDLE, QUEUED)) {
                submit();
                return;
            }
        }
    }

    @Override
    public void run() {
        boolean refused;
        do {
            state.set(RUNNING);
            boolean more = turnOnce();
            if (!more && state.compareAndSet(RUNNING, IDLE)) {
                return;
            }
            refused = !again();
        } while (refused);
    }

    // Left to the executor, an error would leave the state at RUNNING, and no wake would ever be answered again.
    @SuppressWarnings("CatchingUnchecked")
    private boolean turnOnce() {
        try {
            return turn.getAsBoolean();
        } catch (Throwable thrown) {
            LOG.error("HF-1015 internal-error detail=\"a turn failed\"", thrown);
            return false;
        }
    }

    /** An executor that takes no more tasks still has this one: what is left is done here. */
    private boolean again() {
        state.set(QUEUED);
        try {
            executor.execute(this);
            return true;
        } catch (RuntimeException | Error e) {
            return false;
        }
    }

    private void submit() {
        try {
            executor.execute(this);
        } catch (RuntimeException | Error e) {
            state.set(IDLE);
            throw e instanceof RejectedExecutionException refused
                    ? refused
                    : new RejectedExecutionException("the delivery executor failed", e);
        }
    }
}
