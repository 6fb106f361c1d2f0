package io.holdfast.ha.internal.client;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.connect.Connection.PendingCommand;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.client.subscribe.Subscription;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A subscription, from just before its command is sent: what the application holds, and what the table and the router
 * know. Thread-safe.
 */
final class HaSubscription implements Subscription {

    private final SubscriptionId id;
    private final SubscribeRequest request;
    private final HaClient client;
    private final ListenerDispatch listener;
    private volatile @Nullable Lane lane;
    private volatile @Nullable PendingCommand command;
    private volatile boolean answered;

    /** The unsubscribe that is on its way; guarded by {@link Subscriptions}' lock. */
    @Nullable
    CompletableFuture<Void> ending;

    HaSubscription(SubscriptionId id, SubscribeRequest request, HaClient client, ListenerDispatch listener) {
        this.id = id;
        this.request = request;
        this.client = client;
        this.listener = listener;
    }

    /** Gives it its lane, before anyone else sees it. */
    void deliverBy(Lane value) {
        lane = value;
    }

    /** Remembers the command that entered it, whose further acks end with the subscription. */
    void enteredBy(PendingCommand value) {
        command = value;
    }

    /** Whether the command that enters it is on its way, so that an unsubscribe now follows it. */
    boolean isSent() {
        return command != null;
    }

    /** The command has its answer, and may be forgotten without losing it. */
    void answered() {
        answered = true;
        if (lane().isEnded()) {
            forgetCommand();
        }
    }

    Lane lane() {
        return requireNonNull(lane, "lane");
    }

    /** Ends the lane and expects no more acks. Idempotent. */
    void end() {
        lane().end();
        if (answered) {
            forgetCommand();
        }
    }

    private void forgetCommand() {
        PendingCommand sent = command;
        if (sent != null) {
            sent.forget();
        }
    }

    /** A further ack of its command; what the application's consumer throws must not end the connection. */
    @SuppressWarnings("CatchingUnchecked")
    void further(Ack ack) {
        try {
            request.ackHandler().accept(ack);
        } catch (Throwable thrown) {
            listener.tell((told, owner) -> told.onHandlerError(owner, this, thrown));
        }
    }

    @Override
    public SubscriptionId id() {
        return id;
    }

    @Override
    public SubscribeRequest request() {
        return request;
    }

    @Override
    public boolean isActive() {
        return !lane().isEnded() && client.isOpen();
    }

    @Override
    public long delivered() {
        return lane().delivered();
    }

    @Override
    public long dropped() {
        return lane().dropped();
    }

    @Override
    public int waiting() {
        return lane().waiting();
    }

    @Override
    public CompletionStage<Void> unsubscribeAsync() {
        return client.unsubscribe(this);
    }

    @Override
    public void unsubscribe(Duration timeout) {
        client.unsubscribe(this, timeout);
    }

    @Override
    public String toString() {
        return "Subscription[" + id + " " + request + "]";
    }
}
