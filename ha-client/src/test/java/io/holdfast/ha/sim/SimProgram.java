package io.holdfast.ha.sim;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.Client;
import io.holdfast.client.ClientState;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.error.NotConnectedException;
import io.holdfast.client.error.StoreException;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.Message;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.InDoubt;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.client.spi.Scheduler;
import io.holdfast.client.subscribe.Acknowledgement;
import io.holdfast.client.subscribe.FailedResubscribeHandler;
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
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A program with one client, through all its lives: it publishes, subscribes, is killed and started again, and remembers
 * everything that it did and was told.
 */
final class SimProgram {

    static final Topic TOPIC = Topic.of("orders");
    private static final Topic FORBIDDEN = Topic.of(BrokerSession.FORBIDDEN + "/orders");
    private static final long MOST_BETWEEN_READS = 200_000_000;
    private static final Duration TRY_AGAIN = Duration.ofMillis(300);

    private final SimWorld world;
    private final SimNetwork network;
    private final ProgramPlan plan;
    private final List<Endpoint> endpoints;
    private final Tampering tampering;
    private final SplittableRandom random;
    private final @Nullable SimDisk disk;
    private final List<SentMessage> sent = new ArrayList<>();
    private final IdentityHashMap<PublishResult, SentMessage> byResult = new IdentityHashMap<>();
    private final List<ReceivedMessage> received = new ArrayList<>();
    /** In the order in which it acknowledged them. */
    private final List<ReceivedMessage> acknowledged = new ArrayList<>();

    private final List<Integer> livesOfSubscriptions = new ArrayList<>();
    private int life;
    private boolean dying;
    private boolean closeDone;
    private boolean hadRival;
    private boolean yielded;
    /** From which acknowledged message on the bookmark store may have written nothing, since its disk is full. */
    private int unkeptFrom = Integer.MAX_VALUE;

    private int entered;
    private @Nullable SimProcess process;
    private @Nullable SimThread driver;
    private List<SimThread> delivery = List.of();
    private @Nullable Client client;
    private @Nullable SimListener listener;
    private @Nullable Subscription subscription;

    SimProgram(SimWorld world, SimNetwork network, ProgramPlan plan, List<Endpoint> endpoints, Tampering tampering) {
        this.tampering = tampering;
        this.world = world;
        this.network = network;
        this.plan = plan;
        this.endpoints = endpoints;
        this.random = world.random();
        boolean keepsFiles =
                plan.publishStore() == ProgramPlan.Store.FILE || plan.bookmarkStore() == ProgramPlan.Store.FILE;
        this.disk = keepsFiles ? new SimDisk(name()) : null;
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
        return livesOfSubscriptions.size();
    }

