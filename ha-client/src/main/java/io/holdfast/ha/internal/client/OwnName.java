package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.error.IdentityLostException;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.ha.identity.HeldName;
import io.holdfast.ha.identity.IdentityOptions;
import io.holdfast.ha.identity.IdentityStamp;
import io.holdfast.ha.identity.NameKeeper;
import io.holdfast.ha.internal.identity.NameAcquisition;
import io.holdfast.ha.internal.store.PublishStores;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The name that a client holds for its life, and the news of its loss, which may come before the client is complete. */
public final class OwnName {

    private final HeldName held;
    private final CompletableFuture<IdentityLostException> lost;

    private OwnName(HeldName held, CompletableFuture<IdentityLostException> lost) {
        this.held = held;
        this.lost = lost;
    }

    /** Acquires the name for logons at these servers; see {@link NameKeeper#acquire} for what can go wrong. */
    public static OwnName acquire(IdentityOptions options, Collection<Endpoint> servers) {
        CompletableFuture<IdentityLostException> lost = new CompletableFuture<>();
        HeldName held = NameKeeper.of(options).acquire(addresses(servers), (name, how) -> lost.complete(how));
        return new OwnName(held, lost);
    }

    /** {@link #acquire} without its log line. */
    public static OwnName acquireUntold(IdentityOptions options, Collection<Endpoint> servers) {
        CompletableFuture<IdentityLostException> lost = new CompletableFuture<>();
        HeldName held = NameAcquisition.ofThisProcess(options, PublishStores::holdMessages)
                .acquireUntold(addresses(servers), (name, how) -> lost.complete(how));
        return new OwnName(held, lost);
    }

    private static Set<String> addresses(Collection<Endpoint> servers) {
        return servers.stream().map(Endpoint::address).collect(Collectors.toUnmodifiableSet());
    }

    /** The name itself. */
    public String name() {
        return held.name();
    }

    /** The name with its origin. */
    public HeldName held() {
        return held;
    }

    /** What each logon says about us, the application's own token in it. */
    public IdentityStamp stamp(@Nullable CorrelationId application) {
        return held.stamp().withApplication(application);
    }

    /** Gives the name back. */
    public void release() {
        held.close();
    }

    /** Told at once if it is lost already; on the thread that found out. */
    void whenLost(Consumer<IdentityLostException> told) {
        CompletableFuture<Void> unused = lost.thenAccept(told);
    }
}
