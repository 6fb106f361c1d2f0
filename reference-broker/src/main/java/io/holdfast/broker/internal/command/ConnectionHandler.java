package io.holdfast.broker.internal.command;

import io.holdfast.broker.internal.session.DisconnectReason;
import io.holdfast.broker.internal.session.Link;
import io.holdfast.broker.internal.session.Session;
import io.holdfast.broker.internal.transport.Outbound;
import io.holdfast.broker.internal.wire.Frame;
import io.holdfast.broker.internal.wire.FrameDecoder;
import io.holdfast.broker.internal.wire.Header;
import io.holdfast.client.error.ProtocolException;
import io.holdfast.client.error.ProtocolException.Violation;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ties a socket to its session: frames in, ends in, and the {@link Link} that the session acts on. Confined to the broker's thread. */
final class ConnectionHandler extends ChannelInboundHandlerAdapter implements Link {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionHandler.class);

    private final Channel channel;
    private final FrameDecoder decoder;
    private final Arrivals arrivals;
    private final Outbound out;
    private final Session session;
    private final ArrayDeque<Frame> held = new ArrayDeque<>();

    ConnectionHandler(Channel channel, FrameDecoder decoder, Arrivals arrivals, String connectionName) {
        this.channel = channel;
        this.decoder = decoder;
        this.arrivals = arrivals;
        out = new Outbound(channel, arrivals.flushes(), arrivals.limits().outboundBytes(), this::tooSlow);
        session = new Session(connectionName, address(channel), arrivals.clock().instant(), this);
    }

    Session session() {
        return session;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        arrivals.connected(session);
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Frame frame = (Frame) message;
        if (session.state() == Session.State.AUTHENTICATING) {
            held.add(frame); // what one read brought: reading is paused
        } else {
            arrivals.commands().dispatch(session, frame);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        session.heard();
        arrivals.flushes().flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        arrivals.exit().end(session, DisconnectReason.CONNECTION_CLOSED, null);
        arrivals.left(session);
        arrivals.flushes().flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable thrown) {
        Throwable cause = thrown instanceof DecoderException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof ProtocolException violation) {
            DisconnectReason reason = violation.violation() == Violation.UNEXPECTED_COMMAND
                    ? DisconnectReason.UNKNOWN_COMMAND
                    : DisconnectReason.PROTOCOL_ERROR;
            arrivals.exit().end(session, reason, violation.getMessage());
        } else if (cause instanceof IOException && !(cause instanceof SSLException)) {
            arrivals.exit().end(session, DisconnectReason.CONNECTION_CLOSED, cause.getMessage());
        } else if (thrown instanceof DecoderException || cause instanceof SSLException) {
            arrivals.exit().end(session, DisconnectReason.PROTOCOL_ERROR, cause.toString());
        } else {
            LOG.error("a mistake in the broker ends a connection", cause);
            arrivals.exit().end(session, DisconnectReason.INTERNAL_ERROR, cause.toString());
        }
        var unused = channel.close();
        arrivals.flushes().flush();
    }

    @Override
    public Outbound out() {
        return out;
    }

    @Override
    public byte[] encode(Header header) {
        return arrivals.writer().write(header);
    }

    @Override
    public void pauseReads(boolean paused) {
        channel.config().setAutoRead(!paused);
    }

    @Override
    public void loggedOn() {
        decoder.maxFrameBytes(arrivals.limits().maxFrameBytes());
        Frame frame = held.poll();
        while (frame != null) {
            arrivals.commands().dispatch(session, frame);
            frame = held.poll();
        }
    }

    @Override
    public void reset() {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        var unused = channel.close();
    }

    private void tooSlow() {
        arrivals.tooSlow(session);
    }

    private static String address(@Nullable Channel channel) {
        return channel != null && channel.remoteAddress() instanceof InetSocketAddress peer
                ? peer.getAddress().getHostAddress() + ":" + peer.getPort()
                : "unknown";
    }
}
