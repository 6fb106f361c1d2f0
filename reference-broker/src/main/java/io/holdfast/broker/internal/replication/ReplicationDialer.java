package io.holdfast.broker.internal.replication;

import io.holdfast.broker.internal.transport.BrokerLoop;
import io.holdfast.broker.internal.transport.FlushList;
import io.holdfast.broker.internal.transport.Outbound;
import io.holdfast.broker.internal.wire.Field;
import io.holdfast.broker.internal.wire.FrameDecoder;
import io.holdfast.broker.internal.wire.Header;
import io.holdfast.broker.internal.wire.HeaderReader;
import io.holdfast.broker.internal.wire.HeaderWriter;
import io.holdfast.broker.internal.wire.Verb;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Opens connections to other instances, each with a deadline for its logon. Confined to the broker's thread. */
final class ReplicationDialer {

    private static final int CONNECT_MILLIS = 5_000;
    private static final long LOGON_MILLIS = 10_000;
    private static final int LARGEST_ACK_BYTES = 64 << 10;

    private final BrokerLoop loop;
    private final FlushList flushes;
    private final HeaderWriter writer;
    private final String instance;
    private final String run;
    private final HeaderReader reader = new HeaderReader();

    /**
     * A dialer.
     *
     * @param instance the name of this instance
     * @param run what tells this run of it from others
     */
    ReplicationDialer(BrokerLoop loop, FlushList flushes, HeaderWriter writer, String instance, String run) {
        this.loop = loop;
        this.flushes = flushes;
        this.writer = writer;
        this.instance = instance;
        this.run = run;
    }

    /** Begins to connect; the owner hears of the end, whichever it is. */
    ReplicationConnection dial(ReplicationTarget target, ReplicationConnection.Owner owner) {
        ChannelFuture connecting = new Bootstrap()
                .group(loop.netty())
                .channel(loop.socketChannel())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .handler(new FrameDecoder(reader, LARGEST_ACK_BYTES))
                .connect(target.host(), target.port());
        Channel channel = connecting.channel();
        Outbound out = new Outbound(channel, flushes, Integer.MAX_VALUE, () -> {});
        ReplicationConnection connection = new ReplicationConnection(out, writer, logon(target), owner);
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                channel.pipeline().addLast("replication", connection);
                connection.connected();
            } else {
                // later: an attempt that fails at once would be over before its owner knows it
                loop.netty()
                        .execute(() ->
                                connection.lost(String.valueOf(done.cause().getMessage())));
            }
        });
        ScheduledFuture<?> deadline =
                loop.netty().schedule(() -> connection.logonOverdue(), LOGON_MILLIS, TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> deadline.cancel(false));
        return connection;
    }

    void flush() {
        flushes.flush();
    }

    private Header logon(ReplicationTarget target) {
        return Header.of(Verb.LOGON)
                .set(Field.CMD_ID, "0")
                .set(Field.CLIENT_NAME, "~replication-" + instance)
                .set(Field.OPTS, "replication=" + instance + ":" + run)
                .set(Field.ACK_TYPE, "processed")
                .set(Field.USER_ID, target.user())
                .set(Field.PASSWORD, target.password())
                .build();
    }
}
