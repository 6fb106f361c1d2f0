package io.holdfast.ha.config;

import static java.util.Objects.requireNonNullElse;

import io.github.resilience4j.core.IntervalFunction;
import io.holdfast.client.ClientOptions;
import io.holdfast.client.connect.Authenticator;
import io.holdfast.client.connect.Credentials;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.client.publish.InDoubtPolicy;
import io.holdfast.client.publish.StoreFullPolicy;
import io.holdfast.ha.collision.CollisionOptions;
import io.holdfast.ha.identity.IdentityOptions;
import io.holdfast.ha.internal.config.Description;
import io.holdfast.ha.internal.config.Inputs;
import io.holdfast.ha.internal.config.Resolution;
import io.holdfast.ha.internal.config.Settings;
import io.holdfast.ha.reconnect.BackOff;
import io.holdfast.ha.store.BookmarkStoreOptions;
import io.holdfast.ha.store.PublishStoreOptions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one client: immutable, checked, and able to say where each value came from.
 *
 * <p>{@link #loader(String)} is the only place that looks for properties in this process's environment and system properties;
 * everything else is given what to read. Several clients in one process have a prefix each: {@code load("orders")} reads {@code orders.client.name},
 * {@code ORDERS_CLIENT_NAME}, and so on.
 *
 * <p>Thread-safe.
 */
public final class HoldfastConfig {

    private final Resolution resolution;
    private final ClientOptions options;
    private final IdentityOptions identity;
    private final List<Endpoint> servers;
    private final Settings.ClientGroup client;
    private final Settings settings;
    private final Settings.BackOffGroup backOff;
    private final BookmarkStoreOptions bookmarkStore;
    private final @Nullable Bookmark defaultBookmark;

    HoldfastConfig(Resolution resolution, Settings settings) {
        this.resolution = resolution;
        this.options = settings.options();
        this.identity = settings.identityOptions();
        this.servers = settings.endpoints();
        this.client = settings.clientGroup();
        this.settings = settings;
        this.backOff = settings.backoff();
        this.bookmarkStore = settings.bookmark().options();
        this.defaultBookmark = settings.subscribe().start();
    }

    /** {@link #load(String)} with the prefix {@code holdfast}. */
    public static HoldfastConfig load() {
        return load(Inputs.DEFAULT_PREFIX);
    }

    /**
     * Reads this process's configuration.
     *
     * @param prefix the first part of every key
     * @throws ConfigurationException with everything that is wrong
     */
    public static HoldfastConfig load(String prefix) {
        return loader(prefix).load();
    }

    /** A loader for this process's configuration, to which code may add: class path, environment, system properties. */
    public static ConfigLoader loader(String prefix) {
        ClassLoader own = requireNonNullElse(HoldfastConfig.class.getClassLoader(), ClassLoader.getSystemClassLoader());
        return ConfigLoader.empty(prefix)
                .classPath(requireNonNullElse(Thread.currentThread().getContextClassLoader(), own))
                .environment(System.getenv())
                .systemProperties(System.getProperties());
    }

    /** The first part of every key. */
    public String prefix() {
        return resolution.prefix();
    }

    /** The brokers, in order; empty if none is configured. */
    public List<Endpoint> servers() {
        return servers;
    }

    /** How the client comes by its name. */
    public IdentityOptions identity() {
        return identity;
    }

    /** Deadlines, bounds, heartbeat, TLS, and whether it reconnects. */
    public ClientOptions options() {
        return options;
    }

    /** The delays between attempts: full jitter between the configured bounds. */
    public IntervalFunction backOff() {
        return BackOff.fullJitter(backOff.initial(), backOff.max(), new SecureRandom());
    }

    /** Where it is kept how far subscriptions have been acknowledged. */
    public BookmarkStoreOptions bookmarkStore() {
        return bookmarkStore;
    }

    /** Where subscriptions start that do not say; empty for live ones. */
    public Optional<Bookmark> defaultBookmark() {
        return Optional.ofNullable(defaultBookmark);
    }

    /** Who gives user and password: the configured ones if there is a user, else each server's URI. */
    public Authenticator authenticator() {
        return client.user() == null
                ? Authenticator.fromEndpoint()
                : Authenticator.of(new Credentials(client.user(), client.password()));
    }

    /** The type of all payloads, unless it is left to the server's URI. */
    public Optional<String> messageType() {
        return Optional.ofNullable(client.messageType());
    }

    /** The application's token, if it set one. */
    public Optional<CorrelationId> correlationId() {
        return Optional.ofNullable(client.correlationId()).map(CorrelationId::of);
    }

    /** Where publishes are kept, if that is configured, or if the client reconnects. */
    public Optional<PublishStoreOptions> publishStore() {
        return settings.publishStore();
    }

    /** What a publish does that finds the store full. */
    public StoreFullPolicy storeFull() {
        return settings.storeFull();
    }

    /** What becomes of messages in doubt. */
    public InDoubtPolicy inDoubt() {
        return settings.inDoubt();
    }

    /** What the client does about a collision of its name. */
    public CollisionOptions collision() {
        return settings.collision().options();
    }

    /** The options of the logon, if any. */
    public Optional<String> logonOptions() {
        return Optional.ofNullable(client.logonOptions());
    }

    /** Every key on a line of its own, with its effective value and its source; secrets masked. Ends with a line break. */
    public String describe() {
        return Description.of(resolution);
    }

    /** The prefix, and how many keys are set. Use {@link #describe()} for the values. */
    @Override
    public String toString() {
        return "HoldfastConfig[" + prefix() + ", " + resolution.settings().size() + " values]";
    }
}
