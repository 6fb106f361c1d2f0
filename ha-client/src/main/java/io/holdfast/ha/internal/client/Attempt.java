package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.LogonResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What became of one call of connect. It is decided once: by the transport's answer, or by a caller who gives up and so
 * fails this from outside. Whoever decides changes the client's state first and tells the result then, so that the two
 * agree. Thread-safe.
 */
final class Attempt extends CompletableFuture<LogonResult> {

    private final CompletableFuture<Connection> trying;
    private final Lifecycle lifecycle;
    private final AtomicBoolean decided = new AtomicBoolean();

    /** An attempt that waits for {@code trying}. */
    Attempt(CompletableFuture<Connection> trying, Lifecycle lifecycle) {
        this.trying = trying;
        this.lifecycle = lifecycle;
    }

    /** True for one caller, who has to tell the result: from now on giving up comes too late. */
    boolean decide() {
        return decided.compareAndSet(false, true);
    }

    /** Tells the failure, after {@link #decide()}. */
    void fail(Throwable error) {
        super.completeExceptionally(error);
    }

    @Override
    public boolean completeExceptionally(Throwable error) {
        return giveUp() && super.completeExceptionally(error);
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
        return giveUp() ? super.cancel(mayInterrupt) : isCancelled();
    }

    private boolean giveUp() {
        if (!decide()) {
            return false;
        }
        trying.cancel(true);
        lifecycle.failed();
        return true;
    }
}
