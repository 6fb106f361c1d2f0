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

/** Enters the subscription at the first connection; from then on it is the client that enters it again. Thread-safe. */
final class Subscribing {

    /** The same at each start, since what a subscription has seen is kept under its id. */
    private static final SubscriptionId ID = SubscriptionId.of("hold");

    private final Topic topic;
    private final Arrivals arrivals;
    private final CompletableFuture<ExitCode> end;
    private final AtomicBoolean entered = new AtomicBoolean();

    Subscribing(Topic topic, Arrivals arrivals, CompletableFuture<ExitCode> end) {
        this.topic = topic;
        this.arrivals = arrivals;
        this.end = end;
    }

    void onConnected(Client client) {
        if (!entered.compareAndSet(false, true)) {
            return;
        }
        SubscribeRequest request = SubscribeRequest.builder(topic).id(ID).build();
        var unused = client.subscribeAsync(request, arrivals).whenComplete((subscription, failure) -> {
            if (failure == null) {
                return;
            }
            Throwable cause = ErrorReport.unwrap(failure);
            if (cause instanceof CommandRefusedException) {
                end.completeExceptionally(cause);
            } else {
                entered.set(false); // the connection was lost meanwhile: at the next one
            }
        });
    }
}
