package io.holdfast.netty.internal.transport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/**
 * Makes numbered threads and knows those that live, so that a close can wait until they are really gone: an executor calls
 * itself terminated while its last thread has still a few instructions to go. Thread-safe.
 */
final class OwnedThreads implements ThreadFactory {

    private final String prefix;
    private final BiFunction<Runnable, String, Thread> maker;
    private final AtomicInteger number = new AtomicInteger();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    /** Threads named {@code prefix-1} and so on. */
    OwnedThreads(String prefix, BiFunction<Runnable, String, Thread> maker) {
        this.prefix = prefix;
        this.maker = maker;
    }

    @Override
    public Thread newThread(Runnable task) {
        threads.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
        Thread thread = maker.apply(task, prefix + "-" + number.incrementAndGet());
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }

    /** Waits for the end of all threads that were started; returns whether none is left. */
    boolean join(long timeoutNanos) throws InterruptedException {
        long millis = TimeUnit.NANOSECONDS.toMillis(timeoutNanos);
        for (Thread thread : threads) {
            if (thread.isAlive()) {
                thread.join(Math.max(1, millis));
            }
            if (thread.isAlive()) {
                return false; // the others have had their time meanwhile
            }
        }
        return true;
    }
}
