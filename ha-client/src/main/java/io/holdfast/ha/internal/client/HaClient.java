package io.holdfast.ha.internal.client;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.Client;
import io.holdfast.client.ClientState;
import io.holdfast.client.StateChange;
import io.holdfast.client.Timeouts;
import io.holdfast.client.collision.NameStatus;
import io.holdfast.client.collision.StoreCounts;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.LogonResult;
import io.holdfast.client.error.ClientClosedException;
import io.holdfast.client.error.CommandTimedOutException;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.error.NameCollisionException;
import io.holdfast.client.error.Untrusted;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.Command;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.client.publish.ForeignSequence;
import io.holdfast.client.publish.InDoubt;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.client.publish.PublishStoreStatus;
import io.holdfast.client.publish.StoreFullPolicy;
import io.holdfast.client.subscribe.MessageHandler;
import io.holdfast.client.subscribe.MessageStream;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.client.subscribe.Subscription;
import io.holdfast.ha.collision.PublishInStandby;
import io.holdfast.ha.internal.driver.DriverSetup;
import io.holdfast.ha.internal.driver.Engine;
import io.holdfast.ha.internal.driver.HaDriver;
import io.holdfast.ha.internal.naming.NameSetup;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The facade: lets a call through or refuses it, hands it to whom it concerns, and waits where the caller asked for that.
 * Thread-safe.
 */
public final class HaClient implements Client {

    private static final Logger LOG = LoggerFactory.getLogger(HaClient.class);

    private final ClientSetup setup;
    private final Timeouts timeouts;
    private final BlockingGuard guard = new BlockingGuard();
    private final HaDriver driver;
    private final Publisher publisher;
    private final Commands commands;
    private final SubscriptionSide subscriptions;
    private final Closing closing;

    /** A client, idle. */
    public HaClient(ClientSetup setup) {
        this(setup, null);
    }

    /** A client whose alarms are the test's. */
    HaClient(ClientSetup setup, @Nullable Alarms testAlarms) {
        this.setup = setup;
        timeouts = setup.options().timeouts();
        Engine engine = setup.engine();
        Alarms alarms = testAlarms == null ? Alarms.on(engine.scheduler(), guard) : testAlarms;
        ListenerDispatch listener = new ListenerDispatch(this, setup.listener(), setup.delivery(), guard);
        publisher = new Publisher(new PublisherSetup(
                setup.logon().clientName(),
                setup.publishing(),
                setup.options().limits(),
                timeouts.publish(),
                guard,
                listener,
                this::takesNothing,
                this::refusal,
                this::foreignSequence));
        commands = new Commands(publisher, alarms);
        subscriptions = new SubscriptionSide(this, setup, alarms, guard, listener);
        driver = new HaDriver(new DriverSetup(
                setup.logon(),
                setup.options(),
                setup.connector(),
                setup.endpoints(),
                setup.backOff(),
                guarded(engine),
                () -> new Session(guard, publisher, subscriptions),
                change -> changed(change, listener),
                naming(listener)));
        closing = new Closing(setup, driver, guard, publisher, commands, subscriptions);
        OwnName own = setup.ownName();
        if (own != null) {
            own.whenLost(lost -> {
                listener.tell((to, client) -> to.onIdentityLost(client, lost));
                closing.begin(timeouts.close());
            });
        }
    }

    private NameSetup naming(ListenerDispatch listener) {
        NamingSetup naming = setup.naming();
        return new NameSetup(
                naming.stamp(),
                naming.source(),
                publisher.keepsMessages(),
                naming.options(),
                naming.handler(),
                this::counts,
                diagnosis -> listener.tell((told, client) -> told.onCollision(client, diagnosis)),
                task -> setup.delivery().execute(() -> guard.guarded(task)));
    }

    private StoreCounts counts() {
        PublishStoreStatus status = publisher.status();
        return new StoreCounts(status.stored(), status.inDoubt());
    }

    /** What a decision completes, or a deadline, may run the application's code, which must not wait for the next one. */
    private Engine guarded(Engine engine) {
        return new Engine(
                engine.clock(),
                task -> engine.executor().execute(() -> guard.guarded(task)),
                (delay, task) -> engine.scheduler().schedule(delay, () -> guard.guarded(task)),
                engine.random(),
                engine.thread());
    }

    /**
     * Another publishes under our name, or an earlier store of ours did at a server that this one sees for the first time. A store
     * that is new, or lost its end, does not take the broker's number for a foreign one.
     */
    private void foreignSequence(ForeignSequence foreign) {
        driver.foreignSequence(foreign.sequence().value(), foreign.isProof());
        LOG.warn(
                "HF-2306 foreign-sequence client_name={} sequence={} source={} server={} origin={} detail=\"{}\""
                        + " fix=\"give each program a client name of its own\"",
                Untrusted.escape(name()),
                foreign.sequence(),
                foreign.source(),
                foreign.endpoint().address(),
                foreign.origin(),
                foreign.isProof()
                        ? "another publishes under this name: it came since this store was here"
                        : "this store was never here before: an earlier store of this name may have left it");
    }

