package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.error.Untrusted;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a client, once, within the first caller's deadline, on a short-lived thread of its own: a handler or a transport's
 * thread can so begin what it could not wait for, and a caller who is interrupted does not leave it half done.
 *
 * <pre>
 * state CLOSED -&gt; lanes end -&gt; connection writes out and ends -&gt; own connector ends -&gt; running handlers end -&gt; own pool ends -&gt; name is given back
 * </pre>
 */
final class Closing {

    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    /** Kept of the deadline for handlers to react to the interrupt. */
    private static final long INTERRUPT_NANOS = 50_000_000;

    private final ClientSetup setup;
    private final Lifecycle lifecycle;
    private final BlockingGuard guard;
    private final Session session;
    private final Publisher publisher;
    private final Subscriptions subscriptions;
    private final AtomicReference<@Nullable Thread> closer = new AtomicReference<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    /** What there was to close, {@code null} if the connection was lost before; written before the thread starts. */
    private Lifecycle.@Nullable Status before;

    Closing(
            ClientSetup setup,
            Lifecycle lifecycle,
            BlockingGuard guard,
            Session session,
            Publisher publisher,
            Subscriptions subscriptions) {
        this.setup = setup;
        this.lifecycle = lifecycle;
        this.guard = guard;
        this.session = session;
        this.publisher = publisher;
        this.subscriptions = subscriptions;
    }

    /**
     * Closes, or joins the closing that has begun.
     *
     * @throws CancellationException if interrupted; the closing goes on
     */
    void close(Duration timeout) {
        Deadline deadline = Deadline.after(timeout);
        Thread thread = start(deadline);
        if (!guard.mayBlock()) {
            return;
        }
        try {
            done.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
            thread.join(); // it has nothing left to do
        } catch (TimeoutException e) {
            LOG.debug("closing of {} goes on behind its caller's deadline", thread.getName());
        } catch (ExecutionException e) {
            throw new IllegalStateException("never completed so", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("interrupted while closing");
            cancelled.initCause(e);
            throw cancelled;
        }
    }

    /** Begins the closing unless it has begun, and waits for nothing: for threads that the closing itself may wait for. */
    void begin(Duration timeout) {
        start(Deadline.after(timeout));
    }

    private Thread start(Deadline deadline) {
        Thread running = closer.get();
        if (running != null) {
            return running;
        }
        Thread thread = new Thread(
                () -> run(deadline), "holdfast-close-" + setup.logon().clientName());
        thread.setDaemon(true);
        Thread first = closer.compareAndExchange(null, thread);
        if (first != null) {
            return first;
        }
        // The state changes on this thread, so that the client is closed for whoever called close.
        before = lifecycle.closed();
        thread.start();
        return thread;
    }

    private void run(Deadline deadline) {
        boolean ended = false;
        // What an abandoned attempt tells may run the application's code here, which must not wait for this thread.
        Object mark = guard.enter(this);
        try {
            ended = end(before, deadline);
        } catch (InterruptedException e) {
            LOG.debug("closing was interrupted", e);
        } finally {
            try {
                releaseName();
            } finally {
                guard.exit(mark);
                done.complete(null);
            }
        }
        if (!ended) {
            LOG.warn(
                    "HF-1014 close-late client_name={} detail=\"a handler or the transport did not end in time\"",
                    Untrusted.escape(setup.logon().clientName()));
        }
    }

    /** Only now: the next holder may log on at once, and must not meet our connection. */
    private void releaseName() {
        OwnName own = setup.ownName();
        if (own != null) {
            own.release();
        }
    }

    private boolean end(Lifecycle.@Nullable Status status, Deadline deadline) throws InterruptedException {
        publisher.detach();
        session.abandon();
        subscriptions.endLanes();
        boolean ended = true;
        if (status == null || status.connection() != null) {
            Connection connection = status == null ? null : status.connection();
            ended = step("connection", () -> connectionEnds(connection, deadline));
        }
        subscriptions.endLanes(); // again, for what was entered meanwhile
        if (setup.ownsConnector()) {
            ended &= step("connector", () -> setup.connector().close(deadline.remaining()));
        }
        DeliveryPool pool = setup.pool();
        if (pool == null) {
            return within(deadline, subscriptions.quiet()) && ended;
        }
        pool.shutdown();
        return pool.awaitEnd(Math.max(0, deadline.remainingNanos() - INTERRUPT_NANOS)) && ended;
    }

    /** Waits not for the connection's own end but until all have been told of it: so long the delivery is needed. */
    private boolean connectionEnds(@Nullable Connection connection, Deadline deadline) throws InterruptedException {
        if (connection != null) {
            // A peer that reads no more costs all of this time: a tenth is left for the threads to end in.
            connection.close(deadline.remaining().multipliedBy(9).dividedBy(10));
        }
        return within(deadline, session.closed());
    }

    /** Something to end, which says whether it ended in time. */
    @FunctionalInterface
    private interface Step {
        boolean run() throws InterruptedException;
    }

    /** A transport that fails to end must not keep the rest from ending. */
    private static boolean step(String what, Step step) throws InterruptedException {
        try {
            return step.run();
        } catch (RuntimeException e) {
            LOG.error("HF-1015 internal-error detail=\"closing the {} failed\"", what, e);
            return false;
        }
    }

    private static boolean within(Deadline deadline, CompletionStage<?> stage) throws InterruptedException {
        try {
            stage.toCompletableFuture().get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("never completed so", e);
        }
    }
}
