package io.holdfast.ha.internal.driver;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time, in the order in which they were posted, on an executor that may be anything: a pool, one thread,
 * the poster's own. A task posted by a task runs after it, never within it. Thread-safe.
 */
final class Mailbox {

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private final Executor executor;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    Mailbox(Executor executor) {
        this.executor = executor;
    }

    /** Has the task run. An executor that has ended takes nothing: what is still told then is taken in on the teller's thread. */
    void post(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() > 0) {
            return;
        }
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException e) {
            drain();
        }
    }

    private void drain() {
        int done = 1;
        while (done > 0) {
            Runnable task = tasks.poll();
            if (task == null) {
                throw new IllegalStateException("fewer tasks than were counted");
            }
            run(task);
            done = waiting.decrementAndGet();
        }
    }

    @SuppressWarnings("CatchingUnchecked") // whatever it is, the tasks behind it have to run
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            LOG.error("HF-1015 internal-error detail=\"a decision failed\"", e);
        }
    }
}
