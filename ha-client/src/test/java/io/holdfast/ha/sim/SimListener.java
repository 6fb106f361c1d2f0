package io.holdfast.ha.sim;

import static io.holdfast.client.ClientState.BACKOFF;
import static io.holdfast.client.ClientState.CLOSED;
import static io.holdfast.client.ClientState.CONNECTING;
import static io.holdfast.client.ClientState.FAILED;
import static io.holdfast.client.ClientState.IDLE;
import static io.holdfast.client.ClientState.PROBATION;
import static io.holdfast.client.ClientState.RESUMING;
import static io.holdfast.client.ClientState.STABLE;
import static io.holdfast.client.ClientState.STANDBY;

import io.holdfast.client.Client;
import io.holdfast.client.ClientListener;
import io.holdfast.client.ClientState;
import io.holdfast.client.StateChange;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.publish.InDoubt;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.client.subscribe.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Hears everything that a client tells, and holds its transitions against the picture in {@link ClientState}. */
final class SimListener implements ClientListener {

    private static final Map<ClientState, Set<ClientState>> LEGAL = Map.of(
            IDLE, EnumSet.of(CONNECTING, CLOSED),
            CONNECTING, EnumSet.of(RESUMING, BACKOFF, STANDBY, FAILED, CLOSED),
            RESUMING, EnumSet.of(PROBATION, BACKOFF, STANDBY, FAILED, CLOSED),
            PROBATION, EnumSet.of(STABLE, BACKOFF, STANDBY, FAILED, CLOSED),
            STABLE, EnumSet.of(BACKOFF, STANDBY, FAILED, CLOSED),
            BACKOFF, EnumSet.of(CONNECTING, STANDBY, FAILED, CLOSED),
            STANDBY, EnumSet.of(CONNECTING, FAILED, CLOSED),
            FAILED, EnumSet.of(CLOSED),
            CLOSED, EnumSet.noneOf(ClientState.class));

    private final SimWorld world;
    private final String who;
    private final Consumer<PublishFailure> onPublishFailed;
    private final Runnable onSubscriptionLost;
    private final Consumer<InDoubt> onInDoubt;
    private ClientState last = IDLE;
    private long sessionBeganNanos;
    private long longestSessionNanos;
    private int standbys;
    private Instant lastAt = Instant.MIN;

    /** Publishes that failed before anybody asked for their stages. */
    record PublishFailure(List<PublishResult> publishes, MessagingException failure) {}

    SimListener(
            SimWorld world,
            String who,
            Consumer<PublishFailure> onPublishFailed,
            Runnable onSubscriptionLost,
            Consumer<InDoubt> onInDoubt) {
        this.onInDoubt = onInDoubt;
        this.onSubscriptionLost = onSubscriptionLost;
        this.world = world;
        this.who = who;
        this.onPublishFailed = onPublishFailed;
    }

    @Override
    public void onStateChange(Client client, StateChange change) {
        world.trace(who + " is " + change.to() + " after " + change.from() + ", attempt " + change.attempt()
                + ", delay " + change.delay().toMillis() + " ms");
        if (change.from() != last) {
            world.violation(who + " was told of " + change.from() + " -> " + change.to() + " in " + last);
        }
        if (!LEGAL.getOrDefault(change.from(), Set.of()).contains(change.to())) {
            world.violation(who + " went the illegal way from " + change.from() + " to " + change.to());
        }
        if (change.at().isBefore(lastAt)) {
            world.trace(who + " was told of times that go back");
        }
        lastAt = change.at();
        last = change.to();
        standbys += last == STANDBY ? 1 : 0;
        if (last == RESUMING) {
            sessionBeganNanos = world.nowNanos();
        } else if (last == BACKOFF && change.from() != CONNECTING) {
            longestSessionNanos = Math.max(longestSessionNanos, world.nowNanos() - sessionBeganNanos);
        }
    }

    /** How long its longest session lasted that was lost, as it was told. */
    Duration longestSession() {
        return Duration.ofNanos(longestSessionNanos);
    }

    /** How often it was told to stand by. */
    int standbys() {
        return standbys;
    }

    /** The last state that was told. */
    ClientState last() {
        return last;
    }

    @Override
    public void onPublishFailed(Client client, List<PublishResult> publishes, MessagingException failure) {
        onPublishFailed.accept(new PublishFailure(publishes, failure));
    }

    @Override
    public void onInDoubt(Client client, InDoubt inDoubt) {
        world.trace(who + " was told that " + inDoubt.ids() + " are in doubt");
        onInDoubt.accept(inDoubt);
    }

    @Override
    public void onHandlerError(Client client, Subscription subscription, Throwable error) {
        world.violation(who + " was told of a handler's error: " + error);
    }

    @Override
    public void onSubscriptionFailed(Client client, Subscription subscription, MessagingException error) {
        world.trace(who + " lost " + subscription.id() + ": " + error.getMessage());
        onSubscriptionLost.run();
    }
}
