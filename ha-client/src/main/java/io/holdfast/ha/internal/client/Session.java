package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.InboundSink;
import io.holdfast.ha.internal.driver.LinkSession;
import java.util.concurrent.CompletionStage;

/**
 * One session of a client: its own router, and the order in which the client's parts take a connection up and let it go.
 *
 * <pre>
 * logged on --&gt; guard and router know it --&gt; resume: publisher, then subscriptions --&gt; ... --&gt; ended: publisher, subscriptions
 * </pre>
 */
final class Session implements LinkSession {

    private final BlockingGuard guard;
    private final Router router;
    private final Publisher publisher;
    private final SubscriptionSide subscriptions;

    Session(BlockingGuard guard, Publisher publisher, SubscriptionSide subscriptions) {
        this.guard = guard;
        this.router = new Router(subscriptions.table(), publisher);
        this.publisher = publisher;
        this.subscriptions = subscriptions;
    }

    @Override
    public InboundSink sink() {
        return router;
    }

    @Override
    public void loggedOn(Connection connection) {
        guard.attach(connection);
        router.attach(connection);
    }

    /** What was published first arrives first, so what is stored goes before anything else. */
    @Override
    public CompletionStage<Void> resume(Connection connection) {
        return publisher.resume(connection).thenCompose(nothing -> subscriptions.resume(connection));
    }

    @Override
    public void ended(Disconnect disconnect) {
        publisher.disconnected(disconnect);
        subscriptions.disconnected();
    }
}
