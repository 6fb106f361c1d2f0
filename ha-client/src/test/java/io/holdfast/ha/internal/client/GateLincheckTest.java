package io.holdfast.ha.internal.client;

import io.holdfast.ha.interleaving.Interleavings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A delivery, and whoever shuts its gate meanwhile: what is told to be quiet stays quiet, and everybody who asks is told. */
@Tag(Interleavings.TAG)
public class GateLincheckTest {

    private final Gate gate = new Gate();
    private final AtomicBoolean toldQuiet = new AtomicBoolean();
    private final List<CompletionStage<Void>> asked = new ArrayList<>();
    private volatile boolean disturbed;

    /** Deliveries come one at a time. */
    @Operation(nonParallelGroup = "delivery")
    public boolean deliver() {
        boolean entered = gate.enter();
        if (entered) {
            disturbed |= toldQuiet.get();
            gate.leave();
        }
        return entered;
    }

    /** Shuts it, and asks whether it is quiet: if so, it stays so. */
    @Operation
    public void shutAndAsk() {
        gate.shut();
        CompletionStage<Void> quiet = gate.quiet();
        if (quiet.toCompletableFuture().isDone()) {
            toldQuiet.set(true);
        }
        synchronized (asked) {
            asked.add(quiet);
        }
    }

    /** When all have returned. */
    @Validate
    public void allAreTold() {
        if (disturbed) {
            throw new IllegalStateException("a delivery went on behind a quiet gate");
        }
        for (CompletionStage<Void> quiet : asked) {
            if (!quiet.toCompletableFuture().isDone()) {
                throw new IllegalStateException("somebody was never told that it is quiet");
            }
        }
    }

    @Test
    void a_quiet_gate_stays_quiet() {
        Interleavings.check(GateLincheckTest.class);
    }
}
