package io.holdfast.ha.internal.identity;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.error.IdentityInUseException;
import io.holdfast.client.error.IdentityUnavailableException;
import io.holdfast.ha.identity.HeldName;
import io.holdfast.ha.identity.IdentityListener;
import io.holdfast.ha.identity.IdentityOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Acquires a name: decides which, claims it in this JVM, takes its folder, finds or makes the name, starts the heartbeat. Runs on
 * the caller's thread and does file I/O; whatever fails leaves nothing held.
 */
public final class NameAcquisition {

    /** More slots than one machine runs processes of one application; beyond, something leaks. */
    static final int MAX_SLOTS = 1_000;

    private final IdentityOptions options;
    private final Surroundings around;
    private final Wanted wanted;
    private final NameMaker maker;

    NameAcquisition(IdentityOptions options, Surroundings around) {
        this.options = options;
        this.around = around;
        this.wanted = NameSources.resolve(options, around.host().hostName(), around.environment());
        this.maker = new NameMaker(options, wanted, around);
    }

    /** An acquisition in the real surroundings. */
    public static NameAcquisition ofThisProcess(IdentityOptions options, StoredMessages messages) {
        return new NameAcquisition(options, Surroundings.ofThisProcess(messages));
    }

    /** See {@link io.holdfast.ha.identity.NameKeeper#acquire}. */
    public HeldName acquire(Set<String> servers, IdentityListener listener) {
        HeldName held = acquireUntold(servers, listener);
        if (held.folder().isEmpty()) {
            IdentityLog.ephemeral(held);
        } else {
            IdentityLog.acquired(held);
        }
        return held;
    }

    /** {@link #acquire} without its log line, for a client whose own start line has all of it. */
    public HeldName acquireUntold(Set<String> servers, IdentityListener listener) {
        NameLease.Request request = new NameLease.Request(options, around, wanted, servers, Origin.ofCall(), listener);
        if (options.mode() == IdentityOptions.Mode.EPHEMERAL) {
            return NameLease.ephemeral(request, maker.ephemeral().name());
        }
        Path base = stateDir().resolve(FolderName.of(wanted.app()));
        try {
            return wanted.name() == null ? anySlot(base, request) : named(base, request, wanted.name());
        } catch (IOException e) {
            throw new IdentityUnavailableException(
                    base.toString(),
                    e.toString(),
                    "set holdfast.state.dir to a folder that this user can write, or holdfast.identity.mode=ephemeral",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IdentityUnavailableException(
                    base.toString(), "interrupted while waiting for a mark to stand still", "try again", e);
        }
    }

    private Path stateDir() {
        return options.stateDir() != null
                ? options.stateDir()
                : around.stateFolder().get();
    }

    private NameLease anySlot(Path base, NameLease.Request request) throws IOException, InterruptedException {
        FolderGuard guard = new FolderGuard(around);
        for (int slot = 0; slot < MAX_SLOTS; slot++) {
            FolderGuard.Attempt attempt = guard.tryHold(base.resolve("slot-" + slot), request.createdAt());
            if (attempt.folder() != null) {
                int taken = slot;
                NameRecord name = recover(attempt.folder(), () -> maker.forSlot(taken));
                return NameLease.start(request, name.name(), slot, attempt.folder(), null);
            }
        }
        throw new IdentityUnavailableException(
                base.toString(),
                "all " + MAX_SLOTS + " slots are held",
                "close clients that are no longer used, or set another holdfast.app",
                null);
    }

    private NameLease named(Path base, NameLease.Request request, String name)
            throws IOException, InterruptedException {
        // First in this JVM: it knows where the other client was made.
        JvmRegistry.Registration registration =
                around.registry().register(name, request.servers(), request.createdAt());
        boolean held = false;
        try {
            Path path = base.resolve(FolderName.folderOfName(name));
            FolderGuard.Attempt attempt = new FolderGuard(around).tryHold(path, request.createdAt());
            HeldFolder folder = attempt.folder();
            if (folder == null) {
                throw attempt.holderHere() != null
                        ? IdentityInUseException.inThisJvm(name, attempt.holderHere())
                        : IdentityInUseException.byProcess(name, path.toString(), attempt.holder());
            }
            recover(folder, () -> maker.forSlot(0));
            NameLease lease = NameLease.start(request, name, -1, folder, registration);
            held = true;
            return lease;
        } finally {
            if (!held) {
                registration.close();
            }
        }
    }

    private NameRecord recover(HeldFolder folder, Supplier<NewName> fresh) throws IOException {
        boolean recovered = false;
        try {
            NameRecord name =
                    new NameRecovery(options, wanted, around.host(), around.messages()).recover(folder.path(), fresh);
            recovered = true;
            return requireNonNull(name);
        } finally {
            if (!recovered) {
                folder.release();
            }
        }
    }
}
