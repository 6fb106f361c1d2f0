package io.holdfast.ha.internal.driver;

import io.holdfast.client.connect.LogonResult;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.spi.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The callers of connect. A caller that gives up fails its future from outside; whoever completes it otherwise, here, has
 * taken it out first. Confined to the driver's mailbox.
 */
final class Waiters {

    private final List<CompletableFuture<LogonResult>> waiting = new ArrayList<>();

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void add(CompletableFuture<LogonResult> waiter) {
        waiting.add(waiter);
    }

    /** Takes one out that gave up. Returns whether it was the last. */
    boolean remove(CompletableFuture<LogonResult> waiter) {
        return waiting.removeIf(other -> other == waiter) && waiting.isEmpty();
    }

    void complete(LogonResult result) {
        drain(waiter -> waiter.complete(result));
    }

    void fail(MessagingException failure) {
        drain(waiter -> waiter.completeExceptionally(failure));
    }

    private void drain(Consumer<CompletableFuture<LogonResult>> outcome) {
        if (!waiting.isEmpty()) {
            List<CompletableFuture<LogonResult>> all = List.copyOf(waiting);
            waiting.clear();
            all.forEach(outcome);
        }
    }

    /** Switches a timer off when the wait ends. */
    static void endsWith(CompletableFuture<LogonResult> waiter, Scheduler.Cancellable timer) {
        var unused = waiter.whenComplete((result, error) -> timer.cancel());
    }
}
