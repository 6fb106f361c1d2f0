package io.holdfast.ha.internal.client;

import io.holdfast.client.Client;
import io.holdfast.client.ClientState;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.LogonResult;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.Command;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.client.subscribe.MessageHandler;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.client.subscribe.Subscription;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletionStage;

/** The facade: to be filled in. */
public final class HaClient implements Client {

    private final ClientSetup setup;

    /** A client, idle. */
    public HaClient(ClientSetup setup) {
        this.setup = setup;
    }

    @Override
    public String name() {
        return setup.logon().clientName();
    }

    @Override
    public ClientState state() {
        return ClientState.IDLE;
    }

    @Override
    public CompletionStage<LogonResult> connectAsync() {
        throw new UnsupportedOperationException();
    }

    @Override
    public LogonResult connect(Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PublishResult publish(PublishRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> publishFlushAsync() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void publishFlush(Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> flushAsync() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void flush(Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Subscription> subscribeAsync(SubscribeRequest request, MessageHandler handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Subscription subscribe(SubscribeRequest request, MessageHandler handler, Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> unsubscribeAsync(Collection<SubscriptionId> ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void unsubscribe(Collection<SubscriptionId> ids, Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> unsubscribeAllAsync() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void unsubscribeAll(Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Ack> executeAsync(Command command) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Ack execute(Command command, Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Disconnect> closed() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close(Duration timeout) {}

    @Override
    public void close() {}
}
