package io.holdfast.broker.internal.command;

import io.holdfast.broker.BrokerLimits;
import io.holdfast.broker.internal.log.OperatorLog;
import io.holdfast.broker.internal.session.DisconnectReason;
import io.holdfast.broker.internal.session.Session;
import io.holdfast.broker.internal.session.SessionEnd;
import io.holdfast.broker.internal.session.StatusEvents;
import io.holdfast.broker.internal.transport.FlushList;
import io.holdfast.broker.internal.wire.FrameDecoder;
import io.holdfast.broker.internal.wire.HeaderReader;
import io.holdfast.broker.internal.wire.HeaderWriter;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Accepts connections: lists the handlers of the pipeline in order, names the connection, counts it, and gives it a deadline for its
 * logon. Confined to the broker's thread.
 */
@ChannelHandler.Sharable
public final class Arrivals extends ChannelInitializer<Channel> {

    private final Parts parts;
    private final HeaderReader reader = new HeaderReader();
    private final Set<Session> connected = new LinkedHashSet<>();
    private boolean closingAtOnce;
    private long accepted;

    /** Accepts into these. */
    public Arrivals(Parts parts) {
        this.parts = parts;
    }

    @Override
    protected void initChannel(Channel channel) {
        if (closingAtOnce) {
            var unused = channel.close();
            return;
        }
        accepted++;
        String name = parts.instance() + "-tcp-" + accepted + "-"
                + parts.clock().instant().toEpochMilli();
        FrameDecoder decoder =
                new FrameDecoder(reader, Math.min(limits().maxFrameBytes(), BrokerLimits.FRAME_BYTES_BEFORE_LOGON));
        SslContext tls = parts.tls();
        if (tls != null) {
            channel.pipeline().addLast("tls", tls.newHandler(channel.alloc()));
        }
        channel.pipeline()
                .addLast("frames", decoder)
                .addLast("session", new ConnectionHandler(channel, decoder, this, name));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var unused = ctx.close();
    }

    /** Scripts what happens to further connections: closed at once, or served. */
    public void closeAtOnce(boolean on) {
        closingAtOnce = on;
    }

    /** Everybody connected, logged on or not, oldest first. */
    public List<Session> connected() {
        return List.copyOf(connected);
    }

    void connected(Session session) {
        connected.add(session);
        parts.events().session(StatusEvents.Kind.CONNECT, session, null);
        if (connected.size() > limits().maxConnections()) {
            exit().end(session, DisconnectReason.TOO_MANY_CONNECTIONS, null);
            return;
        }
        ScheduledFuture<?> deadline = parts.loop()
                .schedule(() -> logonOverdue(session), limits().logonDeadline().toNanos(), TimeUnit.NANOSECONDS);
        session.stopAtLogon(() -> deadline.cancel(false));
    }

    void left(Session session) {
        connected.remove(session);
    }

    void tooSlow(Session session) {
        if (session.state() != Session.State.ENDED) {
            parts.log().slow(session);
            exit().end(session, DisconnectReason.SLOW_CLIENT, null);
            flushes().flush();
        }
    }

    FlushList flushes() {
        return parts.flushes();
    }

    BrokerLimits limits() {
        return parts.limits();
    }

    InstantSource clock() {
        return parts.clock();
    }

    CommandTable commands() {
        return parts.commands();
    }

    SessionEnd exit() {
        return parts.exit();
    }

    HeaderWriter writer() {
        return parts.writer();
    }

    private void logonOverdue(Session session) {
        if (session.state() != Session.State.LOGGED_ON) {
            exit().end(session, DisconnectReason.LOGON_TIMEOUT, null);
            flushes().flush();
        }
    }

    /**
     * What arriving connections are given.
     *
     * @param tls {@code null} while TLS is off
     */
    public record Parts(
            String instance,
            EventLoop loop,
            BrokerLimits limits,
            InstantSource clock,
            FlushList flushes,
            HeaderWriter writer,
            CommandTable commands,
            SessionEnd exit,
            StatusEvents events,
            OperatorLog log,
            @Nullable SslContext tls) {}
}
