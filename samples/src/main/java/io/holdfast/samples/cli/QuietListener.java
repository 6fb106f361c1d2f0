package io.holdfast.samples.cli;

import io.holdfast.client.Client;
import io.holdfast.client.ClientListener;
import io.holdfast.client.StateChange;
import io.holdfast.client.error.ClientClosedException;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.error.IdentityLostException;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.client.subscribe.Subscription;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Takes the place of the listener's log lines: a command tells a failure itself, once, at its end.
 *
 * <p>Called on the client's delivery threads.
 */
public final class QuietListener implements ClientListener {

    private final CompletableFuture<?> end;

    /** A listener that ends the command, through {@code end}, when the client ends, or a subscription or its handler fails. */
    public QuietListener(CompletableFuture<?> end) {
        this.end = end;
    }

    @Override
    public void onStateChange(Client client, StateChange change) {
        if (change.to().isTerminal()) {
            end.completeExceptionally(
                    reason(client, change)); // too late, and without effect, where the command closed it
        }
    }

    @Override
    public void onIdentityLost(Client client, IdentityLostException lost) {
        end.completeExceptionally(lost);
    }

    @Override
    public void onHandlerError(Client client, Subscription subscription, Throwable error) {
        end.completeExceptionally(error);
    }

    @Override
    public void onSubscriptionFailed(Client client, Subscription subscription, MessagingException error) {
        end.completeExceptionally(error);
    }

    @Override
    public void onPublishFailed(Client client, List<PublishResult> publishes, MessagingException error) {
        // Every publish of the command line has somebody who waits for it.
    }

    private static MessagingException reason(Client client, StateChange change) {
        if (change.failure() != null) {
            return change.failure();
        }
        return change.disconnect() == null
                ? new ClientClosedException(client.name())
                : new DisconnectedException(change.disconnect());
    }
}
