package io.holdfast.netty.internal.session;

import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonResult;
import io.holdfast.netty.internal.frame.FrameDecoder;
import io.holdfast.netty.internal.write.WriteQueue;
import io.netty.channel.Channel;

/**
 * The parts of one session, made with the channel and idle until the logon has been answered. The pipeline is told their
 * order elsewhere, in one place. Confined to the event loop.
 */
public final class Session {

    private final Channel channel;
    private final Endpoint endpoint;
    private final WriteQueue queue;
    private final PendingCommands pending;
    private final FrameDecoder frames;
    private final HeartbeatHandler heartbeat;
    private final DisconnectHandler exit;
    private final SessionHandler deliveries;

    /** The parts for this channel. */
    public Session(Channel channel, ConnectRequest request) {
        this.channel = channel;
        this.endpoint = request.endpoint();
        this.queue = new WriteQueue(channel, request.limits());
        this.pending = new PendingCommands(channel.eventLoop(), request.limits().commandsInFlight());
        this.frames = new FrameDecoder(request.limits().maxFrameBytes());
        this.heartbeat = new HeartbeatHandler(request.heartbeat(), queue, channel.eventLoop());
        this.exit = new DisconnectHandler(channel, endpoint, frames, queue, pending, heartbeat);
        this.deliveries = new SessionHandler(request.sink(), pending, heartbeat, exit);
    }

    /** The handler nearest to the socket. */
    public HeartbeatHandler heartbeat() {
        return heartbeat;
    }

    /** The handler that cuts the stream into frames. */
    public FrameDecoder frames() {
        return frames;
    }

    /** The handler that delivers. */
    public SessionHandler deliveries() {
        return deliveries;
    }

    /** Where frames wait to be written. */
    public WriteQueue queue() {
        return queue;
    }

    /** The last handler. */
    public DisconnectHandler exit() {
        return exit;
    }

    /** Begins the session: from here on the end of the channel is a {@code Disconnect}. */
    public NettyConnection start(LogonResult result) {
        exit.start(result.clientName());
        heartbeat.start();
        return new NettyConnection(channel, endpoint, result, queue, pending, new ReadGate(frames, heartbeat), exit);
    }
}
