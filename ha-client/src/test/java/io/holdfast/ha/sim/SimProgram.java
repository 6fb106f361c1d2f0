package io.holdfast.ha.sim;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.Client;
import io.holdfast.client.ClientState;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.InDoubt;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.client.spi.Scheduler;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.client.subscribe.Subscription;
import io.holdfast.ha.internal.client.ClientSetup;
import io.holdfast.ha.internal.client.HaClient;
import io.holdfast.ha.internal.client.NamingSetup;
import io.holdfast.ha.internal.client.PublishSetup;
import io.holdfast.ha.internal.client.SubscribeSetup;
import io.holdfast.ha.internal.driver.Engine;
import io.holdfast.ha.internal.store.bookmark.BookmarkStore;
import io.holdfast.ha.internal.store.bookmark.FileBookmarkStore;
import io.holdfast.ha.internal.store.bookmark.MemoryBookmarkStore;
import io.holdfast.ha.reconnect.BackOff;
import io.holdfast.ha.reconnect.EndpointList;
import io.holdfast.ha.store.BookmarkStoreOptions.Sync;
import io.holdfast.ha.store.PublishStoreOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A program with one client, through all its lives: it publishes, subscribes, is killed and started again, and remembers
 * everything that it did and was told.
 */
final class SimProgram {

    static final Topic TOPIC = Topic.of("orders");
    private static final Topic FORBIDDEN = Topic.of(BrokerSession.FORBIDDEN + "/orders");
    private static final Duration TRY_AGAIN = Duration.ofMillis(300);

    private final SimWorld world;
    private final SimNetwork network;
    private final ProgramPlan plan;
    private final List<Endpoint> endpoints;
    private final Tampering tampering;
    private final SplittableRandom random;
    private final List<SentMessage> sent = new ArrayList<>();
    private final IdentityHashMap<PublishResult, SentMessage> byResult = new IdentityHashMap<>();
    private final List<ReceivedMessage> received = new ArrayList<>();
    private int life;
    private int subscriptions;
    private @Nullable SimDisk disk;
    private @Nullable SimProcess process;
    private @Nullable SimThread driver;
    private List<SimThread> delivery = List.of();
    private @Nullable Client client;
    private @Nullable SimListener listener;
    private @Nullable Subscription subscription;

    /**
     * A message given to the handler.
     *
     * @param life in which life of the program
     * @param subscription by which of its subscriptions, in all its lives
     * @param text its body
     */
    record ReceivedMessage(int life, int subscription, String text) {}

    SimProgram(SimWorld world, SimNetwork network, ProgramPlan plan, List<Endpoint> endpoints, Tampering tampering) {
        this.tampering = tampering;
        this.world = world;
        this.network = network;
        this.plan = plan;
        this.endpoints = endpoints;
        this.random = world.random();
    }

    ProgramPlan plan() {
        return plan;
    }

    String name() {
        return plan.name();
    }

    int life() {
        return life;
    }

    /** The number of its latest subscription. */
    int subscriptions() {
        return subscriptions;
    }

    List<SentMessage> sent() {
        return sent;
    }

    List<ReceivedMessage> received() {
        return received;
    }

