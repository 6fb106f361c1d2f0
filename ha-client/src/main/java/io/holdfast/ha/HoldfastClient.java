package io.holdfast.ha;

import static java.util.Objects.requireNonNull;

import io.github.resilience4j.core.IntervalFunction;
import io.holdfast.client.Client;
import io.holdfast.client.ClientListener;
import io.holdfast.client.ClientOptions;
import io.holdfast.client.collision.CollisionHandler;
import io.holdfast.client.connect.Authenticator;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.ConnectorProvider;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.client.publish.FailedWriteHandler;
import io.holdfast.client.publish.InDoubtPolicy;
import io.holdfast.client.publish.StoreFullPolicy;
import io.holdfast.client.subscribe.FailedResubscribeHandler;
import io.holdfast.ha.collision.CollisionOptions;
import io.holdfast.ha.collision.CollisionPolicy;
import io.holdfast.ha.config.HoldfastConfig;
import io.holdfast.ha.identity.IdentityOptions;
import io.holdfast.ha.identity.IdentityStamp;
import io.holdfast.ha.identity.NameSource;
import io.holdfast.ha.internal.client.BookmarkStores;
import io.holdfast.ha.internal.client.ClientSetup;
import io.holdfast.ha.internal.client.Connectors;
import io.holdfast.ha.internal.client.DeliveryPool;
import io.holdfast.ha.internal.client.HaClient;
import io.holdfast.ha.internal.client.NamingSetup;
import io.holdfast.ha.internal.client.OwnName;
import io.holdfast.ha.internal.client.PublishSetup;
import io.holdfast.ha.internal.client.SubscribeSetup;
import io.holdfast.ha.internal.config.StartLine;
import io.holdfast.ha.internal.driver.Engine;
import io.holdfast.ha.internal.identity.OwnStamp;
import io.holdfast.ha.reconnect.BackOff;
import io.holdfast.ha.reconnect.EndpointList;
import io.holdfast.ha.reconnect.EndpointSelector;
import io.holdfast.ha.store.BookmarkStoreOptions;
import io.holdfast.ha.store.PublishStoreOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds clients. A built client is {@link io.holdfast.client.ClientState#IDLE}: it has done no I/O yet.
 *
 * <pre>{@code
 * try (Client client = HoldfastClient.builder().name("orders-1").server("tcp://localhost:9007/amps/json").build()) {
 *     client.connect(Duration.ofSeconds(5));
 *     client.publish(Topic.of("orders"), Payload.utf8("{\"id\":1}"));
 *     client.publishFlush(Duration.ofSeconds(5));
 * }
 * }</pre>
 */
public final class HoldfastClient {

    private static final Logger LOG = LoggerFactory.getLogger(HoldfastClient.class);

    /** For a store that was opened for nothing, so that nothing is left in it to write. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private HoldfastClient() {}

    /** Starts a client; its name and its server have no default. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts a client from its properties; what is set afterwards wins over them. {@link Builder#build()} logs one INFO line
     * (HF-2101) that says who starts and by which rules, in the place of the one of its name (HF-2001, HF-2002).
     */
    public static Builder builder(HoldfastConfig config) {
        Builder builder = new Builder()
                .identity(config.identity())
                .options(config.options())
                .authenticator(config.authenticator());
        builder.config = config;
        config.messageType().ifPresent(builder::messageType);
        config.correlationId().ifPresent(builder::correlationId);
        config.logonOptions().ifPresent(builder::logonOptions);
        builder.configuredServers = config.servers();
        config.publishStore().ifPresent(builder::publishStore);
        builder.storeFull(config.storeFull()).inDoubt(config.inDoubt());
        builder.backOff(config.backOff());
        builder.bookmarkStore(config.bookmarkStore());
        builder.collision(config.collision());
        config.defaultBookmark().ifPresent(builder::defaultBookmark);
        return builder;
    }

    /**
     * Collects what a client needs; not thread-safe. What is wrong is kept until {@link #build()}, which reports all of it
     * at once. Nothing is opened or started before {@code build()}.
     */
    public static final class Builder {

        private final List<String> mistakes = new ArrayList<>();
        private @Nullable String name;
        private @Nullable IdentityOptions identity;
        private @Nullable HoldfastConfig config;
        private final List<Endpoint> servers = new ArrayList<>();
        private List<Endpoint> configuredServers = List.of();
        private boolean serverGiven;
        private @Nullable EndpointSelector endpoints;
        private @Nullable IntervalFunction backOff;
        private @Nullable Engine engine;
        private ClientOptions options = ClientOptions.DEFAULTS;
        private Authenticator authenticator = Authenticator.fromEndpoint();
        private @Nullable CorrelationId correlationId;
        private @Nullable String messageType;
        private @Nullable String logonOptions;
        private ClientListener listener = ClientListener.logging();
        private @Nullable Connector connector;
        private @Nullable Executor deliveryExecutor;
        private BookmarkStoreOptions bookmarkStore = BookmarkStoreOptions.memory();
        private @Nullable Bookmark defaultBookmark;
        private FailedResubscribeHandler failedResubscribe = FailedResubscribeHandler.DROP_ALL;

        private @Nullable PublishStoreOptions publishStore;
        private StoreFullPolicy storeFull = StoreFullPolicy.BLOCK;
        private InDoubtPolicy inDoubt = InDoubtPolicy.HOLD;
        private @Nullable FailedWriteHandler failedWrites;
        private CollisionOptions collision = CollisionOptions.DEFAULTS;
        private @Nullable CollisionHandler collisionHandler;

        private Builder() {}

        /**
         * Sets the client name, unique among all programs that publish to the same brokers; required, unless there is an
         * {@link #identity}. Without one nothing guards it.
         */
        public Builder name(String value) {
            name = requireNonNull(value, "name");
            return this;
        }

        /**
         * Has a name made, kept and guarded: {@link #build()} acquires it, with file I/O, and the client holds it until it
         * is closed. A {@link #name} takes the place of the one in these options. Default: none.
         */
        public Builder identity(IdentityOptions value) {
            identity = requireNonNull(value, "identity");
            return this;
        }

        /**
         * Adds a broker by its URI, for example {@code tcp://localhost:9007/amps/json}. At least one is required; several are
         * tried in their order, see {@link EndpointList}. The first that is added takes the place of all that are configured.
         */
        public Builder server(String uri) {
            requireNonNull(uri, "uri");
            serverGiven = true;
            try {
                servers.add(Endpoint.parse(uri));
            } catch (IllegalArgumentException e) {
                mistakes.add("server: " + e.getMessage());
            }
            return this;
        }

        /** Adds a broker; see {@link #server(String)}. */
        public Builder server(Endpoint value) {
            servers.add(requireNonNull(value, "server"));
            serverGiven = true;
            return this;
        }

        /** Sets the brokers, in the order of their priority, in the place of those before. */
        public Builder servers(List<Endpoint> values) {
            servers.clear();
            servers.addAll(values);
            serverGiven = !values.isEmpty();
            return this;
        }

        /**
         * Sets who says where each attempt goes, in the place of a list of servers: for priorities of their own
         * ({@link EndpointList#prioritised}), or any other rule. For one client alone.
         */
        public Builder endpointSelector(EndpointSelector value) {
            endpoints = requireNonNull(value, "endpointSelector");
            return this;
        }

        /**
         * Sets the delays between attempts, in milliseconds by their number; see {@link BackOff}, or bring any other. Default: full
         * jitter, from 200 ms to 20 s.
         */
        public Builder backOff(IntervalFunction value) {
            backOff = requireNonNull(value, "backOff");
            return this;
        }

        /** Sets deadlines, bounds, heartbeat, TLS, and whether it reconnects; default {@link ClientOptions#DEFAULTS}. */
        public Builder options(ClientOptions value) {
            options = requireNonNull(value, "options");
            return this;
        }

        /** Sets who gives user and password; default the server's URI. */
        public Builder authenticator(Authenticator value) {
            authenticator = requireNonNull(value, "authenticator");
            return this;
        }

        /**
         * Sets the token that the broker shows next to the name; default none. A client that reconnects, or has an
         * {@link #identity}, says there who it is, and takes the token into that; it has at most
         * {@value IdentityStamp#MAX_APPLICATION_LENGTH} characters then.
         */
        public Builder correlationId(CorrelationId value) {
            correlationId = requireNonNull(value, "correlationId");
            return this;
        }

        /** Sets the type of all payloads; default the server URI's. */
        public Builder messageType(String value) {
            messageType = requireNonNull(value, "messageType");
            return this;
        }

        /** Sets the options of the logon, a comma list such as {@code ack_conflation=10ms}; default none. */
        public Builder logonOptions(String value) {
            logonOptions = requireNonNull(value, "logonOptions");
            return this;
        }

        /** Sets who is told of states and of failures that nobody waits for; default {@link ClientListener#logging()}. */
        public Builder listener(ClientListener value) {
            listener = requireNonNull(value, "listener");
            return this;
        }

        /**
         * Sets the transport. It is borrowed: it outlives the client, and may serve several. Default: the only
         * {@link ConnectorProvider} on the class path makes one, which is closed with the client.
         */
        public Builder connector(Connector value) {
            connector = requireNonNull(value, "connector");
            return this;
        }

        /**
         * Sets where publishes are kept until they are confirmed. A file store is opened by {@link #build()}; it needs a folder, or
         * an {@link #identity} that keeps one. Default: in memory; none with {@link io.holdfast.client.Reconnect#never()}.
         */
        public Builder publishStore(PublishStoreOptions value) {
            publishStore = requireNonNull(value, "publishStore");
            return this;
        }

        /** Sets what a publish does that finds the store full; default {@link StoreFullPolicy#BLOCK}. */
        public Builder storeFull(StoreFullPolicy value) {
            storeFull = requireNonNull(value, "storeFull");
            return this;
        }

        /** Sets what becomes of messages in doubt; default {@link InDoubtPolicy#HOLD}. */
        public Builder inDoubt(InDoubtPolicy value) {
            inDoubt = requireNonNull(value, "inDoubt");
            return this;
        }

        /** Sets who gets publishes that failed, with their messages; default nobody, and the listener is told. */
        public Builder onFailedWrite(FailedWriteHandler value) {
            failedWrites = requireNonNull(value, "onFailedWrite");
            return this;
        }

        /** Sets what is done when another program uses the name too; default {@link CollisionOptions#DEFAULTS}. */
        public Builder collision(CollisionOptions value) {
            collision = requireNonNull(value, "collision");
            return this;
        }

        /** Sets who decides about a collision; required with {@link CollisionPolicy#CALLBACK}, and unused without. */
        public Builder onCollision(CollisionHandler value) {
            collisionHandler = requireNonNull(value, "onCollision");
            return this;
        }

        /** Sets what moves the client; for tests. */
        Builder engine(Engine value) {
            engine = value;
            return this;
        }

        /**
         * Sets what calls handlers and the listener. It is borrowed, and should have at least two threads, or a slow
         * handler holds up the listener. Default: a fixed pool of daemon threads named
         * {@code holdfast-lane-<client>-<n>}, which ends with the client.
         */
        public Builder deliveryExecutor(Executor value) {
            deliveryExecutor = requireNonNull(value, "deliveryExecutor");
            return this;
        }

        /** Sets where it is kept how far subscriptions have been acknowledged; default {@link BookmarkStoreOptions#memory()}. */
        public Builder bookmarkStore(BookmarkStoreOptions value) {
            bookmarkStore = requireNonNull(value, "bookmarkStore");
            return this;
        }

        /** Sets where subscriptions start that name no bookmark; default: they are live, and have no position. */
        public Builder defaultBookmark(Bookmark value) {
            defaultBookmark = requireNonNull(value, "defaultBookmark");
            return this;
        }

        /**
         * Sets who is asked when a broker refuses a subscription after a reconnect; default
         * {@link FailedResubscribeHandler#DROP_ALL}.
         */
        public Builder onFailedResubscribe(FailedResubscribeHandler value) {
            failedResubscribe = requireNonNull(value, "failedResubscribe");
            return this;
        }

        /**
         * The client, idle. With an {@link #identity} this waits for files, and about twelve seconds more if the name was
         * last held on another machine, or before the last boot, and not given back.
         *
         * @throws IllegalArgumentException if something given is wrong, naming everything that is wrong or missing
         * @throws IllegalStateException if the name, the server or the transport is missing and nothing else is wrong
         * @throws io.holdfast.client.error.MessagingException if the name cannot be had, see
         *     {@link io.holdfast.ha.identity.NameKeeper#acquire}, or {@link io.holdfast.client.error.StoreException} if a store
         *     cannot
         */
        public Client build() {
            List<String> wrong = new ArrayList<>(mistakes);
            List<String> missing = new ArrayList<>();
            checkName(wrong, missing);
            if (endpoints == null && !serverGiven && configuredServers.isEmpty()) {
                missing.add("server: not set, for example server(\"tcp://localhost:9007/amps/json\")");
            }
            if (publishStore != null
                    && publishStore.kind() == PublishStoreOptions.Kind.FILE
                    && publishStore.folder() == null
                    && identity == null) {
                missing.add("publishStore: a file store needs a folder, or an identity that keeps one");
            }
            if (collision.policy() == CollisionPolicy.CALLBACK && collisionHandler == null) {
                missing.add("onCollision: the policy callback needs who decides, or choose another policy");
            }
            notBlank("messageType", messageType, wrong);
            notBlank("logonOptions", logonOptions, wrong);
            ConnectorProvider provider = null;
            if (connector == null) {
                List<ConnectorProvider> found = Connectors.providers();
                if (found.size() == 1) {
                    provider = found.get(0);
                } else {
                    missing.add(Connectors.explain(found));
                }
            }
            refuse(wrong, missing);
            return identity == null ? client(requireNonNull(name), provider, null) : buildWith(identity, provider);
        }

        private Client buildWith(IdentityOptions base, @Nullable ConnectorProvider provider) {
            IdentityOptions wanted =
                    name == null ? base : base.toBuilder().clientName(name).build();
            List<Endpoint> brokers = brokers();
            OwnName own = config == null ? OwnName.acquire(wanted, brokers) : OwnName.acquireUntold(wanted, brokers);
            boolean built = false;
            try {
                Client client = client(own.name(), provider, own);
                if (config != null) {
                    LOG.info(StartLine.of(own.held(), brokers, wanted));
                }
                built = true;
                return client;
            } finally {
                if (!built) {
                    own.release();
                }
            }
        }

        private Client client(String clientName, @Nullable ConnectorProvider provider, @Nullable OwnName own) {
            try (Opened opened = new Opened()) {
                Client client = new HaClient(setup(clientName, provider, own, opened));
                opened.keep();
                return client;
            }
        }

        private List<Endpoint> brokers() {
            if (endpoints != null) {
                return List.copyOf(endpoints.endpoints());
            }
            return servers.isEmpty() ? configuredServers : servers;
        }

        private void checkName(List<String> wrong, List<String> missing) {
            if (saysWhoItIs() && correlationId != null) {
                checkStamp(correlationId, wrong);
            }
            if (name == null) {
                if (identity == null || (identity.clientName() == null && identity.app() == null)) {
                    missing.add("name: not set; each program needs a name of its own");
                }
                return;
            }
            try {
                LogonRequest.checkName(name);
            } catch (IllegalArgumentException e) {
                wrong.add("name: " + e.getMessage());
            }
        }

        /** With a guarded name, and wherever the name may be fought over. */
        private boolean saysWhoItIs() {
            return identity != null || options.reconnect().isOn();
        }

        private static void checkStamp(CorrelationId own, List<String> wrong) {
            if (own.value().length() > IdentityStamp.MAX_APPLICATION_LENGTH) {
                wrong.add("correlationId: it shares its place with the identity, and has at most "
                        + IdentityStamp.MAX_APPLICATION_LENGTH + " characters then");
            }
        }

        private static void notBlank(String what, @Nullable String value, List<String> wrong) {
            if (value != null && value.isBlank()) {
                wrong.add(what + ": blank; leave it out for the default");
            }
        }

        private static void refuse(List<String> wrong, List<String> missing) {
            if (wrong.isEmpty() && missing.isEmpty()) {
                return;
            }
            List<String> all = new ArrayList<>(wrong);
            all.addAll(missing);
            String message = "this client cannot be built: " + String.join("; ", all);
            throw wrong.isEmpty() ? new IllegalStateException(message) : new IllegalArgumentException(message);
        }

        private ClientSetup setup(
                String clientName, @Nullable ConnectorProvider provider, @Nullable OwnName own, Opened opened) {
            Engine moving = engine == null ? Engine.ofItsOwn(clientName) : engine;
            IdentityStamp stamp = own == null
                    ? OwnStamp.unguarded(moving.clock(), moving.random())
                            .withApplication(saysWhoItIs() ? correlationId : null)
                    : own.stamp(correlationId);
            LogonRequest logon = new LogonRequest(
                    clientName,
                    authenticator,
                    saysWhoItIs() ? stamp.toCorrelationId() : correlationId,
                    messageType,
                    LogonRequest.of(clientName).version(),
                    logonOptions);
            Connector transport =
                    provider == null ? requireNonNull(connector) : opened.with(provider.create(), Connector::close);
            DeliveryPool pool = deliveryExecutor == null ? new DeliveryPool(clientName) : null;
            Executor delivery = pool == null ? requireNonNull(deliveryExecutor) : pool;
            SubscribeSetup subscribing = opened.with(subscribing(clientName, own), SubscribeSetup::close);
            PublishSetup publishing = opened.with(
                    publishing(clientName, own, moving), made -> made.store().close(CLOSE_TIMEOUT));
            return new ClientSetup(
                    endpoints == null ? EndpointList.of(brokers(), moving.clock()) : endpoints,
                    backOff == null ? BackOff.fullJitter(moving.random()) : backOff,
                    logon,
                    options,
                    listener,
                    transport,
                    provider != null,
                    delivery,
                    pool,
                    moving,
                    publishing,
                    own,
                    subscribing,
                    new NamingSetup(
                            stamp,
                            own == null ? NameSource.EXPLICIT : own.held().source(),
                            collision,
                            collisionHandler));
        }

        private SubscribeSetup subscribing(String clientName, @Nullable OwnName own) {
            return new SubscribeSetup(
                    BookmarkStores.open(bookmarkStore, clientName, own == null ? null : own.held()),
                    bookmarkStore.maxUnacknowledged(),
                    defaultBookmark,
                    failedResubscribe);
        }

        private PublishSetup publishing(String clientName, @Nullable OwnName own, Engine moving) {
            PublishStoreOptions store = publishStore;
            if (store == null) {
                store = options.reconnect().isOn() ? PublishStoreOptions.memory() : PublishStoreOptions.none();
            }
            return PublishSetup.open(
                    store,
                    own == null ? null : own.held().folder().orElse(null),
                    clientName,
                    options.limits(),
                    moving,
                    new PublishSetup.Policies(storeFull, inDoubt, failedWrites));
        }
    }
}
