package io.holdfast.ha.internal.config;

import static java.util.Objects.requireNonNullElse;

import io.holdfast.client.ClientOptions;
import io.holdfast.client.Heartbeat;
import io.holdfast.client.Limits;
import io.holdfast.client.Reconnect;
import io.holdfast.client.Timeouts;
import io.holdfast.client.Tls;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.Secret;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.publish.InDoubtPolicy;
import io.holdfast.client.publish.StoreFullPolicy;
import io.holdfast.ha.identity.IdentityOptions;
import io.holdfast.ha.store.BookmarkStoreOptions;
import io.holdfast.ha.store.PublishStoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values as Jackson binds them: a component for each part of a key between two dots, in its camel case. A group without
 * any value is bound as {@code null}, which the constructor turns into an empty one.
 *
 * @param servers {@code servers}
 * @param app {@code app}
 * @param config {@code config}
 * @param client {@code client.*}
 * @param state {@code state.*}
 * @param identity {@code identity.*}
 * @param connect {@code connect.*}
 * @param command {@code command.*}
 * @param publish {@code publish.*}
 * @param collision {@code collision.*}
 * @param close {@code close.*}
 * @param heartbeat {@code heartbeat.*}
 * @param reconnect {@code reconnect}, bound as {@code reconnect.mode}, and {@code reconnect.*}
 * @param backoff {@code backoff.*}
 * @param bookmark {@code bookmark.*}
 * @param subscribe {@code subscribe.*}
 * @param limits {@code limits.*}
 * @param tls {@code tls.*}
 */
