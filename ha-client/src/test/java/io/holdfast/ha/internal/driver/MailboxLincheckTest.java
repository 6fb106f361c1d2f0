package io.holdfast.ha.internal.driver;

import io.holdfast.ha.interleaving.Interleavings;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever posts: every task runs once, and none beside another, on an executor that is the poster's own thread. */
@Tag(Interleavings.TAG)
public class MailboxLincheckTest {

    private final Mailbox mailbox = new Mailbox(Runnable::run);
    private final AtomicInteger posted = new AtomicInteger();
    private int ran;

    /** Posts a task. */
    @Operation
    public void post() {
        posted.incrementAndGet();
        mailbox.post(() -> ran++); // not atomic: two tasks at a time would lose one
    }

    /** Posts a task that posts another. */
    @Operation
    public void postTwo() {
        posted.addAndGet(2);
        mailbox.post(() -> {
            ran++;
            mailbox.post(() -> ran++);
        });
    }

    /** When all have returned. */
    @Validate
    public void allRan() {
        if (ran != posted.get()) {
            throw new IllegalStateException(ran + " of " + posted + " tasks were counted");
        }
    }

    @Test
    void every_task_runs_once_and_alone() {
        Interleavings.check(MailboxLincheckTest.class);
    }
}
