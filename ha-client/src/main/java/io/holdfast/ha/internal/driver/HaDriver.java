package io.holdfast.ha.internal.driver;

import io.holdfast.client.ClientState;
import io.holdfast.client.StateChange;
import io.holdfast.client.collision.NameStatus;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.connect.LogonResult;
import io.holdfast.client.error.ClientClosedException;
import io.holdfast.client.error.ConnectFailedException;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.error.NotConnectedException;
import io.holdfast.client.error.ReconnectGaveUpException;
import io.holdfast.client.error.TakeOverRefusedException;
import io.holdfast.client.spi.Clock;
import io.holdfast.client.spi.Scheduler;
import io.holdfast.ha.internal.machine.Effect;
import io.holdfast.ha.internal.machine.Event;
import io.holdfast.ha.internal.machine.HaMachine;
import io.holdfast.ha.internal.machine.Model;
import io.holdfast.ha.internal.machine.Policy;
import io.holdfast.ha.internal.machine.Step;
import io.holdfast.ha.internal.naming.NameDriver;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the machine, does what it says, and publishes what came of it.
 *
 * <p>Public methods from any thread. Everything else, and every field that is neither final nor volatile, belongs to the
 * mailbox, which runs one thing at a time; {@link #feed} is the one way in, and so the one place that every event passes.
 */
public final class HaDriver {

    private static final Logger LOG = LoggerFactory.getLogger(HaDriver.class);

    private final DriverSetup setup;
    private final Clock clock;
    private final Scheduler scheduler;
    private final Mailbox mailbox;
    private final Choices choices;
    private final Links links;
    private final Waiters waiters = new Waiters();
    private final TransitionLog log;
    private final @Nullable NameDriver names;
    private final CompletableFuture<Disconnect> closed = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private Model model;
    private final Map<Long, Scheduler.Cancellable> timers = new HashMap<>();
    private final Queue<Event> waiting = new ArrayDeque<>();
    private boolean working;
    private @Nullable CompletableFuture<LogonResult> takingOver;

    private volatile String clientName;
    private volatile Status status = Status.IDLE;
    private volatile boolean closing;

    /** A driver at rest. */
    public HaDriver(DriverSetup setup) {
        this.setup = setup;
        clientName = setup.logon().clientName();
        clock = setup.engine().clock();
        scheduler = setup.engine().scheduler();
        mailbox = new Mailbox(setup.engine().executor());
        choices = new Choices(setup.backOff(), setup.endpoints(), clock);
        model = Model.idle(Policy.of(clientName, setup.options()));
        links = new Links(setup, choices, new LinkEvents(this));
        log = new TransitionLog(clientName, clock);
        // Without reconnects there is no loop: the name is lost once, and the application told.
        names = setup.options().reconnect().isOn()
                ? new NameDriver(
                        setup.naming(),
                        setup.logon(),
                        List.copyOf(setup.endpoints().endpoints()),
                        setup.options(),
                        setup.connector(),
                        setup.engine(),
                        mailbox::post,
                        new OwnLink(this))
                : null;
    }

    // ---- what the application asks

    /**
     * Starts unless that has happened, and completes when connected. Failing the result from outside ends the wait.
     *
     * @param timeout the deadline of the attempt, with {@code Reconnect.never()}; else it is that of the options
     * @param bounded whether the wait ends here, at {@code timeout}, rather than by the caller
     */
    public CompletableFuture<LogonResult> connect(Duration timeout, boolean bounded) {
        CompletableFuture<LogonResult> waiter = waiter(timeout, bounded);
        mailbox.post(() -> join(waiter, timeout));
        return waiter;
    }

    private CompletableFuture<LogonResult> waiter(Duration timeout, boolean bounded) {
        CompletableFuture<LogonResult> waiter = new CompletableFuture<>();
        if (bounded) {
            Waiters.endsWith(
                    waiter, scheduler.schedule(nanos(timeout), () -> waiter.completeExceptionally(late(timeout))));
        }
        return waiter;
    }

    /** Why a wait of this length for a connection has ended without one. */
    public MessagingException late(Duration timeout) {
        MessagingException last = status.failure();
        return last != null
                ? last
                : new ConnectFailedException(
                        choices.current(),
                        ConnectFailedException.Stage.LOGON,
                        "no connection within " + timeout.toMillis() + " ms",
                        null);
    }

    /** See {@link io.holdfast.client.Client#reconnectNow}. */
    public void reconnectNow() {
        mailbox.post(() -> feed(new Event.ReconnectNow()));
    }

    /** See {@link io.holdfast.client.Client#nameStatus}. */
    public NameStatus nameStatus() {
        return names == null ? NameStatus.QUIET : names.status();
    }

    /** The name it logs on with now. */
    public String clientName() {
        return clientName;
    }

    /** A number of another's came; any thread. */
    public void foreignSequence(long sequence, boolean storeIsOlder) {
        mailbox.post(() -> {
            if (names != null) {
                names.foreignSequence(sequence, storeIsOlder);
            }
        });
    }

    /**
     * See {@link io.holdfast.client.Client#takeOverAsync}. Failing the result from outside ends the wait.
     *
     * @param bounded whether the wait ends here, at {@code timeout}, rather than by the caller
     */
    public CompletableFuture<LogonResult> takeOver(Duration timeout, boolean bounded) {
        CompletableFuture<LogonResult> waiter = waiter(timeout, bounded);
        mailbox.post(() -> takeOver(waiter));
        return waiter;
    }

    /** From now on the client is closed for whoever asks; the rest is up to {@link #close}. */
    public void closing() {
        if (status.state() != ClientState.CLOSED) {
            closing = true;
        }
    }

    /**
     * Ends it all: the connection writes out what is queued for at most {@code timeout}. Idempotent; waits for nothing.
     *
     * @return completes when there is no connection left, and nobody has to be told of one
     */
    public CompletionStage<Void> close(Duration timeout) {
        closing();
        mailbox.post(() -> {
            if (names != null) {
                var unused = names.stop(); // waited for with the rest
            }
            links.closeWithin(timeout);
            feed(new Event.Close());
        });
        return ended.minimalCompletionStage();
    }

    /** The state; closed from the moment that {@link #closing} or {@link #close} is called. */
    public ClientState state() {
        return closing ? ClientState.CLOSED : status.state();
    }

    /** The connection, if calls may go to it now. */
    public @Nullable Connection connection() {
        return closing ? null : status.connection();
    }

    /** Why a call that needs a connection is refused now. */
    public MessagingException refusal() {
        Status now = status;
        Disconnect lost = links.lost();
        if (closing) {
            return new ClientClosedException(clientName);
        }
        boolean hasReason = now.state() == ClientState.FAILED || now.state() == ClientState.STANDBY;
        if (hasReason && now.failure() != null) {
            return now.failure();
        }
        if (lost != null) {
            return new DisconnectedException(lost);
        }
        return now.state() == ClientState.CLOSED
                ? new ClientClosedException(clientName)
                : new NotConnectedException(clientName, now.state());
    }

    /** See {@link io.holdfast.client.Client#closed}. */
    public CompletableFuture<Disconnect> closed() {
        return closed;
    }

    // ---- the mailbox

    void post(Runnable task) {
        mailbox.post(task);
    }

    Model model() {
        return model;
    }

    /** Those who watch the name; {@code null} without reconnects. */
    @Nullable
    NameDriver names() {
        return names;
    }

    /** Whether a link was given up, so that nothing that it tells counts. */
    boolean isForgotten(long link) {
        return links.connection(link) == null;
    }

    void gone(long link) {
        links.gone(link);
    }

    void renamed(String name) {
        clientName = name;
        log.renamed(name);
    }

    void takeOverRefused(Duration tryAgainIn) {
        if (takingOver != null) {
            takingOver.completeExceptionally(new TakeOverRefusedException(clientName, tryAgainIn));
        }
    }

    private void join(CompletableFuture<LogonResult> waiter, Duration timeout) {
        waiters.add(waiter);
        onGivingUp(waiter, () -> leave(waiter, timeout));
        Duration attempt =
                setup.options().reconnect().isOn() ? setup.options().timeouts().connect() : timeout;
        feed(new Event.Start(nanos(attempt)));
    }

    private void takeOver(CompletableFuture<LogonResult> waiter) {
        if (closing || model.state().isTerminal()) {
            waiter.completeExceptionally(refusal());
            return;
        }
        if (names == null) {
            waiter.completeExceptionally(new TakeOverRefusedException(clientName, Duration.ZERO));
            return;
        }
        takingOver = waiter;
        names.takeOver();
        takingOver = null;
        if (!waiter.isDone()) {
            waiters.add(waiter);
            onGivingUp(waiter, () -> waiters.remove(waiter));
            settleWaiters(model.state().isConnected() ? links.connection(model.link()) : null);
        }
    }

    private void onGivingUp(CompletableFuture<LogonResult> waiter, Runnable leave) {
        var unused = waiter.whenComplete((result, error) -> {
            if (error != null) {
                mailbox.post(leave);
            }
        });
    }

    private void leave(CompletableFuture<LogonResult> waiter, Duration timeout) {
        if (waiters.remove(waiter)) {
            feed(new Event.Abandon(late(timeout)));
        }
    }

    /** The delay before the next attempt, drawn now. */
    long nextDelay() {
        return model.policy().reconnects() ? choices.delayNanos(model.nextDelay()) : 0;
    }

    /** An event that comes of an effect waits until all effects are done. */
    void feed(Event event) {
        waiting.add(event);
        if (working) {
            return;
        }
        working = true;
        try {
            for (Event next = waiting.poll(); next != null; next = waiting.poll()) {
                take(next);
            }
        } finally {
            working = false;
        }
    }

    private void take(Event event) {
        Step step;
        try {
            step = HaMachine.on(model, event, clock.nanoTime());
        } catch (RuntimeException | Error e) {
            fatal("the machine failed", e);
            return;
        }
        model = step.model();
        Connection connection = model.state().isConnected() ? links.connection(model.link()) : null;
        status = new Status(model.state(), connection, model.failure());
        try {
            step.effects().forEach(this::apply);
        } catch (RuntimeException | Error e) {
            fatal("an effect failed", e);
        }
        settleWaiters(connection);
    }

    /** Something of our own failed: the client ends, and says why. */
    void fatal(String what, Throwable error) {
        LOG.error("HF-1015 internal-error detail=\"{}\"", what, error);
        if (!model.state().isTerminal()) {
            feed(new Event.Fatal(new ReconnectGaveUpException(clientName, what, error)));
        }
    }

    private void settleWaiters(@Nullable Connection connection) {
        MessagingException failure = model.failure();
        if (connection != null && !closing) {
            waiters.complete(connection.logonResult());
        } else if (closing || model.state().isTerminal()) {
            waiters.fail(refusal());
        } else if (model.state() == ClientState.IDLE && failure != null) {
            waiters.fail(failure);
        }
    }

    private void apply(Effect effect) {
        if (effect instanceof Effect.Connect connect) {
            connect(connect);
        } else if (effect instanceof Effect.AbandonConnect abandon) {
            links.abandon(abandon.link());
        } else if (effect instanceof Effect.Resume resume) {
            links.resume(resume.link());
        } else if (effect instanceof Effect.CloseLink close) {
            links.close(close.link());
        } else if (effect instanceof Effect.ForgetLink forget) {
            Endpoint old = links.endpoint(forget.link());
            if (old != null) {
                log.closeHangs(old);
            }
            links.forget(forget.link());
        } else if (effect instanceof Effect.SetTimer set) {
            setTimer(set.timer(), set.nanos());
        } else if (effect instanceof Effect.CancelTimer cancel) {
            Scheduler.Cancellable timer = timers.remove(cancel.timer());
            if (timer != null) {
                timer.cancel();
            }
        } else if (effect instanceof Effect.TellSelector tell) {
            choices.tell(tell.failure());
        } else if (effect instanceof Effect.Announce announce) {
            announce(announce);
        } else if (effect instanceof Effect.Ended) {
            Disconnect last = links.last();
            if (last != null) {
                closed.complete(last);
            }
            if (names == null) {
                ended.complete(null);
            } else {
                var unused = names.stop().whenComplete((nothing, error) -> ended.complete(null));
            }
        } else {
            throw new IllegalStateException("no such effect: " + effect);
        }
    }

    private void connect(Effect.Connect connect) {
        LogonRequest logon = setup.logon();
        if (names != null) {
            names.logonStarted(choices.current());
            logon = names.logon();
        }
        links.connect(connect.link(), connect.connectNanos(), logon);
    }

    private void setTimer(long id, long nanos) {
        timers.put(
                id,
                scheduler.schedule(
                        nanos,
                        () -> mailbox.post(() -> {
                            if (timers.remove(id) != null) {
                                feed(new Event.TimerFired(id));
                            }
                        })));
    }

    private void announce(Effect.Announce announce) {
        if (announce.to() == ClientState.CONNECTING) {
            choices.next(model.sameEndpoint()); // now, so that the listener is told where to
        }
        boolean none = announce.from() == ClientState.IDLE && announce.to() != ClientState.CONNECTING;
        StateChange change = new StateChange(
                announce.from(),
                announce.to(),
                none ? null : choices.current(),
                announce.disconnect(),
                announce.failure(),
                announce.attempt(),
                Duration.ofNanos(announce.delayNanos()),
                clock.instant());
        log.told(change);
        setup.listener().accept(change);
    }

    private static long nanos(Duration value) {
        Duration most = Duration.ofNanos(Long.MAX_VALUE);
        return value.compareTo(most) > 0 ? Long.MAX_VALUE : value.toNanos();
    }
}
