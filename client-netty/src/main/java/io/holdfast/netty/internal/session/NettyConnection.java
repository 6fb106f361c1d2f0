package io.holdfast.netty.internal.session;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonResult;
import io.holdfast.client.error.BackPressureException;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.Command;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.netty.internal.write.WriteQueue;
import io.netty.channel.Channel;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The caller's side of a session: encodes on the caller's thread, everything else it hands to the event loop.
 * Thread-safe.
 */
public final class NettyConnection implements Connection {

    private static final Logger LOG = LoggerFactory.getLogger(NettyConnection.class);

    private final Channel channel;
    private final Endpoint endpoint;
    private final LogonResult logonResult;
    private final String localAddress;
    private final String remoteAddress;
    private final WriteQueue queue;
    private final PendingCommands pending;
    private final ReadGate reads;
    private final DisconnectHandler exit;

    NettyConnection(
            Channel channel,
            Endpoint endpoint,
            LogonResult logonResult,
            WriteQueue queue,
            PendingCommands pending,
            ReadGate reads,
            DisconnectHandler exit) {
        this.channel = channel;
        this.endpoint = endpoint;
        this.logonResult = logonResult;
        this.localAddress = text(channel.localAddress());
        this.remoteAddress = text(channel.remoteAddress());
        this.queue = queue;
        this.pending = pending;
        this.reads = reads;
        this.exit = exit;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public LogonResult logonResult() {
        return logonResult;
    }

    @Override
    public String localAddress() {
        return localAddress;
    }

    @Override
    public String remoteAddress() {
        return remoteAddress;
    }

    @Override
    public boolean publish(PublishRequest request, SequenceNumber sequence) {
        return queue.publish(request, sequence.value());
    }

    @Override
    public PendingCommand execute(Command command, Duration timeout, Consumer<Ack> furtherAcks) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("timeout is positive, not " + timeout);
        }
        if (command.replyOn() == null) {
            return unanswered(command);
        }
        PendingReply reply = pending.register(command, timeout, furtherAcks);
        if (reply == null) {
            return new Settled(CompletableFuture.failedFuture(new BackPressureException(
                    "commands in flight",
                    pending.bound(),
                    "wait for answers before sending more, or raise Limits.commandsInFlight")));
        }
        try {
            if (queue.command(command, reply.id)) {
                pending.sent(reply);
            } else {
                pending.withdraw(reply, queueFull());
            }
        } catch (MessagingException e) {
            pending.withdraw(reply, e);
        } catch (RuntimeException | Error e) { // memory that is used up must not keep its place among the unanswered
            pending.withdraw(reply, e);
            throw e;
        }
        return reply;
    }

    @Override
    public CompletionStage<Void> writable() {
        return queue.writable();
    }

    @Override
    public void pauseReads() {
        if (!ownsCurrentThread()) {
            throw new IllegalStateException(
                    "pauseReads belongs on the connection's thread, where messages are delivered");
        }
        reads.pause();
    }

    @Override
    public void resumeReads() {
        // always as a task of its own: called from within a delivery, it must not deliver the next message inside this
        // one
        onLoop(() -> {
            try {
                reads.resume();
            } catch (IllegalStateException e) {
                exit.fail(DisconnectCause.INTERNAL_ERROR, e);
            }
        });
    }

    @Override
    public boolean ownsCurrentThread() {
        return channel.eventLoop().inEventLoop();
    }

    @Override
    public CompletionStage<Disconnect> closed() {
        return exit.closed();
    }

    @Override
    public CompletionStage<Disconnect> close(Duration timeout) {
        onLoop(() -> exit.close(timeout));
        return exit.closed();
    }

    @Override
    public String toString() {
        return "Connection[" + endpoint.address() + " as " + logonResult.clientName() + ", " + localAddress + "]";
    }

    private PendingCommand unanswered(Command command) {
        try {
            return new Settled(
                    queue.command(command, -1)
                            ? CompletableFuture.completedFuture(null)
                            : CompletableFuture.failedFuture(queueFull()));
        } catch (MessagingException e) {
            return new Settled(CompletableFuture.failedFuture(e));
        }
    }

    private BackPressureException queueFull() {
        return new BackPressureException(
                "write queue (bytes)", queue.bound(), "wait for writable() before sending more");
    }

    private void onLoop(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            // the loop has ended, and before that the connection
            LOG.debug("the event loop has ended", e);
        }
    }

    private static String text(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress inet
                ? NetUtil.toSocketAddressString(inet)
                : String.valueOf(address);
    }

    /** A command that waits for nothing. */
    private record Settled(CompletionStage<Ack> reply) implements PendingCommand {
        @Override
        public void forget() {
            // nothing is kept
        }
    }
}
