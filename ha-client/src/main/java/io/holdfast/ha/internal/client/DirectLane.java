package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.message.Message;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** No queue: the handler is called on the connection's thread ({@link io.holdfast.client.subscribe.Delivery#DIRECT}). */
final class DirectLane implements Lane {

    private final HandlerCall handler;
    private final BlockingGuard guard;
    private final Gate gate = new Gate();

    /** Written by the connection's thread only. */
    private volatile long delivered;

    DirectLane(HandlerCall handler, BlockingGuard guard) {
        this.handler = handler;
        this.guard = guard;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    public void offer(Message view, long receipt, Connection from) {
        if (!gate.enter()) {
            return;
        }
        Object before = guard.enter(this);
        try {
            delivered++;
            handler.call(view, receipt);
        } finally {
            gate.leave(); // first: the stages it completes must not wait on this thread either
            guard.exit(before);
        }
    }

    @Override
    public void end() {
        gate.shut();
    }

    @Override
    public boolean isEnded() {
        return gate.isShut();
    }

    @Override
    public CompletionStage<Void> quiet() {
        return guard.isInside(this) ? CompletableFuture.completedFuture(null) : gate.quiet();
    }

    @Override
    public long delivered() {
        return delivered;
    }

    @Override
    public long dropped() {
        return 0;
    }

    @Override
    public int waiting() {
        return 0;
    }
}
