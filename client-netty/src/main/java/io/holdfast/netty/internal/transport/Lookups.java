package io.holdfast.netty.internal.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The part of connecting that can only be done blocking, on a few threads of its own: name look-ups by the operating
 * system, and reading key files. The event loop never waits for them; the attempt's deadline covers them.
 *
 * <p>A name is looked up anew at each attempt. The JDK keeps answers for a while all the same (30 seconds if found, 10 if not,
 * by the security properties {@code networkaddress.cache.ttl} and {@code networkaddress.cache.negative.ttl}): who moves names
 * faster than that lowers them; they are the JVM's, and not ours to change. A look-up cannot be interrupted: one that hangs
 * keeps its thread, a daemon, until the operating system gives up, and others wait behind it no longer than their deadlines.
 *
 * <p>Thread-safe.
 */
public final class Lookups {

    private static final int THREADS = 4;
    private static final int QUEUE = 1_024;

    private final Resolver resolver;
    private final OwnedThreads owned = new OwnedThreads("holdfast-lookup", Thread::new);
    private final ExecutorService threads;

    /** Look-ups by the JDK. */
    public Lookups() {
        this(InetAddress::getAllByName);
    }

    /** Look-ups by this resolver. */
    public Lookups(Resolver resolver) {
        this.resolver = resolver;
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUE), owned);
        pool.allowCoreThreadTimeOut(true);
        this.threads = pool;
    }

    /** The addresses of a name. Blocking: from within {@link #run} only. */
    InetAddress[] addresses(String host) throws UnknownHostException {
        return resolver.resolve(host);
    }

    /**
     * Runs a step that may block.
     *
     * @throws java.util.concurrent.RejectedExecutionException if too many wait already, or after {@link #shutdown}
     */
    Future<?> run(Callable<?> step) {
        return threads.submit(step);
    }

    /** Begins to end the threads; steps that wait for one are dropped. */
    public void shutdown() {
        threads.shutdownNow();
    }

    /** Waits for the end of the threads; returns whether none is left. */
    public boolean awaitEnd(long timeoutNanos) throws InterruptedException {
        return threads.awaitTermination(timeoutNanos, TimeUnit.NANOSECONDS) && owned.join(timeoutNanos);
    }

    /** Finds the addresses of a host name; may block. */
    @FunctionalInterface
    public interface Resolver {
        /** All addresses, at least one. */
        InetAddress[] resolve(String host) throws UnknownHostException;
    }
}
