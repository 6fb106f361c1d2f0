package io.holdfast.ha.sim;

import io.holdfast.client.ClientOptions;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * What one program of a run is and does.
 *
 * @param name its client name
 * @param options of its client
 * @param backOffInitial the first bound of its delays
 * @param backOffMax the last bound: the cap
 * @param messages how many it publishes before the faults stop
 * @param clientName the name it logs on with, which others may have too
 * @param publishStore where it keeps what it publishes
 * @param subscription what it subscribes to, if it does
 * @param bookmarkStore where it keeps how far it came
 * @param preferLast whether it lists the last broker first
 * @param habits how it does what it does
 */
record ProgramPlan(
        String name,
        String clientName,
        ClientOptions options,
        Duration backOffInitial,
        Duration backOffMax,
        int messages,
        Store publishStore,
        Feed subscription,
        Store bookmarkStore,
        boolean preferLast,
        Habits habits) {

    /**
     * How a program uses its client.
     *
     * @param leavesRefused whether it gives the session up, and not the subscription, where that is refused after a reconnect
     * @param acknowledgesLate whether it acknowledges by hand, out of order and some late, where there is a bookmark
     * @param reads whether it reads a stream instead of being called
     */
    record Habits(boolean leavesRefused, boolean acknowledgesLate, boolean reads) {

        /** As most do. */
        static final Habits USUAL = new Habits(false, false, false);

        static Habits of(SplittableRandom random) {
            return new Habits(random.nextBoolean(), random.nextBoolean(), random.nextInt(3) == 0);
        }
    }

    /** The same program with other habits. */
    ProgramPlan with(Habits others) {
        return new ProgramPlan(
                name,
                clientName,
                options,
                backOffInitial,
                backOffMax,
                messages,
                publishStore,
                subscription,
                bookmarkStore,
                preferLast,
                others);
    }

    /** Where something is kept. */
    enum Store {
        NONE,
        MEMORY,
        FILE
    }

    /** What a program listens to. */
    enum Feed {
        /** Nothing. */
        NONE,
        /** What is published while it is connected. */
        LIVE,
        /** Everything, from the start of the log. */
        EPOCH,
        /** Everything it has not acknowledged yet. */
        MOST_RECENT
    }
}
