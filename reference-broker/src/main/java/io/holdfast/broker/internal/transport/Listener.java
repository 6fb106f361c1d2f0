package io.holdfast.broker.internal.transport;

import io.holdfast.broker.BrokerStartException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The listening socket. */
public final class Listener {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int BACKLOG = 1024;

    /**
     * What one connection may bring in one turn of the loop: 128 KiB, where Netty's own would be 1 MiB. Timers run between two
     * turns, and a mebibyte of tiny publishes takes a starved machine so long that acks and heartbeats come too late for everybody.
     */
    private static final int READS_PER_TURN = 2;

    private static final int LARGEST_READ_BYTES = 64 << 10;

    private final Channel channel;
    private final int port;

    private Listener(Channel channel) {
        this.channel = channel;
        port = ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /**
     * Listens.
     *
     * @param connections initialises each accepted channel
     * @throws BrokerStartException if the address cannot be had
     */
    public static Listener open(BrokerLoop loop, String bind, int port, ChannelHandler connections) {
        ChannelFuture bound = new ServerBootstrap()
                .group(loop.netty(), loop.netty())
                .channel(loop.serverChannel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(64, 2 << 10, LARGEST_READ_BYTES)
                                .maxMessagesPerRead(READS_PER_TURN))
                .childHandler(connections)
                .bind(new InetSocketAddress(bind, port));
        bound.awaitUninterruptibly(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        if (!bound.isSuccess()) {
            var unused = bound.channel().close();
            Throwable why = bound.cause();
            throw new BrokerStartException(
                    BrokerStartException.Cause.CANNOT_BIND,
                    "cannot listen on " + bind + ":" + port + ": "
                            + (why == null
                                    ? "no answer within " + DEADLINE
                                    : (why.getMessage() == null ? why.toString() : why.getMessage())),
                    why);
        }
        return new Listener(bound.channel());
    }

    /** The port listened on; still known after the close. */
    public int port() {
        return port;
    }

    /** Stops listening. */
    public void close() {
        channel.close().awaitUninterruptibly(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
