package io.holdfast.ha.internal.identity;

import io.holdfast.client.spi.Clock;
import java.io.IOException;
import java.time.Duration;

/**
 * Finds out whether a foreign mark has a living holder: it must stand still for ten seconds of our own monotonic clock.
 * Wall clocks and process ids of another machine are never compared.
 */
final class MarkWatch {

    /** How long a mark stands still until its holder counts as gone: ten beats. */
    static final Duration STANDS_STILL = Duration.ofSeconds(10);

    /** After writing our mark over a foreign one: twice a beat, in which a rival that did the same shows itself. */
    static final Duration SETTLES = Duration.ofSeconds(2);

    private static final Duration LOOK = Duration.ofMillis(250);

    private final Clock clock;
    private final Pause pause;

    MarkWatch(Clock clock, Pause pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Waits until the file has stood still for so long; false as soon as it changes. Ends within about that time, since
     * every look adds to it or ends it.
     */
    boolean standsStill(MarkFile file, MarkFile.Seen from, Duration duration) throws IOException, InterruptedException {
        long missingNanos = duration.toNanos();
        long last = clock.nanoTime();
        while (missingNanos > 0) {
            pause.of(LOOK);
            if (!file.read().sameAs(from)) {
                return false;
            }
            long now = clock.nanoTime();
            // If we were the ones who stood still (a stopped virtual machine), the holder may have been stopped with
            // us: one look is never worth more than one beat.
            missingNanos -= Math.min(now - last, HeldFolder.BEAT.toNanos());
            last = now;
        }
        return true;
    }
}
