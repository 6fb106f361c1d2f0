package io.holdfast.ha.internal.client;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Connection.PendingCommand;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.client.subscribe.Acknowledgement;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.client.subscribe.Subscription;
import io.holdfast.ha.internal.resume.SubscriptionLedger;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subscription over all its connections, from just before its command is first sent: what the application holds, and what the
 * table and the router know. Thread-safe.
 */
final class HaSubscription implements Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(HaSubscription.class);

    private final SubscriptionId id;
    private final SubscribeRequest request;
    private final HaClient client;
    private final ListenerDispatch listener;
    private final CompletableFuture<Subscription> accepted = new CompletableFuture<>();
    private volatile @Nullable Lane lane;
    private volatile @Nullable Intake intake;
    private volatile @Nullable SubscriptionLedger ledger;
    private volatile @Nullable PendingCommand command;
    private volatile boolean answered;
    private final AtomicBoolean isLost = new AtomicBoolean();

    /** The connection its command was sent on last, or is just being; guarded by {@link Subscriptions}' lock. */
    @Nullable
    Connection enteredOn;

    /** Its number among all, once it may be entered; guarded by {@link Subscriptions}' lock. */
    long begun;

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

    /** Opens it to messages, before its command is sent; with the account it keeps, if it has a bookmark. */
    void begin(@Nullable SubscriptionLedger account) {
        ledger = account;
        intake = new Intake(lane(), account);
    }

    /** Where messages enter; {@code null} before {@link #begin}. */
    @Nullable
    Intake intake() {
        return intake;
    }

    /** Its account; {@code null} without a bookmark. */
    @Nullable
    SubscriptionLedger ledger() {
        return ledger;
    }

    /** What the caller who made it waits for. */
    CompletableFuture<Subscription> accepted() {
        return accepted;
    }

    /** Whether a broker has accepted it once. */
    boolean isAccepted() {
        return accepted.isDone() && !accepted.isCompletedExceptionally();
    }

    /** Remembers the command that entered it, whose further acks end with the subscription. */
    void enteredBy(PendingCommand value) {
        answered = false;
        command = value;
    }

    /** Whether the command that enters it is on its way, so that an unsubscribe now follows it. */
    boolean isSent() {
        return command != null;
    }

    /** The command has its answer, and may be forgotten without losing it. */
    void answered(@Nullable Ack ack) {
        SubscriptionLedger account = ledger;
        if (account != null && ack != null) {
            account.answered(ack.rawBookmark());
        }
        answered = true;
        if (lane().isEnded()) {
            forgetCommand();
        }
    }

    Lane lane() {
        return requireNonNull(lane, "lane");
    }

    /** Whether nothing more is to come: it was ended, or was a range that has been replayed. */
    boolean isOver() {
        SubscriptionLedger account = ledger;
        return lane().isEnded() || (account != null && account.isOver());
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
        SubscriptionLedger account = ledger;
        if (account != null && ack.type() == AckType.COMPLETED && ack.isSuccess()) {
            account.completed();
        }
        if (!request.furtherAcks().contains(ack.type())) {
            return;
        }
        try {
            request.ackHandler().accept(ack);
        } catch (Throwable thrown) {
            listener.tell((told, owner) -> told.onHandlerError(owner, this, thrown));
        }
    }

    /** The handler is done with a message, if it has a receipt. */
    void handled(long receipt) {
        SubscriptionLedger account = ledger;
        if (account != null && receipt > 0 && request.acknowledgement() == Acknowledgement.AUTO) {
            acknowledge(account, receipt);
        }
    }

    /** The lane dropped messages for want of room, from the first of these receipts to the last: they are done with. */
    void dropped(long first, long last) {
        SubscriptionLedger account = ledger;
        for (long receipt = first; account != null && receipt <= last; receipt++) {
            acknowledge(account, receipt);
        }
    }

    /** A store tells of its disk itself; whatever else it throws must not end the lane. The price is a message that comes again. */
    private void acknowledge(SubscriptionLedger account, long receipt) {
        try {
            account.acknowledge(receipt);
        } catch (RuntimeException | Error e) {
            LOG.error("HF-1015 internal-error detail=\"an acknowledgement was not kept\"", e);
        }
    }

    @Override
    public boolean acknowledge(Bookmark bookmark) {
        SubscriptionLedger account = ledger;
        if (account == null || request.acknowledgement() != Acknowledgement.MANUAL) {
            throw new IllegalStateException(
                    "subscription " + id + " was not made with a bookmark and acknowledge(Acknowledgement.MANUAL)");
        }
        client.refuseIfClosed();
        return account.acknowledge(bookmark);
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
        return !isOver() && client.isOpen();
    }

    @Override
    public long received() {
        Intake entrance = intake;
        return entrance == null ? 0 : entrance.received();
    }

    @Override
    public long duplicates() {
        Intake entrance = intake;
        return entrance == null ? 0 : entrance.duplicates();
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

    /** It is dropped; false if it was before, by a decision about the refusal of another session. */
    boolean lose() {
        return isLost.compareAndSet(false, true);
    }

    /** Nobody holds it any more who could end it. */
    void takeBack() {
        client.takeBack(this);
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
