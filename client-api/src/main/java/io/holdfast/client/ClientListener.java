package io.holdfast.client;

import io.holdfast.client.collision.CollisionDiagnosis;
import io.holdfast.client.error.IdentityLostException;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.publish.InDoubt;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.client.subscribe.Subscription;
import java.util.List;

/**
 * Told what happens to a client, and of every failure that no caller waits for.
 *
 * <p>Called on a thread of the client's delivery executor (or, if handlers keep all of them to the end of a close, on the
 * thread that closes), one call at a time, in the order of the events; blocking here delays
 * later calls of the listener and nothing else. What a listener throws is logged. The default for a failure writes one log line
 * and does nothing else, so that one nobody handles is still seen: that is why a listener that overrides a method
 * takes the log line's place.
 */
public interface ClientListener {

    /**
     * The state changed: told of every transition, in order. By the time it is told the client may be further on;
     * {@link Client#state()} is the state now.
     *
     * <p>The default does nothing: what an operator has to know of connections is logged by the client itself.
     */
    default void onStateChange(Client client, StateChange change) {
        // nothing: see above
    }

    /** A message handler threw; the subscription goes on. */
    default void onHandlerError(Client client, Subscription subscription, Throwable error) {
        ListenerLog.handlerError(client, subscription, error);
    }

    /** A subscription ended without being asked to; the others go on. */
    default void onSubscriptionFailed(Client client, Subscription subscription, MessagingException error) {
        ListenerLog.subscriptionFailed(client, subscription, error);
    }

    /**
     * Publishes failed whose {@link PublishResult#persisted()} nobody had asked for: one that the broker refused, or all that
     * were unconfirmed when the connection ended, in one call.
     *
     * @param client whose
     * @param publishes which, in the order of their sequences; at least one
     * @param error the failure they have in common
     */
    default void onPublishFailed(Client client, List<PublishResult> publishes, MessagingException error) {
        ListenerLog.publishFailed(client, publishes, error);
    }

    /** Messages came into doubt, since another program publishes under this client's name, or may have while the client stood by. */
    default void onInDoubt(Client client, InDoubt inDoubt) {
        ListenerLog.inDoubt(client, inDoubt);
    }

    /**
     * Another program uses this client's name: told at each verdict, whatever is done about it.
     *
     * <p>The default does nothing: the client itself logs each verdict (HF-3003, HF-3008).
     */
    default void onCollision(Client client, CollisionDiagnosis diagnosis) {
        // nothing: see above
    }

    /**
     * Another process took over the folder of the client's name, and the client closes. Only a client that keeps its name
     * in a folder can be told so.
     */
    default void onIdentityLost(Client client, IdentityLostException lost) {
        ListenerLog.identityLost(client, lost);
    }

    /** A listener that only writes the log lines. */
    static ClientListener logging() {
        return new ClientListener() {};
    }
}
