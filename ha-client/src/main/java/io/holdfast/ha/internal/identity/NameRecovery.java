package io.holdfast.ha.internal.identity;

import io.holdfast.client.error.IdentityCopiedException;
import io.holdfast.client.error.IdentityDamagedException;
import io.holdfast.client.error.IdentityMovedException;
import io.holdfast.ha.identity.IdentityOptions;
import io.holdfast.ha.identity.IdentityOptions.OnDamage;
import io.holdfast.ha.identity.IdentityOptions.OnMove;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the name of a held folder again, or makes its first one; decides by policy what happens to a file that is damaged, was
 * copied, or moved. Runs under the folder's lock, on the caller's thread.
 *
 * <pre>
 * no file    -&gt; make a name, write it
 * damaged    -&gt; on-damage: refuse | set aside, make a name
 * copied     -&gt; on-copy:   refuse | set aside, with stores that hold no message, make a name | accept, write the new fingerprint
 * moved      -&gt; on-move:   refuse | accept, write the new fingerprint
 * the same   -&gt; that name
 * </pre>
 */
final class NameRecovery {

    private static final String KEEP_STORES =
            "its stores hold messages, which belong to that name: let a process with the"
                    + " original name send them, or move the folder '" + StoreFolder.FOLDER + "' away";

    private final IdentityOptions options;
    private final Wanted wanted;
    private final HostFacts host;
    private final StoredMessages messages;

    NameRecovery(IdentityOptions options, Wanted wanted, HostFacts host, StoredMessages messages) {
        this.options = options;
        this.wanted = wanted;
        this.host = host;
        this.messages = messages;
    }

    /** The name of the folder; {@code fresh} makes one where that is needed. */
    NameRecord recover(Path folder, Supplier<NewName> fresh) throws IOException {
        NameFile file = new NameFile(folder);
        Fingerprint now = Fingerprint.of(folder, host.machineId());
        @Nullable NameRecord found;
        try {
            found = file.readFor(wanted);
        } catch (DamagedRecord e) {
            return damaged(folder, file, now, e, fresh);
        }
        if (found == null) {
            return write(file, fresh.get().at(now));
        }
        return switch (found.fingerprint().changeTo(now)) {
            case NONE -> found;
            case RENAMED -> write(file, found.acceptedAt(now));
            case MOVED -> moved(folder, file, found, now);
            case COPIED -> copied(folder, file, found, now, fresh);
        };
    }

    private NameRecord damaged(
            Path folder, NameFile file, Fingerprint now, DamagedRecord damage, Supplier<NewName> fresh)
            throws IOException {
        if (options.onDamage() == OnDamage.REFUSE) {
            throw new IdentityDamagedException(
                    file.path().toString(),
                    damage.damage(),
                    damage.detail(),
                    "restore it from a backup, or set holdfast.identity.on-damage=set-aside to keep it aside and go on"
                            + (wanted.name() == null ? " under a new name" : ""));
        }
        // An explicit name is known without the file, so that its stores stay with it.
        if (wanted.name() == null && StoreFolder.holdsAnything(folder)) {
            throw new IdentityDamagedException(
                    file.path().toString(), damage.damage(), damage.detail(), "it is not set aside: " + KEEP_STORES);
        }
        Path aside = file.keepAside("damaged");
        NameRecord written = write(file, fresh.get().at(now));
        IdentityLog.setAside(written.name(), aside, damage);
        return written;
    }

    private NameRecord moved(Path folder, NameFile file, NameRecord found, Fingerprint now) throws IOException {
        if (options.onMove() == OnMove.REFUSE) {
            throw new IdentityMovedException(
                    found.name(), folder.toString(), found.fingerprint().describe());
        }
        IdentityLog.moved(found, now);
        return write(file, found.acceptedAt(now));
    }

    private NameRecord copied(Path folder, NameFile file, NameRecord found, Fingerprint now, Supplier<NewName> fresh)
            throws IOException {
        switch (options.onCopy()) {
            case REFUSE ->
                throw refused(
                        folder,
                        found,
                        "if the original is gone for good, set holdfast.identity.on-copy=accept once; if this is a second"
                                + " instance, delete the folder or set holdfast.identity.on-copy=regenerate");
            case ACCEPT -> {
                IdentityLog.copyAccepted(found, now);
                return write(file, found.acceptedAt(now));
            }
            case REGENERATE -> {
                if (messages.in(folder.resolve(StoreFolder.FOLDER), found.name())) {
                    throw refused(folder, found, "no new name is made: " + KEEP_STORES);
                }
                Path aside = file.keepAside("copied");
                Path stores = StoreFolder.setAside(folder, "copied");
                NameRecord written = write(file, fresh.get().at(now));
                IdentityLog.regenerated(found, written, aside, stores);
                return written;
            }
        }
        throw new IllegalStateException("no such policy: " + options.onCopy());
    }

    private static IdentityCopiedException refused(Path folder, NameRecord found, String remedy) {
        return new IdentityCopiedException(
                found.name(), folder.toString(), found.fingerprint().describe(), remedy);
    }

    private static NameRecord write(NameFile file, NameRecord record) throws IOException {
        file.write(record);
        return record;
    }
}
