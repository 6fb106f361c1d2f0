package io.holdfast.netty.internal.session;

import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.error.ProtocolException;
import io.holdfast.client.error.ProtocolException.Violation;
import io.holdfast.client.error.Untrusted;
import io.holdfast.netty.internal.frame.FrameDecoder;
import io.holdfast.netty.internal.write.WriteQueue;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one exit of a session: whatever ends it comes here, the first cause wins, and {@link #closed()} tells it once.
 *
 * <pre>
 * EOF, IOException, ProtocolException, silence, a failing sink, the application
 *      --&gt; end: mute the inbound side, stop the timers, fail what waits, close the socket --&gt; closed
 * </pre>
 *
 * <p>The last handler of the pipeline. Before the session has started it does nothing: until then the attempt to connect
 * answers for everything. Confined to the event loop.
 */
public final class DisconnectHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(DisconnectHandler.class);

    /** How long, at most, a peer is waited for that was told that we close. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final Channel channel;
    private final Endpoint endpoint;
    private final FrameDecoder frames;
    private final WriteQueue queue;
    private final PendingCommands pending;
    private final HeartbeatHandler heartbeat;
    private final CompletableFuture<Disconnect> closed = new CompletableFuture<>();

    private String clientName = "";
    private long startedNanos;
    private boolean started;
    private boolean closing;
    private @Nullable Disconnect disconnect;
    private @Nullable ScheduledFuture<?> closeTimer;

    /** The exit of the session on this channel. */
    DisconnectHandler(
            Channel channel,
            Endpoint endpoint,
            FrameDecoder frames,
            WriteQueue queue,
            PendingCommands pending,
            HeartbeatHandler heartbeat) {
        this.channel = channel;
        this.endpoint = endpoint;
        this.frames = frames;
        this.queue = queue;
        this.pending = pending;
        this.heartbeat = heartbeat;
    }

    /** The broker has accepted the logon under this name. */
    void start(String name) {
        started = true;
        clientName = name;
        startedNanos = now();
    }

    /** Whether the session has ended: nothing may be delivered any more. */
    boolean isOver() {
        return disconnect != null;
    }

    /** Completes once, when the socket is closed. From any thread. */
    CompletionStage<Disconnect> closed() {
        return closed.minimalCompletionStage();
    }

    /** Writes out what is queued, for up to {@code timeout}, then ends the session. */
    void close(Duration timeout) {
        if (!started || closing || disconnect != null) {
            return;
        }
        closing = true;
        if (timeout.isZero() || timeout.isNegative()) {
            end(DisconnectCause.CLOSED_BY_APPLICATION, null, Duration.ZERO);
            return;
        }
        long nanos = Deadlines.nanos(timeout);
        long deadline = now() + nanos;
        closeTimer = channel.eventLoop()
                .schedule(
                        () -> end(DisconnectCause.CLOSED_BY_APPLICATION, null, Duration.ZERO),
                        nanos,
                        TimeUnit.NANOSECONDS);
        var unused = queue.finish(as(DisconnectCause.CLOSED_BY_APPLICATION, null))
                .thenRun(() -> {
                    Duration left = Duration.ofNanos(Math.max(0, deadline - now()));
                    end(DisconnectCause.CLOSED_BY_APPLICATION, null, left.compareTo(LINGER) < 0 ? left : LINGER);
                });
    }

    /** Ends the session for this cause. */
    void fail(DisconnectCause cause, @Nullable Throwable error) {
        end(closing ? DisconnectCause.CLOSED_BY_APPLICATION : cause, error, Duration.ZERO);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(DisconnectCause.PEER_CLOSED, null);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == HeartbeatHandler.PEER_SILENT) {
            fail(DisconnectCause.HEARTBEAT_TIMEOUT, null);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable caught) {
        Throwable error = caught instanceof DecoderException && caught.getCause() != null ? caught.getCause() : caught;
        if (error instanceof ProtocolException violation) {
            // a broker that evicts or dies closes wherever it is in its stream
            boolean cut = violation.violation() == Violation.TRUNCATED_FRAME;
            fail(cut ? DisconnectCause.PEER_CLOSED : DisconnectCause.PROTOCOL_ERROR, error);
        } else if (error instanceof IOException) {
            fail(DisconnectCause.PEER_RESET, error);
        } else {
            fail(DisconnectCause.INTERNAL_ERROR, error);
        }
    }

    private void end(DisconnectCause cause, @Nullable Throwable error, Duration linger) {
        if (!started || disconnect != null) {
            return;
        }
        Disconnect end = as(cause, error);
        disconnect = end;
        if (closeTimer != null) {
            closeTimer.cancel(false);
        }
        heartbeat.stop();
        frames.stop();
        log(end);
        queue.end(end);
        pending.end(new DisconnectedException(end));
        channel.closeFuture().addListener(done -> closed.complete(end));
        LingeringClose.close(channel, linger);
    }

    /** The end for this cause; a peer that closed on our silence did what we had asked it for. */
    private Disconnect as(DisconnectCause cause, @Nullable Throwable error) {
        boolean byPeer = cause == DisconnectCause.PEER_CLOSED || cause == DisconnectCause.PEER_RESET;
        Duration silence = byPeer ? heartbeat.ownSilence() : Duration.ZERO;
        DisconnectCause told = silence.isZero() ? cause : DisconnectCause.OWN_SILENCE;
        return new Disconnect(endpoint, clientName, told, error, Duration.ofNanos(now() - startedNanos), silence);
    }

    /** For whoever looks closely; the event itself is told by {@link #closed()}, and so is not logged any louder. */
    private void log(Disconnect end) {
        if (end.cause() == DisconnectCause.PROTOCOL_ERROR && end.rawError() instanceof ProtocolException violation) {
            LOG.atDebug()
                    .addKeyValue("client_name", Untrusted.escape(end.clientName()))
                    .addKeyValue("server", endpoint.address())
                    .addKeyValue("remote", channel.remoteAddress())
                    .addKeyValue("violation", violation.violation())
                    .addKeyValue("offset", violation.offset())
                    .log("HF-1020 protocol-violation {}", violation.getMessage());
        } else {
            LOG.atDebug()
                    .addKeyValue("client_name", Untrusted.escape(end.clientName()))
                    .addKeyValue("server", endpoint.address())
                    .addKeyValue("remote", channel.remoteAddress())
                    .addKeyValue("cause", end.cause())
                    .log("disconnected: {}", end.describe());
        }
    }

    private long now() {
        return channel.eventLoop().ticker().nanoTime();
    }
}