public record Settings(
        @Nullable Servers servers,
        @Nullable String app,
        @Nullable Path config,
        @Nullable ClientGroup client,
        @Nullable StateGroup state,
        IdentityGroup identity,
        Deadline connect,
        Deadline command,
        PublishGroup publish,
        CollisionGroup collision,
        Deadline close,
        Beat heartbeat,
        ReconnectGroup reconnect,
        BackOffGroup backoff,
        BookmarkGroup bookmark,
        SubscribeGroup subscribe,
        Limits limits,
        TlsGroup tls) {

    /** Deadlines, bounds, heartbeat, TLS, and whether it reconnects. */
    public ClientOptions options() {
        return new ClientOptions(
                new Timeouts(connect.timeout, command.timeout, publish.timeout, close.timeout),
                limits,
                heartbeat.interval,
                new Tls(tls.ca, tls.cert, tls.key, tls.keyPassword, tls.verifyHostName),
                reconnect.with(backoff.stableAfter));
    }

    /** The brokers, in order; empty if there are none. */
    public List<Endpoint> endpoints() {
        return servers == null ? List.of() : servers.endpoints();
    }

    /** Where publishes are kept, if that is set; else it depends on whether the client reconnects. */
    public Optional<PublishStoreOptions> publishStore() {
        return Optional.ofNullable(publish.store)
                .or(() -> reconnect.with(backoff.stableAfter).isOn()
                        ? Optional.of(PublishStoreOptions.Kind.MEMORY)
                        : Optional.empty())
                .map(publish::options);
    }

    /** What a publish does that finds the store full. */
    public StoreFullPolicy storeFull() {
        return publish.storeFull;
    }

    /** What becomes of messages in doubt. */
    public InDoubtPolicy inDoubt() {
        return collision.inDoubt();
    }

    /** {@code client.*}, empty if nothing of it is set. */
    public ClientGroup clientGroup() {
        return requireNonNullElse(client, ClientGroup.EMPTY);
    }

    /** How the client comes by its name. */
    public IdentityOptions identityOptions() {
        ClientGroup named = clientGroup();
        return new IdentityOptions(
                app,
                named.name,
                named.instance,
                identity.kubernetes,
                requireNonNullElse(named.nameTemplate, IdentityOptions.DEFAULT_TEMPLATE),
                state == null ? null : state.dir,
                identity.mode,
                identity.onDamage,
                identity.onCopy,
                identity.onMove,
                identity.disclose);
    }

    /** {@code client.*}. */
    public record ClientGroup(
            @Nullable String name,
            @Nullable String instance,
            @Nullable String nameTemplate,
            @Nullable String user,
            @Nullable Secret password,
            @Nullable String messageType,
            @Nullable String correlationId,
            @Nullable String logonOptions) {

        static final ClientGroup EMPTY = new ClientGroup(null, null, null, null, null, null, null, null);
    }

    /** {@code state.*}. */
    public record StateGroup(@Nullable Path dir) {}

    /** {@code identity.*}. */
    public record IdentityGroup(
            IdentityOptions.Mode mode,
            boolean kubernetes,
            IdentityOptions.OnDamage onDamage,
            IdentityOptions.OnCopy onCopy,
            IdentityOptions.OnMove onMove,
            IdentityOptions.Disclose disclose) {}

    /** A group whose only key is {@code timeout}. */
    public record Deadline(Duration timeout) {}

    /** {@code publish.*}. */
    public record PublishGroup(
            Duration timeout,
            PublishStoreOptions.@Nullable Kind store,
            PublishStoreOptions.Sync sync,
            @Nullable Path storeDir,
            int storeMessages,
            int storeBytes,
            StoreFullPolicy storeFull) {

        private PublishStoreOptions options(PublishStoreOptions.Kind kind) {
            PublishStoreOptions base = switch (kind) {
                case NONE -> PublishStoreOptions.none();
                case MEMORY -> PublishStoreOptions.memory();
                case FILE -> PublishStoreOptions.file();
            };
            PublishStoreOptions bounded = base.bounds(storeMessages, storeBytes).sync(sync);
            return storeDir == null ? bounded : bounded.folder(storeDir);
        }
    }

    /** {@code heartbeat.*}. */
    public record Beat(Heartbeat interval) {}

    /** {@code reconnect} and {@code reconnect.*}. */
    public record ReconnectGroup(
            Mode mode,
            @Nullable Integer maxAttempts,
            @Nullable Duration maxOutage) {

        /** Whether a lost connection is replaced. */
        public enum Mode {
            /** As long as it takes. */
            ALWAYS,
            /** One connection. */
            NEVER
        }

        Reconnect with(Duration stableAfter) {
            if (mode == Mode.NEVER) {
                return Reconnect.never().stableAfter(stableAfter);
            }
            Reconnect reconnect = Reconnect.always().stableAfter(stableAfter);
            reconnect = maxAttempts == null ? reconnect : reconnect.maxAttempts(maxAttempts);
            return maxOutage == null ? reconnect : reconnect.maxOutage(maxOutage);
        }
    }

    /** {@code backoff.*}. */
    public record BackOffGroup(Duration initial, Duration max, Duration stableAfter) {}

    /** {@code bookmark.*}. */
    public record BookmarkGroup(BookmarkStoreOptions.Kind store) {

        /** Where acknowledgements are kept. */
        public BookmarkStoreOptions options() {
            return switch (store) {
                case NONE -> BookmarkStoreOptions.none();
                case MEMORY -> BookmarkStoreOptions.memory();
                case FILE -> BookmarkStoreOptions.file();
            };
        }
    }

    /** {@code subscribe.*}. */
    public record SubscribeGroup(Start bookmark) {

        /** Where a subscription starts that does not say. */
        public enum Start {
            /** After what was acknowledged last. */
            MOST_RECENT,
            /** At the beginning of the log. */
            EPOCH,
            /** Now, with a position to go on from. */
            NOW,
            /** Now, without. */
            NONE
        }

        /** The bookmark; {@code null} for a live subscription. */
        public @Nullable Bookmark start() {
            return switch (bookmark) {
                case MOST_RECENT -> Bookmark.MOST_RECENT;
                case EPOCH -> Bookmark.EPOCH;
                case NOW -> Bookmark.NOW;
                case NONE -> null;
            };
        }
    }

    /** {@code tls.*}. */
    public record TlsGroup(
            @Nullable Path ca,
            @Nullable Path cert,
            @Nullable Path key,
            @Nullable Secret keyPassword,
            boolean verifyHostName) {}
}
