package io.holdfast.samples.hold;

import io.holdfast.client.Client;
import io.holdfast.client.error.CommandRefusedException;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.client.message.Topic;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.samples.cli.ErrorReport;
import io.holdfast.samples.cli.ExitCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Enters the subscription at the first connection; from then on it is the client that enters it again. One that the broker refuses ends the
 * command; one that fails otherwise is entered at the next connection. Thread-safe.
 */
final class Subscribing {

    /** The same at each start, since what a subscription has seen is kept under its id. */
    private static final SubscriptionId ID = SubscriptionId.of("hold");

    private final Topic topic;
    private final Arrivals arrivals;
    private final Ledger ledger;
    private final CompletableFuture<ExitCode> end;
    private final AtomicBoolean entered = new AtomicBoolean();

    Subscribing(Topic topic, Arrivals arrivals, Ledger ledger, CompletableFuture<ExitCode> end) {
        this.topic = topic;
        this.arrivals = arrivals;
        this.ledger = ledger;
        this.end = end;
    }

    void onConnected(Client client) {
        if (!entered.compareAndSet(false, true)) {
            return;
        }
        SubscribeRequest request = SubscribeRequest.builder(topic).id(ID).build();
        var unused = client.subscribeAsync(request, arrivals).whenComplete((subscription, failure) -> {
            if (failure == null) {
                ledger.well(() -> Standing.of(client), Ledger.Part.SUBSCRIPTION);
                return;
            }
            Throwable cause = ErrorReport.unwrap(failure);
            ledger.trouble(() -> Standing.of(client), Ledger.Part.SUBSCRIPTION, cause);
            if (cause instanceof CommandRefusedException) {
                end.completeExceptionally(cause);
            } else {
                entered.set(false); // the connection was lost, or the broker is silent: at the next one
            }
        });
    }
}