    SimProcess process() {
        return requireNonNull(process, "not started");
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    Client client() {
        return requireNonNull(client, "not started");
    }

    /** The last state its listener was told. */
    ClientState told() {
        return requireNonNull(listener, "not started").last();
    }

    boolean isConnected() {
        return isAlive() && client().state().isConnected();
    }

    /** Whether it receives, if it is meant to. */
    boolean isSubscribed() {
        Subscription entered = subscription;
        return plan.subscription() == ProgramPlan.Feed.NONE || (entered != null && entered.isActive());
    }

    // ---- its lives

    /** Starts it, for the first time or again. */
    void start() {
        if (isAlive()) {
            return;
        }
        life++;
        SimProcess started = new SimProcess(world, name() + "#" + life);
        SimThread decisions = started.thread("ha");
        delivery = List.of(started.thread("lane-1"), started.thread("lane-2"));
        SimListener told =
                new SimListener(world, started.name(), this::publishFailed, this::subscribeLater, this::cameIntoDoubt);
        process = started;
        if (disk != null) {
            disk.mount();
        }
        started.atDeath(this::died);
        driver = decisions;
        listener = told;
        subscription = null;
        client = make(started, decisions, told);
        world.trace(started + " starts");
        var unused = client.connectAsync();
        if (plan.subscription() != ProgramPlan.Feed.NONE) {
            subscribe();
        }
    }

    private Client make(SimProcess started, SimThread decisions, SimListener told) {
        SplittableRandom chance = world.random();
        Scheduler timers = tampering.scheduler(new SimScheduler(started, decisions));
        Engine engine = Engine.borrowed(world.clock(), decisions, timers, chance);
        return new HaClient(new ClientSetup(
                EndpointList.of(endpoints, world.clock()),
                tampering.backOff(BackOff.fullJitter(plan.backOffInitial(), plan.backOffMax(), chance)),
                LogonRequest.of(plan.clientName()),
                plan.options(),
                told,
                tampering.connector(network.connector(started)),
                true,
                new SimPool(delivery, world.random()),
                null,
                engine,
                publishing(engine),
                null,
                SubscribeSetup.with(bookmarks(started)),
                NamingSetup.ofNonce(String.format("%016x", chance.nextLong()))));
    }

    private @Nullable BookmarkStore bookmarks(SimProcess started) {
        return switch (plan.bookmarkStore()) {
            case NONE -> null;
            case MEMORY -> new MemoryBookmarkStore(id -> {});
            case FILE -> {
                FileBookmarkStore store =
                        FileBookmarkStore.open(disk().root().resolve("bookmarks"), plan.clientName(), Sync.INTERVAL);
                disk().opened(store);
                tend(started, store);
                yield store;
            }
        };
    }

    private void tend(SimProcess started, BookmarkStore store) {
        world.after(started, Duration.ofSeconds(1).toNanos(), "tends bookmarks", () -> {
            store.tend();
            if (told() != ClientState.CLOSED) {
                tend(started, store);
            }
        });
    }

    private PublishSetup publishing(Engine engine) {
        PublishStoreOptions options = tampering.store(
                switch (plan.publishStore()) {
                    case NONE -> PublishStoreOptions.none();
                    case MEMORY -> PublishStoreOptions.memory();
                    case FILE ->
                        PublishStoreOptions.file()
                                .folder(disk().root().resolve("publishes"))
                                .segmentBytes(4 << 10);
                });
        PublishSetup opened = PublishSetup.open(
                options, null, plan.clientName(), plan.options().limits(), engine, PublishSetup.Policies.DEFAULTS);
        if (plan.publishStore() == ProgramPlan.Store.FILE) {
            disk().opened(() -> opened.store().close(Duration.ZERO));
        }
        return opened;
    }

    private SimDisk disk() {
        SimDisk present = disk;
        if (present == null) {
            present = new SimDisk(name());
            disk = present;
        }
        return present;
    }

    /** Takes the program's disk away, after the run. */
    void unmount() {
        if (disk != null) {
            disk.close();
        }
    }

    private void died() {
        if (disk != null) {
            disk.died();
        }
    }

    /** It dies without a word. */
    void kill() {
        if (isAlive()) {
            process().kill();
        }
    }

    /** Its decisions stop for a while. */
    void stallDecisions(long nanos) {
        if (isAlive()) {
            requireNonNull(driver).stall(nanos);
        }
    }

    /** Its handlers and listeners stop for a while. */
    void stallDelivery(long nanos) {
        if (isAlive()) {
            delivery.forEach(thread -> thread.stall(nanos));
        }
    }

    // ---- what the application does

    /** Publishes the next message; now and then to a topic where it is not allowed to. */
    void publish(boolean forbidden) {
        if (!isAlive()) {
            return;
        }
        Topic topic = forbidden ? FORBIDDEN : TOPIC;
        SentMessage message = new SentMessage(name(), sent.size() + 1, life, topic.name());
        sent.add(message);
        try {
            PublishResult result = client().publish(topic, Payload.utf8(message.text()));
            message.returned(result);
            byResult.put(result, message);
            world.trace(process + " published " + message.text());
            if (random.nextInt(5) > 0) {
                ask(message, result);
            }
        } catch (MessagingException e) {
            message.threw(e);
            world.trace(process + " could not publish " + message.text() + ": " + e.getMessage());
        }
    }

    private void ask(SentMessage message, PublishResult result) {
        var unused = result.persisted().whenComplete((sequence, error) -> {
            if (error == null) {
                world.trace(process + " was told that " + message.text() + " is durable as " + sequence);
                message.persisted(message.life());
            } else {
                world.trace(process + " was told that " + message.text() + " failed: " + error.getMessage());
                message.failed(error, message.life());
            }
        });
    }

    private void publishFailed(SimListener.PublishFailure failed) {
        for (PublishResult result : failed.publishes()) {
            SentMessage message = find(result);
            if (message == null) {
                world.violation(process + " was told of a publish that it never made: " + result);
            } else {
                world.trace(process + " was told that " + message.text() + " failed: "
                        + failed.failure().getMessage());
                message.failed(failed.failure(), life);
            }
        }
    }

    private void cameIntoDoubt(InDoubt inDoubt) {
        for (long id : inDoubt.ids()) {
            SentMessage message = find(id, plan.publishStore() == ProgramPlan.Store.FILE ? 0 : life);
            if (message == null) {
                world.violation(process + " was told of doubt about a publish that it never made: " + id);
            } else {
                message.inDoubt();
            }
        }
    }

    /** The message it is about; of an earlier life, if a store brought it over, by its id. */
    private @Nullable SentMessage find(PublishResult result) {
        SentMessage known = byResult.get(result);
        if (known != null || plan.publishStore() != ProgramPlan.Store.FILE) {
            return known;
        }
        return find(result.id(), 0);
    }

    private @Nullable SentMessage find(long id, int sinceLife) {
        for (SentMessage message : sent) {
            PublishResult returned = message.result();
            if (message.life() >= sinceLife && returned != null && returned.id() == id) {
                return message;
            }
        }
        return null;
    }

    private void subscribe() {
        SubscribeRequest.Builder request = SubscribeRequest.builder(TOPIC).id(SubscriptionId.of("feed"));
        if (plan.subscription() == ProgramPlan.Feed.EPOCH) {
            request.bookmark(Bookmark.EPOCH);
        } else if (plan.subscription() == ProgramPlan.Feed.MOST_RECENT) {
            request.bookmark(Bookmark.MOST_RECENT);
        }
        int number = ++subscriptions;
        var unused = client().subscribeAsync(
                        request.build(),
                        message -> receive(number, message.payload().utf8()))
                .whenComplete((entered, error) -> {
                    if (error == null) {
                        subscription = entered;
                        world.trace(process + " is subscribed");
                    } else {
                        subscribeLater();
                    }
                });
    }

    private void subscribeLater() {
        if (isAlive() && told() != ClientState.CLOSED) {
            world.after(process, TRY_AGAIN.toNanos(), "subscribes again", this::subscribe);
        }
    }

    private void receive(int number, String text) {
        received.add(new ReceivedMessage(life, number, text));
        world.trace(process + " received " + text);
    }

    @Override
    public String toString() {
        return name() + "#" + life;
    }
}
