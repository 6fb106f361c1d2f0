package io.holdfast.ha.internal.identity;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps the marks of held folders beating; the real one is {@link MarkThread}. */
interface Heartbeats {

    /**
     * Beats every {@link HeldFolder#BEAT} until stopped or lost.
     *
     * @param folder what is held; nobody else touches it from now on
     * @param name the client name, for logs
     * @param onLost called once, if another replaced the mark, with that mark if it can be read
     */
    Running start(HeldFolder folder, String name, Consumer<@Nullable Mark> onLost);

    /** Beats under way. */
    interface Running {

        /** Stops, and gives the folder back; waits at most so long for both. */
        void stop(Duration timeout);
    }
}
