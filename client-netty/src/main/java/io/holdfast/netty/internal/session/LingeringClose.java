package io.holdfast.netty.internal.session;

import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a socket without losing what was written to it.
 *
 * <p>A socket that is closed while received bytes lie unread, or that receives more afterwards, is reset, and the reset
 * destroys whatever the peer has not read yet. So we end our half only, read on (what comes is dropped) until the peer has
 * ended its half, and then close; a peer that does not answer is waited for no longer than {@code linger}.
 */
final class LingeringClose {

    private LingeringClose() {}

    /** Closes at once if {@code linger} is zero, or if there is nobody to wait for. On the event loop. */
    static void close(Channel channel, Duration linger) {
        if (linger.isZero() || !channel.isActive() || !(channel instanceof DuplexChannel duplex)) {
            closeNow(channel);
            return;
        }
        ScheduledFuture<?> timer =
                channel.eventLoop().schedule(() -> closeNow(channel), linger.toNanos(), TimeUnit.NANOSECONDS);
        channel.closeFuture().addListener(closed -> timer.cancel(false));
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            endOutput(duplex);
        } else {
            tls.closeOutbound().addListener(notified -> endOutput(duplex));
        }
        channel.config().setAutoRead(true);
    }

    private static void closeNow(Channel channel) {
        var unused = channel.close();
    }

    private static void endOutput(DuplexChannel channel) {
        var unused = channel.shutdownOutput();
    }
}
