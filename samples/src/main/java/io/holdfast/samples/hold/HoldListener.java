package io.holdfast.samples.hold;

import io.holdfast.client.Client;
import io.holdfast.client.ClientListener;
import io.holdfast.client.ClientState;
import io.holdfast.client.StateChange;
import io.holdfast.client.error.IdentityLostException;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.client.subscribe.Subscription;
import io.holdfast.samples.cli.ExitCode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Writes transitions into the ledger, and ends the command when the client, its name or its subscription is gone for good: a
 * broker that refused a subscription does so again, and what restarts this process sees the exit code.
 */
final class HoldListener implements ClientListener {

    private final Ledger ledger;
    private final CompletableFuture<ExitCode> end;
    private final Consumer<Client> onConnected;

    HoldListener(Ledger ledger, CompletableFuture<ExitCode> end, Consumer<Client> onConnected) {
        this.ledger = ledger;
        this.end = end;
        this.onConnected = onConnected;
    }

    @Override
    public void onStateChange(Client client, StateChange change) {
        ledger.transition(() -> Standing.of(client), change);
        if (change.to() == ClientState.FAILED && change.failure() != null) {
            end.completeExceptionally(change.failure());
        } else if (change.to() == ClientState.PROBATION) {
            onConnected.accept(client);
        }
    }

    @Override
    public void onIdentityLost(Client client, IdentityLostException lost) {
        end.completeExceptionally(lost);
    }

    @Override
    public void onSubscriptionFailed(Client client, Subscription subscription, MessagingException error) {
        ledger.trouble(() -> Standing.of(client), Ledger.Part.SUBSCRIPTION, error);
        end.completeExceptionally(error);
    }

    @Override
    public void onPublishFailed(Client client, List<PublishResult> publishes, MessagingException error) {
        // Each publish has somebody who counts what becomes of it.
    }
}
