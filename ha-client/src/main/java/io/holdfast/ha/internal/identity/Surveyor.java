package io.holdfast.ha.internal.identity;

import io.holdfast.client.error.IdentityInUseException.Holder;
import io.holdfast.client.error.Untrusted;
import io.holdfast.ha.identity.IdentityOptions;
import io.holdfast.ha.identity.NameSurvey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at folders without touching a lock: a lock taken for a look would send a process that starts meanwhile to another slot. A
 * folder is held if its mark advances within two and a half beats.
 */
public final class Surveyor {

    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int LOOKS = 10;

    private final IdentityOptions options;
    private final Surroundings around;
    private final Wanted wanted;

    Surveyor(IdentityOptions options, Surroundings around) {
        this.options = options;
        this.around = around;
        this.wanted = NameSources.resolve(options, around.host().hostName(), around.environment());
    }

    /** A surveyor in the real surroundings. */
    public static Surveyor ofThisProcess(IdentityOptions options, StoredMessages messages) {
        return new Surveyor(options, Surroundings.ofThisProcess(messages));
    }

    /** See {@link io.holdfast.ha.identity.NameKeeper#survey}. */
    public NameSurvey survey() throws IOException, InterruptedException {
        if (options.mode() == IdentityOptions.Mode.EPHEMERAL) {
            return new NameSurvey(wanted.source(), Optional.of(unmade("e")), List.of());
        }
        Path state = options.stateDir() != null
                ? options.stateDir()
                : around.stateFolder().get();
        List<Path> folders = folders(state.resolve(FolderName.of(wanted.app())));
        Map<Path, Holder> held = held(folders);
        List<Look> looks = new ArrayList<>();
        for (int slot = 0; slot < folders.size(); slot++) {
            looks.add(look(folders.get(slot), slot, held.get(folders.get(slot))));
        }
        return new NameSurvey(
                wanted.source(), next(looks), looks.stream().map(Look::entry).toList());
    }

    private List<Path> folders(Path base) {
        if (wanted.name() != null) {
            return List.of(base.resolve(FolderName.folderOfName(wanted.name())));
        }
        List<Path> slots = new ArrayList<>();
        // Slots are taken from the lowest: the first that does not exist is the last to look at.
        for (int slot = 0; Files.isDirectory(base.resolve("slot-" + slot)); slot++) {
            slots.add(base.resolve("slot-" + slot));
        }
        return slots;
    }

    private Map<Path, Holder> held(List<Path> folders) throws IOException, InterruptedException {
        Map<Path, Mark> standing = new HashMap<>();
        for (Path folder : folders) {
            Mark mark = new MarkFile(folder).read().mark();
            if (mark != null) {
                standing.put(folder, mark);
            }
        }
        Map<Path, Holder> held = new HashMap<>();
        for (int i = 0; i < LOOKS && !standing.isEmpty(); i++) {
            around.pause().of(LOOK);
            for (Map.Entry<Path, Mark> before : List.copyOf(standing.entrySet())) {
                Mark mark = new MarkFile(before.getKey()).read().mark();
                if (mark != null && !mark.equals(before.getValue())) {
                    standing.remove(before.getKey());
                    held.put(before.getKey(), mark.holder());
                }
            }
        }
        return held;
    }

    /** What is in a folder, and what {@link NameRecovery} would do with it. */
    private Look look(Path folder, int slot, @Nullable Holder holder) throws IOException {
        String fresh = unmade(Integer.toString(slot));
        try {
            NameRecord found = new NameFile(folder).readFor(wanted);
            if (found == null) {
                return Look.of(folder, null, holder, null, fresh);
            }
            return switch (found.fingerprint()
                    .changeTo(Fingerprint.of(folder, around.host().machineId()))) {
                case NONE, RENAMED -> Look.of(folder, found.name(), holder, null, found.name());
                case MOVED ->
                    options.onMove() == IdentityOptions.OnMove.ACCEPT
                            ? Look.of(folder, found.name(), holder, null, found.name())
                            : Look.of(folder, found.name(), holder, origin("MOVED", found), null);
                case COPIED ->
                    switch (options.onCopy()) {
                        case ACCEPT -> Look.of(folder, found.name(), holder, null, found.name());
                        case REGENERATE ->
                            Look.of(
                                    folder,
                                    found.name(),
                                    holder,
                                    origin("COPIED", found),
                                    around.messages().in(folder.resolve(StoreFolder.FOLDER), found.name())
                                            ? null
                                            : fresh);
                        case REFUSE -> Look.of(folder, found.name(), holder, origin("COPIED", found), null);
                    };
            };
        } catch (DamagedRecord e) {
            boolean keeps = options.onDamage() == IdentityOptions.OnDamage.SET_ASIDE;
            String next = wanted.name() != null ? wanted.name() : unlessAnythingStored(folder, fresh);
            return Look.of(folder, null, holder, e.damage() + ": " + e.detail(), keeps ? next : null);
        }
    }

    private static String origin(String change, NameRecord found) {
        return change + ": it was made in "
                + Untrusted.escape(found.fingerprint().describe());
    }

    private static @Nullable String unlessAnythingStored(Path folder, String fresh) throws IOException {
        return StoreFolder.holdsAnything(folder) ? null : fresh;
    }

    private Optional<String> next(List<Look> looks) {
        for (Look look : looks) {
            if (!look.entry.isHeld()) {
                return Optional.ofNullable(look.next);
            }
        }
        return wanted.name() == null ? Optional.of(unmade(Integer.toString(looks.size()))) : Optional.empty();
    }

    private String unmade(String slot) {
        return new NameMaker(options, wanted, around).unmade(slot);
    }

    private record Look(NameSurvey.Entry entry, @Nullable String next) {

        static Look of(
                Path folder,
                @Nullable String name,
                @Nullable Holder holder,
                @Nullable String problem,
                @Nullable String next) {
            return new Look(new NameSurvey.Entry(folder, name, holder, problem), next);
        }
    }
}
