package io.holdfast.ha.internal.client;

import io.holdfast.client.error.ClientClosedException;
import io.holdfast.client.error.Untrusted;
import io.holdfast.client.spi.NonBlockingThread;
import io.holdfast.client.spi.Scheduler;
import io.holdfast.ha.internal.driver.HaDriver;
import io.holdfast.ha.internal.driver.HaThread;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a client, once, within the first caller's deadline, on a short-lived thread of its own: a handler or a transport's
 * thread can so begin what it could not wait for, and a caller who is interrupted does not leave it half done.
 *
 * <pre>
 * state CLOSED -&gt; lanes end -&gt; publishes are confirmed -&gt; connection writes out and ends -&gt; own connector ends -&gt; store ends -&gt; running handlers end -&gt; own pool ends
 *   -&gt; bookmark store ends -&gt; own thread of decisions ends -&gt; name is given back
 * </pre>
 */
final class Closing {

    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    /** Kept of the deadline for handlers to react to the interrupt, and beyond it for threads that are idle to end. */
    private static final long INTERRUPT_NANOS = 50_000_000;

    private final ClientSetup setup;
    private final HaDriver driver;
    private final BlockingGuard guard;
    private final Publisher publisher;
    private final Commands commands;
    private final SubscriptionSide subscriptions;
    private final AtomicReference<@Nullable Thread> closer = new AtomicReference<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final AtomicBoolean isToldLate = new AtomicBoolean();

    /** What it is doing, for who waits for it in vain. */
    private volatile String doing = "publishes";

    /** What first did not end in time. */
    private volatile @Nullable String late;

    /** When it should be over. */
    private volatile @Nullable Deadline mostTime;

    Closing(
            ClientSetup setup,
            HaDriver driver,
            BlockingGuard guard,
            Publisher publisher,
            Commands commands,
            SubscriptionSide subscriptions) {
        this.setup = setup;
        this.driver = driver;
        this.guard = guard;
        this.publisher = publisher;
        this.commands = commands;
        this.subscriptions = subscriptions;
    }

    /**
     * Closes, or joins the closing that has begun.
     *
     * @throws CancellationException if interrupted; the closing goes on
     */
    void close(Duration timeout) {
        Deadline deadline = deadline(timeout);
        Thread thread = start(deadline);
        if (!guard.mayBlock()) {
            return;
        }
        try {
            done.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
            thread.join(); // it has nothing left to do
        } catch (TimeoutException e) {
            Deadline most = mostTime;
            if (most != null && most.remainingNanos() == 0) {
                tellLate();
            } else {
                LOG.debug("closing of {} goes on behind its caller's deadline", thread.getName());
            }
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
        start(deadline(timeout));
    }

    private Thread start(Deadline deadline) {
        Thread running = closer.get();
        if (running != null) {
            return running;
        }
        Thread thread = new Thread(
                () -> run(() -> end(deadline)),
                "holdfast-close-" + setup.logon().clientName());
        thread.setDaemon(true);
        Thread first = closer.compareAndExchange(null, thread);
        if (first != null) {
            return first;
        }
        mostTime = deadline;
        driver.closing(); // here, so that the client is closed for whoever called close
        if (goesByStages()) {
            closeByStages(deadline);
        } else {
            thread.start();
        }
        return thread;
    }

    /**
     * With a borrowed engine, on a thread that must never wait, there may be no other thread that moves anything: a
     * simulation. What takes time is then waited for by the engine.
     */
    private boolean goesByStages() {
        return setup.engine().thread() == null && Thread.currentThread() instanceof NonBlockingThread;
    }

    private Deadline deadline(Duration timeout) {
        return goesByStages() ? Deadline.after(timeout, setup.engine().clock()) : Deadline.after(timeout);
    }

    private void closeByStages(Deadline deadline) {
        setup.engine().executor().execute(() -> {
            quit();
            Duration most = timeToDrain(deadline);
            CompletableFuture<Void> drained = most.isZero() ? CompletableFuture.completedFuture(null) : drained(most);
            whenOver(
                    drained,
                    most,
                    () -> whenOver(
                            driver.close(deadline.remaining()), deadline.remaining(), () -> run(() -> rest(deadline))));
        });
    }

    /** Goes on, on the engine, when the stage has completed, or the time is up. */
    private void whenOver(CompletionStage<Void> stage, Duration most, Runnable then) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        Outcome.of(stage, (nothing, error) -> over.complete(null));
        Scheduler.Cancellable alarm = setup.engine().scheduler().schedule(most.toNanos(), () -> over.complete(null));
        Outcome.of(over, (nothing, error) -> {
            alarm.cancel();
            setup.engine().executor().execute(then);
        });
    }

