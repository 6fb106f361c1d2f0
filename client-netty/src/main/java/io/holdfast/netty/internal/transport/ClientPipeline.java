package io.holdfast.netty.internal.transport;

import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.netty.internal.header.HeaderDecoder;
import io.holdfast.netty.internal.session.LogonHandler;
import io.holdfast.netty.internal.session.Session;
import io.holdfast.netty.internal.write.WritabilityHandler;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The handlers of a connection, in their order: the one place that lists them.
 *
 * <pre>
 * socket   heartbeat  tls  frames  headers  logon   session  writability  disconnect
 *    ---&gt;  bytes      .... Frame   InboundFrame --&gt; delivered             every end and error
 *                                  until answered
 * </pre>
 */
public final class ClientPipeline {

    /** A dead peer cannot be told that we close; without this the telling would hold up the close for seconds. */
    private static final long CLOSE_NOTIFY_MILLIS = 250;

    private ClientPipeline() {}

    /** Puts all handlers in. On the event loop, once per channel. */
    public static Session install(
            Channel channel, ConnectRequest request, @Nullable SslContext tls, LogonHandler.Progress progress) {
        Session session = new Session(channel, request);
        var pipeline = channel.pipeline();
        pipeline.addLast("heartbeat", session.heartbeat());
        if (tls != null) {
            pipeline.addLast("tls", tls(channel, request, tls));
        }
        pipeline.addLast("frames", session.frames());
        pipeline.addLast("headers", new HeaderDecoder());
        pipeline.addLast("logon", new LogonHandler(request, progress));
        pipeline.addLast("session", session.deliveries());
        pipeline.addLast("writability", new WritabilityHandler(session.queue()));
        pipeline.addLast("disconnect", session.exit());
        return session;
    }

    private static SslHandler tls(Channel channel, ConnectRequest request, SslContext context) {
        // the host also goes out as the server name (SNI)
        SslHandler handler = context.newHandler(
                channel.alloc(), request.endpoint().host(), request.endpoint().port());
        handler.setHandshakeTimeout(0, TimeUnit.MILLISECONDS); // the attempt's one deadline covers it
        handler.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MILLIS);
        return handler;
    }
}
