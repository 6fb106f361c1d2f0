package io.holdfast.ha.internal.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Lets a lane's deliveries through, one at a time, until it is shut; then tells when the last one has ended. That is what
 * "no further call of the handler starts" rests on. Thread-safe.
 */
final class Gate {

    private boolean inside;
    private volatile boolean shut;
    private @Nullable CompletableFuture<Void> quiet;

    /** Enters a delivery; false once shut. */
    synchronized boolean enter() {
        if (shut) {
            return false;
        }
        inside = true;
        return true;
    }

    /** Leaves it. To be called without a lock held. */
    void leave() {
        CompletableFuture<Void> told;
        synchronized (this) {
            inside = false;
            told = quiet;
            quiet = null;
        }
        if (told != null) {
            told.complete(null);
        }
    }

    synchronized void shut() {
        shut = true;
    }

    boolean isShut() {
        return shut;
    }

    /** Completes when nothing is inside; to be asked after {@link #shut()}. */
    synchronized CompletionStage<Void> quiet() {
        if (!inside) {
            return CompletableFuture.completedFuture(null);
        }
        if (quiet == null) {
            quiet = new CompletableFuture<>();
        }
        return quiet;
    }
}