    private void run(Step ending) {
        boolean ended = false;
        // What an abandoned attempt tells may run the application's code here, which must not wait for this thread.
        Object mark = guard.enter(this);
        try {
            ended = ending.run();
        } catch (InterruptedException e) {
            LOG.debug("closing was interrupted", e);
        } finally {
            try {
                closeBookmarks(); // again, where an interrupt cut the rest short
                releaseName();
            } finally {
                guard.exit(mark);
                done.complete(null);
            }
        }
        if (!ended) {
            tellLate();
        }
    }

    /** Once: by the caller who waits in vain, since what hangs may never come to say it, or at the end. */
    private void tellLate() {
        if (isToldLate.compareAndSet(false, true)) {
            String first = late;
            LOG.warn(
                    "HF-1014 close-late client_name={} detail=\"did not end in time: {}\"",
                    Untrusted.escape(setup.logon().clientName()),
                    first == null ? doing : first);
        }
    }

    /** Only now: the next holder may log on at once, and must not meet our connection. */
    private void releaseName() {
        OwnName own = setup.ownName();
        if (own != null) {
            own.release();
        }
    }

    private boolean end(Deadline deadline) throws InterruptedException {
        quit();
        drain(deadline);
        // Waits not for the connection's own end but until all have been told of it: so long the delivery is needed.
        boolean ended = step("connection", () -> within(deadline, driver.close(deadline.remaining())));
        return rest(deadline) && ended;
    }

    /** Nothing more is taken in. */
    private void quit() {
        publisher.detach();
        subscriptions.over(new ClientClosedException(setup.logon().clientName()));
        subscriptions.endLanes();
    }

    /** What is left to do when the connection is gone. */
    private boolean rest(Deadline deadline) throws InterruptedException {
        boolean ended = true;
        subscriptions.endLanes(); // again, for what was entered meanwhile
        if (setup.ownsConnector()) {
            ended &= step("connector", () -> setup.connector().close(deadline.remaining()));
        }
        ended &= step("publish store", () -> {
            publisher.close(deadline.remaining());
            return true;
        });
        ended &= step("delivery", () -> deliveryEnds(deadline));
        doing = "bookmark store";
        ended &= closeBookmarks(); // behind the last handler, whose message is done with
        doing = "client's thread";
        HaThread thread = setup.engine().thread();
        return (thread == null || thread.end(Math.max(deadline.remainingNanos(), INTERRUPT_NANOS))) && ended;
    }

    private boolean closeBookmarks() {
        try {
            subscriptions.closeStore();
            return true;
        } catch (RuntimeException | Error e) {
            broken("bookmark store", e);
            return false;
        }
    }

    /** What is published and not confirmed is waited for, but a fifth of the time is kept for the rest. */
    private void drain(Deadline deadline) throws InterruptedException {
        Duration most = timeToDrain(deadline);
        if (most.isZero()) {
            return;
        }
        CompletableFuture<Void> drained = drained(most);
        try {
            drained.get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("not all that was published is confirmed", e); // each is told for itself
            drained.cancel(false);
        }
    }

    private CompletableFuture<Void> drained(Duration most) {
        try {
            return commands.drain(most);
        } catch (RuntimeException | Error e) {
            broken("publishes", e);
            return CompletableFuture.completedFuture(null);
        }
    }

    private static Duration timeToDrain(Deadline deadline) {
        return deadline.remaining().multipliedBy(4).dividedBy(5);
    }

    private boolean deliveryEnds(Deadline deadline) throws InterruptedException {
        DeliveryPool pool = setup.pool();
        if (pool == null) {
            return within(deadline, subscriptions.quiet());
        }
        pool.shutdown();
        return pool.awaitEnd(Math.max(0, deadline.remainingNanos() - INTERRUPT_NANOS));
    }

    /** Something to end, which says whether it ended in time. */
    @FunctionalInterface
    private interface Step {
        boolean run() throws InterruptedException;
    }

    /** What fails to end must not keep the rest from ending. */
    private boolean step(String what, Step step) throws InterruptedException {
        doing = what;
        boolean ended = false;
        try {
            ended = step.run();
        } catch (RuntimeException | Error e) {
            broken(what, e);
        }
        if (!ended && late == null) {
            late = what;
        }
        return ended;
    }

    private static void broken(String what, Throwable error) {
        LOG.error("HF-1015 internal-error detail=\"closing the {} failed\"", what, error);
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