    /** Why nothing can be published, not even into the store. */
    private @Nullable MessagingException takesNothing() {
        ClientState now = driver.state();
        // One that tries to log on out of its standby may stand by again in a moment.
        boolean standsBy = now == ClientState.STANDBY
                || (driver.nameStatus().state() == NameStatus.State.TRIAL && !now.isConnected());
        boolean rejects = standsBy && setup.naming().options().publishInStandby() == PublishInStandby.REJECT;
        if (rejects && now != ClientState.STANDBY) {
            return driver.nameStatus()
                    .diagnosis()
                    .<MessagingException>map(NameCollisionException::new)
                    .orElseGet(driver::refusal);
        }
        return rejects || now.isTerminal() ? driver.refusal() : null;
    }

    private void changed(StateChange change, ListenerDispatch listener) {
        listener.tell((told, client) -> told.onStateChange(client, change));
        if (change.to() == ClientState.STANDBY) {
            publisher.standsBy();
        }
        if (change.to() == ClientState.FAILED) {
            publisher.over(driver.refusal()); // a client that is closed waits for confirmations first
        }
        if (change.to().isTerminal()) {
            subscriptions.over(driver.refusal());
        }
    }

    private MessagingException refusal() {
        return driver.refusal();
    }

    @Override
    public String name() {
        return driver.clientName();
    }

    @Override
    public NameStatus nameStatus() {
        return driver.nameStatus();
    }

    @Override
    public CompletionStage<LogonResult> takeOverAsync() {
        return driver.takeOver(timeouts.connect(), true);
    }

    @Override
    public LogonResult takeOver(Duration timeout) {
        guard.check("takeOver");
        CompletableFuture<LogonResult> taken = driver.takeOver(Await.inner(Nanos.positive(timeout)), false);
        return Await.get(taken, timeout, () -> driver.late(timeout));
    }

    @Override
    public ClientState state() {
        return driver.state();
    }

    boolean isOpen() {
        return !driver.state().isTerminal();
    }

    void refuseIfClosed() {
        if (driver.state() == ClientState.CLOSED) {
            throw new ClientClosedException(name());
        }
    }

    @Override
    public CompletionStage<LogonResult> connectAsync() {
        return driver.connect(timeouts.connect(), true);
    }

    @Override
    public LogonResult connect(Duration timeout) {
        guard.check("connect");
        CompletableFuture<LogonResult> connected = driver.connect(Await.inner(Nanos.positive(timeout)), false);
        return Await.get(connected, timeout, () -> driver.late(timeout));
    }

    @Override
    public void reconnectNow() {
        driver.reconnectNow();
    }

    @Override
    public PublishResult publish(PublishRequest request) {
        return publisher.publish(requireNonNull(request, "request"));
    }

    @Override
    public PublishResult publish(PublishRequest request, StoreFullPolicy policy) {
        return publisher.publish(requireNonNull(request, "request"), requireNonNull(policy, "policy"));
    }

    @Override
    public CompletionStage<Void> publishFlushAsync() {
        return commands.publishFlush(timeouts.command());
    }

    @Override
    public void publishFlush(Duration timeout) {
        guard.check("publishFlush");
        CompletableFuture<Void> flush = commands.publishFlush(Await.inner(Nanos.positive(timeout)));
        Await.get(flush, timeout, () -> new CommandTimedOutException(CommandType.FLUSH, "of publishes", timeout));
    }

    @Override
    public PublishStoreStatus publishing() {
        return publisher.status();
    }

    @Override
    public int resolveInDoubt(Collection<Long> ids, InDoubt.Resolution resolution) {
        return publisher.resolveInDoubt(List.copyOf(ids), requireNonNull(resolution, "resolution"));
    }

    @Override
    public int resolveInDoubt(InDoubt.Resolution resolution) {
        return publisher.resolveInDoubt(null, requireNonNull(resolution, "resolution"));
    }

    @Override
    public CompletionStage<Void> flushAsync() {
        return connected(to -> commands.flush(to, timeouts.command()));
    }

    @Override
    public void flush(Duration timeout) {
        await("flush", CommandType.FLUSH, "", timeout, commands::flush);
    }

    @Override
    public CompletionStage<Subscription> subscribeAsync(SubscribeRequest request, MessageHandler handler) {
        requireNonNull(request, "request");
        requireNonNull(handler, "handler");
        return open(refusal -> subscriptions.subscribe(request, handler, timeouts.command(), refusal));
    }

