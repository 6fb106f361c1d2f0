package io.holdfast.ha.internal.identity;

import io.holdfast.client.error.IdentityLostException;
import io.holdfast.ha.identity.HeldName;
import io.holdfast.ha.identity.IdentityListener;
import io.holdfast.ha.identity.IdentityOptions;
import io.holdfast.ha.identity.IdentityStamp;
import io.holdfast.ha.identity.NameSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A name that is held until it is closed or lost. Thread-safe. */
final class NameLease implements HeldName {

    /** For one look, one deletion and one release; a volume that takes longer hangs. */
    private static final Duration RELEASE_TIMEOUT = Duration.ofSeconds(5);

    private final Request request;
    private final String name;
    private final int slot;
    private final @Nullable HeldFolder folder;
    private final Instant since;
    private final JvmRegistry.Registration registration;
    private final AtomicReference<State> state = new AtomicReference<>(State.HELD);
    private Heartbeats.@Nullable Running beats;

    private NameLease(
            Request request,
            String name,
            int slot,
            @Nullable HeldFolder folder,
            JvmRegistry.Registration registration) {
        this.request = request;
        this.name = name;
        this.slot = slot;
        this.folder = folder;
        this.since = folder == null ? request.around.clock().instant() : folder.since();
        this.registration = registration;
    }

    static NameLease ephemeral(Request request, String name) {
        return new NameLease(request, name, -1, null, request.register(name));
    }

    /** Holds the folder from now on, and gives it back if the name cannot be held. */
    static NameLease start(
            Request request, String name, int slot, HeldFolder folder, JvmRegistry.@Nullable Registration registration)
            throws IOException {
        boolean started = false;
        try {
            NameLease lease = new NameLease(
                    request, name, slot, folder, registration == null ? request.register(name) : registration);
            lease.beats = request.around.heartbeats().start(folder, name, lease::lost);
            started = true;
            return lease;
        } finally {
            if (!started) {
                folder.release();
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public NameSource source() {
        return request.wanted.source();
    }

    @Override
    public OptionalInt slot() {
        return slot < 0 ? OptionalInt.empty() : OptionalInt.of(slot);
    }

    @Override
    public Optional<Path> folder() {
        return Optional.ofNullable(folder).map(HeldFolder::path);
    }

    @Override
    public Instant since() {
        return since;
    }

    @Override
    public boolean isHeld() {
        return state.get() == State.HELD;
    }

    @Override
    public IdentityStamp stamp() {
        String nonce = request.around.registry().processNonce();
        return request.options.disclose() == IdentityOptions.Disclose.NONCE
                ? IdentityStamp.ofNonce(nonce)
                : OwnStamp.of(nonce, request.around.host(), since);
    }

    @Override
    public void close() {
        if (state.getAndSet(State.CLOSED) == State.CLOSED) {
            return;
        }
        try {
            Heartbeats.Running running = beats;
            if (running != null) {
                running.stop(RELEASE_TIMEOUT);
            }
        } finally {
            registration.close();
        }
    }

    private void lost(@Nullable Mark rival) {
        if (!state.compareAndSet(State.HELD, State.LOST)) {
            return;
        }
        Path path = folder().orElseThrow();
        try {
            request.listener.onIdentityLost(
                    this, new IdentityLostException(name, path.toString(), rival == null ? null : rival.holder()));
        } catch (RuntimeException e) {
            IdentityLog.listenerFailed(name, e);
        }
    }

    private enum State {
        /** Ours. */
        HELD,
        /** Another has it, and we know. */
        LOST,
        /** Given back. */
        CLOSED
    }

    /**
     * What a name is acquired for.
     *
     * @param options the policies
     * @param around clock, host, registry and the like
     * @param wanted which name
     * @param servers the addresses it is for
     * @param createdAt where in the application
     * @param listener who is told of a loss
     */
    record Request(
            IdentityOptions options,
            Surroundings around,
            Wanted wanted,
            Set<String> servers,
            String createdAt,
            IdentityListener listener) {

        JvmRegistry.Registration register(String name) {
            return around.registry().register(name, servers, createdAt);
        }
    }
}
