package io.holdfast.ha.internal.client;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.Client;
import io.holdfast.client.ClientState;
import io.holdfast.client.Timeouts;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.LogonResult;
import io.holdfast.client.error.CommandTimedOutException;
import io.holdfast.client.error.MessagingException;
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
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.client.subscribe.Subscription;
import io.holdfast.ha.internal.driver.DriverSetup;
import io.holdfast.ha.internal.driver.Engine;
import io.holdfast.ha.internal.driver.HaDriver;
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
    private final Subscriptions subscriptions;
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
                name(),
                setup.publishing(),
                setup.options().limits(),
                timeouts.publish(),
                guard,
                listener,
                this::closedForGood,
                this::refusal,
                this::foreignSequence));
        commands = new Commands(publisher, alarms);
        SubscriptionTable table = new SubscriptionTable();
        Lanes lanes = new Lanes(this, setup, guard, listener);
        subscriptions = new Subscriptions(
                table,
                lanes,
                alarms,
                engine.clock(),
                timeouts.command(),
                (subscription, refused) ->
                        listener.tell((told, client) -> told.onSubscriptionFailed(client, subscription, refused)));
        lanes.unsubscribeWith(subscriptions::unsubscribeQuietly);
        driver = new HaDriver(new DriverSetup(
                setup.logon(),
                setup.options(),
                setup.connector(),
                setup.endpoints(),
                setup.backOff(),
                guarded(engine),
                () -> new Session(guard, table, publisher, subscriptions),
                change -> listener.tell((told, client) -> told.onStateChange(client, change))));
        closing = new Closing(setup, driver, guard, publisher, commands, subscriptions);
        OwnName own = setup.ownName();
        if (own != null) {
            own.whenLost(lost -> {
                listener.tell((to, client) -> to.onIdentityLost(client, lost));
                closing.begin(timeouts.close());
            });
        }
    }

    /** What a decision completes may run the application's code, which must not wait for the next one. */
    private Engine guarded(Engine engine) {
        return new Engine(
                engine.clock(),
                task -> engine.executor().execute(() -> guard.guarded(task)),
                engine.scheduler(),
                engine.random(),
                engine.thread());
    }

    /** Another publishes under our name: what to do about him is decided elsewhere. */
    private void foreignSequence(ForeignSequence foreign) {
        LOG.warn(
                "HF-2306 foreign-sequence client_name={} sequence={} source={} server={} fix=\"give each program a client"
                        + " name of its own\"",
                Untrusted.escape(name()),
                foreign.sequence(),
                foreign.source(),
                foreign.endpoint().address());
    }

    private @Nullable MessagingException closedForGood() {
        return driver.state().isTerminal() ? driver.refusal() : null;
    }

    private MessagingException refusal() {
        return driver.refusal();
    }

    @Override
    public String name() {
        return setup.logon().clientName();
    }

    @Override
    public ClientState state() {
        return driver.state();
    }

    boolean isOpen() {
        return !driver.state().isTerminal();
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
        return connected(to -> subscriptions.subscribe(to, request, handler, timeouts.command()));
    }

    @Override
    public Subscription subscribe(SubscribeRequest request, MessageHandler handler, Duration timeout) {
        requireNonNull(request, "request");
        requireNonNull(handler, "handler");
        return await(
                "subscribe",
                CommandType.SUBSCRIBE,
                request.topic().name(),
                timeout,
                (to, inner) -> subscriptions.subscribe(to, request, handler, inner));
    }

    @Override
    public CompletionStage<Void> unsubscribeAsync(Collection<SubscriptionId> ids) {
        List<SubscriptionId> wanted = List.copyOf(ids);
        return connected(to -> subscriptions.unsubscribe(to, subscriptions.find(wanted), timeouts.command()));
    }

    @Override
    public void unsubscribe(Collection<SubscriptionId> ids, Duration timeout) {
        List<SubscriptionId> wanted = List.copyOf(ids);
        await(
                "unsubscribe",
                CommandType.UNSUBSCRIBE,
                wanted.toString(),
                timeout,
                (to, inner) -> subscriptions.unsubscribe(to, subscriptions.find(wanted), inner));
    }

    @Override
    public CompletionStage<Void> unsubscribeAllAsync() {
        return connected(to -> subscriptions.unsubscribe(to, subscriptions.sent(), timeouts.command()));
    }

    @Override
    public void unsubscribeAll(Duration timeout) {
        await(
                "unsubscribeAll",
                CommandType.UNSUBSCRIBE,
                "all",
                timeout,
                (to, inner) -> subscriptions.unsubscribe(to, subscriptions.sent(), inner));
    }

    CompletionStage<Void> unsubscribe(HaSubscription subscription) {
        return connected(to -> subscriptions.unsubscribe(to, List.of(subscription), timeouts.command()));
    }

    void unsubscribe(HaSubscription subscription, Duration timeout) {
        await(
                "unsubscribe",
                CommandType.UNSUBSCRIBE,
                subscription.id().value(),
                timeout,
                (to, inner) -> subscriptions.unsubscribe(to, List.of(subscription), inner));
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

    /**
     * Ends the connection, and all attempts, without a thread that waits: for a simulation, whose one thread may not. What is
     * left for {@link #close(Duration)} then is done without waiting.
     *
     * @return completes when there is no connection left
     */
    public CompletionStage<Void> end() {
        publisher.detach();
        return driver.close(timeouts.close());
    }

    @Override
    public void close() {
        close(timeouts.close());
    }

    @Override
    public String toString() {
        return "Client[" + name() + " " + state() + "]";
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
        CompletableFuture<T> work = connected(to -> call.on(to, inner));
        return Await.get(work, timeout, () -> new CommandTimedOutException(type, subject, timeout));
    }
}
