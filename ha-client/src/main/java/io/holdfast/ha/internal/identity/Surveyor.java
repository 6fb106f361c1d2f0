package io.holdfast.ha.internal.identity;

import io.holdfast.client.error.IdentityInUseException.Holder;
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
    public static Surveyor ofThisProcess(IdentityOptions options) {
        return new Surveyor(options, Surroundings.ofThisProcess());
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
        List<NameSurvey.Entry> entries = new ArrayList<>();
        for (Path folder : folders) {
            entries.add(entry(folder, held.get(folder)));
        }
        return new NameSurvey(wanted.source(), next(entries), entries);
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

    private NameSurvey.Entry entry(Path folder, @Nullable Holder holder) throws IOException {
        try {
            NameRecord found = new NameFile(folder).readFor(wanted);
            return new NameSurvey.Entry(folder, found == null ? null : found.name(), holder, null);
        } catch (DamagedRecord e) {
            return new NameSurvey.Entry(folder, null, holder, e.damage() + ": " + e.detail());
        }
    }

    private Optional<String> next(List<NameSurvey.Entry> entries) {
        int slot = 0;
        for (NameSurvey.Entry entry : entries) {
            if (!entry.isHeld()) {
                String name = entry.name() == null ? unmade(Integer.toString(slot)) : entry.name();
                return entry.problem() == null ? Optional.of(name) : Optional.empty();
            }
            slot++;
        }
        return wanted.name() == null ? Optional.of(unmade(Integer.toString(slot))) : Optional.empty();
    }

    private String unmade(String slot) {
        return new NameMaker(options, wanted, around).unmade(slot);
    }
}
