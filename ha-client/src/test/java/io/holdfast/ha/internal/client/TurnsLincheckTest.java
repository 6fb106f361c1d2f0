package io.holdfast.ha.internal.client;

import io.holdfast.ha.interleaving.Interleavings;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever wakes, and whenever: no work is left lying, and no two turns run at a time. */
@Tag(Interleavings.TAG)
public class TurnsLincheckTest {

    private final AtomicInteger waiting = new AtomicInteger();
    private final Turns turns = new Turns(Runnable::run, this::turn);
    private boolean running;
    private int taken;
    private boolean twoAtATime;

    private boolean turn() {
        twoAtATime |= running;
        running = true;
        int more = waiting.get() == 0 ? 0 : waiting.decrementAndGet();
        taken++; // not atomic: two turns at a time would lose one
        running = false;
        return more > 0;
    }

    /** Somebody has something to do. */
    @Operation
    public void bringWork() {
        waiting.incrementAndGet();
        turns.wake();
    }

    /** Somebody wakes for nothing. */
    @Operation
    public void wake() {
        turns.wake();
    }

    /** When all have returned. */
    @Validate
    public void nothingIsLeft() {
        if (waiting.get() > 0) {
            throw new IllegalStateException(waiting + " left lying after " + taken + " turns");
        }
        if (twoAtATime) {
            throw new IllegalStateException("two turns at a time");
        }
    }

    @Test
    void no_wake_is_lost() {
        Interleavings.check(TurnsLincheckTest.class);
    }
}