    /** The life that made a subscription, by its number. */
    int lifeOf(int number) {
        return livesOfSubscriptions.get(number - 1);
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

    /** Another has its name for a moment, or somebody ends its connection as if one had. */
    void meetsRival() {
        world.trace(name() + " meets a rival");
        hadRival = true;
    }

    /** Whether there was ever anything to dispute about its name. */
    boolean hadRival() {
        return hadRival
                || network.servers().stream().anyMatch(server -> server.broker().hasRefusedName(plan.clientName()));
    }

    /** Whether it ever could not see who else has its name, since a broker refused to tell it. */
    boolean wasBlind() {
        return network.servers().stream()
                .anyMatch(server -> server.broker().hasRefusedSubscriber(plan.clientName() + "~diag"));
    }

    /** Whether it stood by for a rival that it could not see, in any of its lives; what it had written is in doubt then. */
    boolean hasYieldedBlindly() {
        return wasBlind() && (yielded || standbys() > 0);
    }

    /** How often it has stood by, in this life. */
    int standbys() {
        return requireNonNull(listener, "not started").standbys();
    }

    /** How long the longest of its sessions lasted, in this life, that was lost. */
    Duration longestSession() {
        return requireNonNull(listener, "not started").longestSession();
    }

    boolean isConnected() {
        return isAlive() && client().state().isConnected();
    }

    /** Whether its client's close has done all that it does; asked between two events of the world. */
    boolean isCloseDone() {
        return closeDone;
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
        yielded |= listener != null && listener.standbys() > 0;
        dying = false;
        closeDone = false;
        unkeptFrom = Integer.MAX_VALUE;
        SimProcess started = new SimProcess(world, name() + "#" + life);
        SimThread decisions = started.thread("ha");
        delivery = List.of(started.thread("lane-1"), started.thread("lane-2"));
        SimListener told =
                new SimListener(world, started.name(), this::publishFailed, this::subscribeLater, this::cameIntoDoubt);
        process = started;
        if (disk != null) {
            disk.mount(started::kill);
            noteFullDisk();
        }
        started.atDeath(this::died);
        driver = decisions;
        listener = told;
        subscription = null;
        world.trace(started + " starts");
        try {
            client = make(started, decisions, told);
        } catch (StoreException e) {
            startLater(e);
            return;
        }
        var unused = client.connectAsync();
        if (plan.subscription() != ProgramPlan.Feed.NONE) {
            subscribe();
        }
    }

    /** As whoever watches over it does. */
    private void startLater(StoreException error) {
        world.trace(process + " cannot start: " + error.trouble());
        if (!disk().isFull()) {
            world.violation(process + " cannot start although its disk is not full: " + error.getMessage());
        }
        process().kill();
        world.after(TRY_AGAIN.toNanos(), "starts again", this::start);
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
                new LastConnector(tampering.connector(network.connector(started)), () -> closeDone = true),
                true,
                new SimPool(delivery, world.random()),
                null,
                engine,
                publishing(engine),
                null,
                SubscribeSetup.with(bookmarks(started)).withFailedResubscribe(this::refused),
                NamingSetup.ofNonce(String.format("%016x", chance.nextLong()))));
    }

    private FailedResubscribeHandler.Decision refused(Subscription which, MessagingException refusal) {
        world.trace(process + " is refused " + which.id() + " again: " + refusal.getMessage());
        return plan.habits().leavesRefused()
                ? FailedResubscribeHandler.Decision.FAIL
                : FailedResubscribeHandler.Decision.DROP;
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
            if (started.isAlive() && !disk().isFull()) {
                unkeptFrom = Integer.MAX_VALUE;
            }
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
        return requireNonNull(disk, "it has a disk if it keeps something in files");
    }

    /** Whether something of it is kept in files. */
    boolean hasDisk() {
        return disk != null;
    }

    /** Takes the program's disk away, after the run. */
    void unmount() {
        if (disk != null) {
            disk.close();
        }
    }

    private void died() {
        if (disk != null) {
            disk.died(tampering.deathTakesUnforced());
            int unkept = unkeptFrom;
            if (dying) {
                unkept = Math.min(unkept, firstOf(world.happened()));
            }
            for (int i = unkept; i < acknowledged.size(); i++) {
                acknowledged.get(i).maybeForgotten();
            }
        }
    }

    /** The first message acknowledged in an event that is the latest: that may be what was being written. */
    private int firstOf(long event) {
        int first = acknowledged.size();
        while (first > 0 && acknowledged.get(first - 1).event() == event) {
            first--;
        }
        return first;
    }

    /** It dies at one of the next steps of its stores. */
    void dieWriting(int steps) {
        if (isAlive() && disk != null) {
            world.trace(process + " will die writing, after " + steps + " steps");
            dying = true;
            disk.dieAfter(steps);
        }
    }

    /** It was to die writing, and does so now if it has not. */
    void endsDying() {
        if (dying) {
            kill();
        }
    }

    /** Its disk takes nothing more. */
    void fillDisk() {
        if (disk != null) {
            world.trace("the disk of " + name() + " is full");
            disk.fill();
            noteFullDisk();
        }
    }

    private void noteFullDisk() {
        if (disk().isFull()) {
            unkeptFrom = Math.min(unkeptFrom, acknowledged.size());
        }
    }

    /** Its disk has room again. */
    void clearDisk() {
        if (disk != null) {
            disk.clear();
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
        SimProcess publishing = process();
        long lastId = client().publishing().lastId();
        try {
            PublishResult result = tampering.publish(client(), topic, Payload.utf8(message.text()));
            if (publishing.isAlive()) {
                published(message, result);
            }
        } catch (MessagingException e) {
            if (publishing.isAlive()) {
                message.threw(e);
                world.trace(process + " could not publish " + message.text() + ": "
                        + e.getClass().getSimpleName());
            }
        }
        if (!publishing.isAlive()) {
            message.cutShort(lastId + 1);
        }
    }

    private void published(SentMessage message, PublishResult result) {
        message.returned(result);
        byResult.put(result, message);
        world.trace(process + " published " + message.text());
        if (random.nextInt(5) > 0) {
            ask(message, result);
        }
    }

    private void ask(SentMessage message, PublishResult result) {
        SimProcess asked = process();
        var unused = result.persisted().whenComplete((sequence, error) -> {
            if (!asked.isAlive()) {
                return;
            }
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
        SentMessage found = null;
        for (SentMessage message : sent) {
            if (message.life() >= sinceLife && message.id() == id && (found == null || !message.isCutShort())) {
                found = message;
            }
        }
        return found;
    }

    private void subscribe() {
        livesOfSubscriptions.add(life);
        int number = subscriptions();
        CompletionStage<Subscription> entering = plan.habits().reads()
                ? stream(number)
                : client().subscribeAsync(request(), message -> called(number, message));
        var unused = entering.whenComplete((made, error) -> {
            if (error == null) {
                subscription = made;
                entered = number;
                world.trace(process + " is subscribed");
            } else {
                world.trace(process + " could not subscribe: " + error.getMessage());
                subscribeLater();
            }
        });
    }

    private CompletionStage<Subscription> stream(int number) {
        return SimStream.open(
                        client(),
                        request(),
                        1 + random.nextInt(30),
                        plan.options().timeouts().command(),
                        new NotConnectedException(plan.clientName(), ClientState.IDLE))
                .thenApply(made -> {
                    readLater(made, number, null);
                    return made.stream().subscription();
                });
    }

    /** Looks again and again, and takes what there is; now and then waits in vain for more, which acknowledges what it had. */
    private void readLater(SimStream from, int number, @Nullable ReceivedMessage last) {
        world.after(process, random.nextLong(MOST_BETWEEN_READS), "reads", () -> read(from, number, last));
    }

    private void read(SimStream from, int number, @Nullable ReceivedMessage last) {
        ReceivedMessage held = last;
        boolean goesOn = from.stream().waiting() > 0 || (held != null && random.nextInt(8) == 0);
        while (goesOn && number == subscriptions() && client().state() != ClientState.CLOSED) {
            Optional<Message> next = Optional.empty();
            boolean isOver = false;
            try {
                next = from.next();
            } catch (MessagingException e) {
                world.trace(process + " read the end of its stream: " + e.getMessage());
                isOver = true;
            }
            if (held != null && acknowledgement() == Acknowledgement.AUTO) {
                isAcknowledged(held); // when the next one was asked for, though it was the end that came
            }
            if (!isAlive()) {
                if (held != null) {
                    held.maybeForgotten();
                }
                return;
            }
            if (isOver) {
                return;
            }
            held = next.isPresent() ? receive(number, next.get()) : null;
            goesOn = next.isPresent() && random.nextInt(20) > 0;
        }
        if (number == subscriptions() && client().state() != ClientState.CLOSED) {
            readLater(from, number, held);
        }
    }

    private SubscribeRequest request() {
        SubscribeRequest.Builder request = SubscribeRequest.builder(TOPIC).id(SubscriptionId.of("feed"));
        if (plan.subscription() == ProgramPlan.Feed.EPOCH) {
            request.bookmark(Bookmark.EPOCH);
        } else if (plan.subscription() == ProgramPlan.Feed.MOST_RECENT) {
            request.bookmark(Bookmark.MOST_RECENT);
        }
        return request.acknowledge(acknowledgement()).build();
    }

    private Acknowledgement acknowledgement() {
        boolean manual = plan.habits().acknowledgesLate() && plan.subscription() != ProgramPlan.Feed.LIVE;
        return manual ? Acknowledgement.MANUAL : Acknowledgement.AUTO;
    }

    private void subscribeLater() {
        if (isAlive() && told() != ClientState.CLOSED) {
            world.after(process, TRY_AGAIN.toNanos(), "subscribes again", this::subscribe);
        }
    }

    private void called(int number, Message message) {
        if (isAlive()) {
            ReceivedMessage taken = receive(number, message);
            if (acknowledgement() == Acknowledgement.AUTO) {
                isAcknowledged(taken); // when the handler has returned, which is in this event
            }
        }
    }

    private ReceivedMessage receive(int number, Message message) {
        ReceivedMessage taken = new ReceivedMessage(
                life, number, message.payload().utf8(), message.bookmark().orElse(null));
        received.add(taken);
        world.trace(process + " received " + taken.text());
        if (acknowledgement() == Acknowledgement.MANUAL) {
            acknowledgeSoon(taken);
        }
        return taken;
    }

    private void isAcknowledged(ReceivedMessage message) {
        message.acknowledged(world.happened());
        acknowledged.add(message);
    }

    /** Most at once or soon, so that they overtake each other; some late, and some never. */
    private void acknowledgeSoon(ReceivedMessage message) {
        int kind = random.nextInt(20);
        if (kind < 6) {
            acknowledge(message);
        } else if (kind < 19) {
            long most = kind < 16 ? 1_000_000_000L : 20_000_000_000L;
            world.after(process, random.nextLong(most), "acknowledges", () -> acknowledge(message));
        }
    }

    private void acknowledge(ReceivedMessage message) {
        Subscription by = subscription;
        if (by == null || entered != message.subscription() || message.subscription() != subscriptions()) {
            return; // one that is over, under whose id there is another: its messages come again
        }
        if (client().state() == ClientState.CLOSED) {
            return;
        }
        boolean changed = by.acknowledge(requireNonNull(message.bookmark()));
        if (!isAlive()) {
            message.maybeForgotten();
        } else if (changed) {
            isAcknowledged(message);
        } else {
            world.violation(process + " could not acknowledge " + message.text());
        }
    }

    @Override
    public String toString() {
        return name() + "#" + life;
    }
}