    @Override
    public Subscription subscribe(SubscribeRequest request, MessageHandler handler, Duration timeout) {
        requireNonNull(request, "request");
        requireNonNull(handler, "handler");
        guard.check("subscribe");
        Duration inner = Await.inner(Nanos.positive(timeout));
        return get(
                open(refusal -> subscriptions.subscribe(request, handler, inner, refusal)),
                CommandType.SUBSCRIBE,
                request.topic().name(),
                timeout);
    }

    @Override
    public MessageStream stream(SubscribeRequest request, int depth, Duration timeout) {
        requireNonNull(request, "request");
        guard.check("stream");
        Duration inner = Await.inner(Nanos.positive(timeout));
        return get(
                open(refusal -> subscriptions.stream(request, depth, inner, refusal)),
                CommandType.SUBSCRIBE,
                request.topic().name(),
                timeout);
    }

    @Override
    public CompletionStage<Void> unsubscribeAsync(Collection<SubscriptionId> ids) {
        List<SubscriptionId> wanted = List.copyOf(ids);
        return open(refusal -> subscriptions.unsubscribe(wanted, timeouts.command(), refusal));
    }

    @Override
    public void unsubscribe(Collection<SubscriptionId> ids, Duration timeout) {
        List<SubscriptionId> wanted = List.copyOf(ids);
        guard.check("unsubscribe");
        Duration inner = Await.inner(Nanos.positive(timeout));
        get(
                open(refusal -> subscriptions.unsubscribe(wanted, inner, refusal)),
                CommandType.UNSUBSCRIBE,
                wanted.toString(),
                timeout);
    }

    @Override
    public CompletionStage<Void> unsubscribeAllAsync() {
        return open(refusal -> subscriptions.unsubscribeAll(timeouts.command(), refusal));
    }

    @Override
    public void unsubscribeAll(Duration timeout) {
        guard.check("unsubscribeAll");
        Duration inner = Await.inner(Nanos.positive(timeout));
        get(open(refusal -> subscriptions.unsubscribeAll(inner, refusal)), CommandType.UNSUBSCRIBE, "all", timeout);
    }

    CompletionStage<Void> unsubscribe(HaSubscription subscription) {
        return open(refusal -> subscriptions.unsubscribe(subscription, timeouts.command(), refusal));
    }

    void takeBack(HaSubscription subscription) {
        subscriptions.takeBack(subscription);
    }

    void unsubscribe(HaSubscription subscription, Duration timeout) {
        guard.check("unsubscribe");
        Duration inner = Await.inner(Nanos.positive(timeout));
        get(
                open(refusal -> subscriptions.unsubscribe(subscription, inner, refusal)),
                CommandType.UNSUBSCRIBE,
                subscription.id().value(),
                timeout);
    }

    @Override
    public CompletionStage<Ack> executeAsync(Command command) {
        Commands.check(command);
        return connected(to -> commands.execute(to, command, timeouts.command()));
    }

    @Override
    public Ack execute(Command command, Duration timeout) {
        Commands.check(command);
        return await("execute", command.type(), "", timeout, (to, inner) -> commands.execute(to, command, inner));
    }

    @Override
    public CompletionStage<Disconnect> closed() {
        return driver.closed().copy();
    }

    @Override
    public void close(Duration timeout) {
        closing.close(timeout);
    }

    @Override
    public void close() {
        close(timeouts.close());
    }

    @Override
    public String toString() {
        return "Client[" + name() + " " + state() + "]";
    }

    /** What needs no connection now, but a client that may have one. */
    private <T> CompletableFuture<T> open(Function<MessagingException, CompletableFuture<T>> call) {
        MessagingException refusal = driver.refusal();
        return driver.state().isTerminal() ? CompletableFuture.failedFuture(refusal) : call.apply(refusal);
    }

    private static <T> T get(CompletableFuture<T> work, CommandType type, String subject, Duration timeout) {
        return Await.get(work, timeout, () -> new CommandTimedOutException(type, subject, timeout));
    }

    private <T> CompletableFuture<T> connected(Function<Connection, CompletableFuture<T>> call) {
        Connection to = driver.connection();
        return to == null ? CompletableFuture.failedFuture(driver.refusal()) : call.apply(to);
    }

    /** What a blocking method does on a connection, within a deadline. */
    @FunctionalInterface
    private interface Call<T> {
        CompletableFuture<T> on(Connection to, Duration timeout);
    }

    private <T> T await(String method, CommandType type, String subject, Duration timeout, Call<T> call) {
        guard.check(method);
        Duration inner = Await.inner(Nanos.positive(timeout));
        return get(connected(to -> call.on(to, inner)), type, subject, timeout);
    }
}
