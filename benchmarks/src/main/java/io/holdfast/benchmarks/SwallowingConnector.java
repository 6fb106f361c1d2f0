package io.holdfast.benchmarks;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonResult;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.AckCounts;
import io.holdfast.client.message.AckStatus;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.Command;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.publish.PublishRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A transport whose broker takes everything at once and confirms it every 100 microseconds. */
final class SwallowingConnector implements Connector, AutoCloseable {

    private static final long ACK_EVERY_NANOS = 100_000;

    private volatile boolean closed;

    @Override
    public CompletionStage<Connection> connect(ConnectRequest request) {
        return CompletableFuture.completedFuture(new Swallowing(request));
    }

    @Override
    public boolean close(Duration timeout) {
        closed = true;
        return true;
    }

    @Override
    public void close() {
        closed = true;
    }

    /** The one connection. */
    private final class Swallowing implements Connection {

        private final ConnectRequest request;
        private final CompletableFuture<Disconnect> end = new CompletableFuture<>();
        private volatile long last;

        Swallowing(ConnectRequest request) {
            this.request = request;
            Thread acks = new Thread(this::confirm, "swallowing-acks");
            acks.setDaemon(true);
            acks.start();
        }

        private void confirm() {
            long confirmed = 0;
            while (!closed) {
                LockSupport.parkNanos(ACK_EVERY_NANOS);
                long now = last;
                if (now != confirmed) {
                    confirmed = now;
                    request.sink()
                            .onPublishAck(new Ack(
                                    AckType.PERSISTED,
                                    AckStatus.SUCCESS,
                                    null,
                                    null,
                                    SequenceNumber.of(now),
                                    null,
                                    AckCounts.NONE));
                }
            }
        }

        @Override
        public Endpoint endpoint() {
            return request.endpoint();
        }

        @Override
        public LogonResult logonResult() {
            return new LogonResult(request.logon().clientName(), SequenceNumber.NONE, null, null, null);
        }

        @Override
        public String localAddress() {
            return "local";
        }

        @Override
        public String remoteAddress() {
            return "remote";
        }

        @Override
        public boolean publish(PublishRequest publish, SequenceNumber sequence) {
            last = sequence.value();
            return true;
        }

        @Override
        public PendingCommand execute(Command command, Duration timeout, Consumer<Ack> furtherAcks) {
            Ack ack = new Ack(
                    requireNonNull(command.replyOn()),
                    AckStatus.SUCCESS,
                    null,
                    null,
                    SequenceNumber.NONE,
                    null,
                    AckCounts.NONE);
            return new PendingCommand() {
                @Override
                public CompletionStage<Ack> reply() {
                    return CompletableFuture.completedFuture(ack);
                }

                @Override
                public void forget() {
                    // answered already
                }
            };
        }

        @Override
        public CompletionStage<Void> writable() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void pauseReads() {
            // there is nothing to read
        }

        @Override
        public void resumeReads() {
            // there is nothing to read
        }

        @Override
        public boolean ownsCurrentThread() {
            return false;
        }

        @Override
        public CompletionStage<Disconnect> closed() {
            return end;
        }

        @Override
        public CompletionStage<Disconnect> close(Duration timeout) {
            end.complete(new Disconnect(
                    request.endpoint(),
                    request.logon().clientName(),
                    DisconnectCause.CLOSED_BY_APPLICATION,
                    null,
                    Duration.ZERO));
            return end;
        }
    }
}
