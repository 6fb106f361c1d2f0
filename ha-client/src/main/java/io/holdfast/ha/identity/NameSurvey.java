package io.holdfast.ha.identity;

import io.holdfast.client.error.IdentityInUseException.Holder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name that a process would get now, and who holds which: for an operator who asks. It was true when it was taken.
 *
 * @param source where the name would come from
 * @param name the name; a generated one that does not exist yet has {@code ****} for its token. Empty if its folder is held, or
 *     what is in it is refused
 * @param folders every slot of the application in ascending order, or the one folder of a name that is given; none in
 *     ephemeral mode
 */
public record NameSurvey(NameSource source, Optional<String> name, List<Entry> folders) {

    /** Copies the list. */
    public NameSurvey {
        folders = List.copyOf(folders);
    }

    /**
     * One folder.
     *
     * @param folder where
     * @param name the name in it; {@code null} if there is none yet, or it cannot be read
     * @param holder the living process that holds it; {@code null} if it is free
     * @param problem why the name cannot be read, or where it was copied or moved from if the policies object to that; safe for
     *     logs; {@code null} if there is none
     */
    public record Entry(
            Path folder,
            @Nullable String name,
            @Nullable Holder holder,
            @Nullable String problem) {

        /** Whether a living process holds it. */
        public boolean isHeld() {
            return holder != null;
        }
    }
}
