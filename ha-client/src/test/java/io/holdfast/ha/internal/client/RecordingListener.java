package io.holdfast.ha.internal.client;

import io.holdfast.client.Client;
import io.holdfast.client.ClientListener;
import io.holdfast.client.ClientState;
import io.holdfast.client.StateChange;
import io.holdfast.client.collision.CollisionDiagnosis;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.publish.InDoubt;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.client.subscribe.Subscription;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Remembers what it was told, one line each. */
final class RecordingListener implements ClientListener {

    final List<String> told = Collections.synchronizedList(new ArrayList<>());

    final List<StateChange> changes = Collections.synchronizedList(new ArrayList<>());

    private volatile Runnable next = () -> {};

    /** What the listener does when it is told the next transition. */
    void onNext(Runnable action) {
        next = action;
    }

    @Override
    public void onStateChange(Client client, StateChange change) {
        Runnable now = next;
        next = () -> {};
        now.run();
        changes.add(change);
        Disconnect disconnect = change.disconnect();
        boolean standsBy = change.to() == ClientState.STANDBY;
        told.add(change.from() + ">" + change.to() + (disconnect == null ? "" : " " + disconnect.cause())
                + (standsBy ? " " + change.failure().getClass().getSimpleName() : ""));
    }

    @Override
    public void onCollision(Client client, CollisionDiagnosis diagnosis) {
        told.add("collision " + diagnosis.decision().word());
    }

    @Override
    public void onHandlerError(Client client, Subscription subscription, Throwable error) {
        told.add("handler " + subscription.id() + " " + error.getMessage());
    }

    @Override
    public void onSubscriptionFailed(Client client, Subscription subscription, MessagingException error) {
        told.add("subscription " + subscription.id() + " " + error.getClass().getSimpleName());
    }

    @Override
    public void onInDoubt(Client client, InDoubt inDoubt) {
        told.add("in doubt " + inDoubt.ids() + " " + inDoubt.policy());
    }

    @Override
    public void onPublishFailed(Client client, List<PublishResult> publishes, MessagingException error) {
        publishes.forEach(publish -> told.add(
                "publish " + publish.sequence() + " " + error.getClass().getSimpleName()));
    }
}
