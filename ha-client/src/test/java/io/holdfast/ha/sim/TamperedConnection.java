package io.holdfast.ha.sim;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonResult;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.Command;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.publish.PublishRequest;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A connection to break in one method; the others are honest. */
abstract class TamperedConnection implements Connection {

    private final Connection honest;

    TamperedConnection(Connection honest) {
        this.honest = honest;
    }

    @Override
    public Endpoint endpoint() {
        return honest.endpoint();
    }

    @Override
    public LogonResult logonResult() {
        return honest.logonResult();
    }

    @Override
    public String localAddress() {
        return honest.localAddress();
    }

    @Override
    public String remoteAddress() {
        return honest.remoteAddress();
    }

    @Override
    public boolean publish(PublishRequest request, SequenceNumber sequence) {
        return honest.publish(request, sequence);
    }

    @Override
    public PendingCommand execute(Command command, Duration timeout, Consumer<Ack> furtherAcks) {
        return honest.execute(command, timeout, furtherAcks);
    }

    @Override
    public CompletionStage<Void> writable() {
        return honest.writable();
    }

    @Override
    public void pauseReads() {
        honest.pauseReads();
    }

    @Override
    public void resumeReads() {
        honest.resumeReads();
    }

    @Override
    public boolean ownsCurrentThread() {
        return honest.ownsCurrentThread();
    }

    @Override
    public CompletionStage<Disconnect> closed() {
        return honest.closed();
    }

    @Override
    public CompletionStage<Disconnect> close(Duration timeout) {
        return honest.close(timeout);
    }
}
