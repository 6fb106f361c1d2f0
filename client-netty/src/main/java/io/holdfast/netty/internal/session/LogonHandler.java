package io.holdfast.netty.internal.session;

import io.holdfast.client.connect.Authenticator;
import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.client.connect.Credentials;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.connect.LogonResult;
import io.holdfast.client.error.ConnectFailedException;
import io.holdfast.client.error.ConnectFailedException.Stage;
import io.holdfast.client.error.LogonRefusedException;
import io.holdfast.client.error.ProtocolException;
import io.holdfast.client.error.ProtocolException.Violation;
import io.holdfast.client.error.Untrusted;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.AckStatus;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.CommandId;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.netty.internal.frame.FrameEncoder;
import io.holdfast.netty.internal.header.HeaderEncoder;
import io.holdfast.netty.internal.header.HeaderField;
import io.holdfast.netty.internal.header.InboundFrame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the client name, then removes itself.
 *
 * <pre>
 * connected (and secured) -- ask the {@link Authenticator} --&gt; logon --&gt; success: {@link Progress#loggedOn}
 *                                    ^                           --&gt; failure: {@link LogonRefusedException}
 *                                    '---- at most {@link Authenticator#MAX_RETRIES} times ---- retry
 * </pre>
 *
 * <p>Until the answer everything else that happens to the channel ends the attempt here. Confined to the event loop; the
 * authenticator's stage may complete anywhere.
 */
public final class LogonHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(LogonHandler.class);

    private final Endpoint endpoint;
    private final LogonRequest logon;
    private final int maxFrameBytes;
    private final Progress progress;
    private boolean asked;
    private boolean sent;
    private boolean done;
    private int retries;

    /** A logon whose course {@code progress} is told. */
    public LogonHandler(ConnectRequest request, Progress progress) {
        this.endpoint = request.endpoint();
        this.logon = request.logon();
        this.maxFrameBytes = request.limits().maxFrameBytes();
        this.progress = progress;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive()) {
            connected(ctx);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        connected(ctx);
        ctx.fireChannelActive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess() && !asked) {
                ask(ctx, () -> logon.authenticator().authenticate(endpoint));
            } else if (!handshake.isSuccess()) {
                fail(handshake.cause());
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        InboundFrame frame = (InboundFrame) message;
        if (done || frame.type() == CommandType.HEARTBEAT) {
            return;
        }
        if (frame.type() != CommandType.ACK) {
            violated(Violation.UNEXPECTED_COMMAND, "'" + frame.type().word() + "' came before the logon was answered");
        } else if (!sent || !isLogonId(frame.commandId())) {
            String id = Untrusted.escape(frame.text(HeaderField.CMD_ID));
            violated(Violation.ACK_FOR_NOBODY, "only the logon can be answered yet, not command " + id);
        } else {
            answered(ctx, frame, frame.toAck());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(new ClosedChannelException());
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(cause);
    }

    private void connected(ChannelHandlerContext ctx) {
        if (endpoint.tls()) {
            progress.reached(Stage.TLS);
        } else {
            ask(ctx, () -> logon.authenticator().authenticate(endpoint));
        }
    }

    private void ask(ChannelHandlerContext ctx, Supplier<CompletionStage<Credentials>> authenticator) {
        if (done) {
            return;
        }
        asked = true;
        sent = false;
        progress.reached(Stage.AUTHENTICATION);
        try {
            var unused = authenticator
                    .get()
                    .whenComplete((credentials, failure) -> onLoop(ctx, () -> told(ctx, credentials, failure)));
        } catch (RuntimeException e) {
            authenticationFailed(e);
        }
    }

    private void told(ChannelHandlerContext ctx, @Nullable Credentials credentials, @Nullable Throwable failure) {
        if (credentials == null) {
            authenticationFailed(failure == null ? new NullPointerException("no credentials") : failure);
        } else if (!done) {
            send(ctx, credentials);
        }
    }

    private void send(ChannelHandlerContext ctx, Credentials credentials) {
        progress.reached(Stage.LOGON);
        ByteBuf out = ctx.alloc().ioBuffer();
        try {
            int mark = FrameEncoder.begin(out);
            HeaderEncoder.writeLogon(out, logon, endpoint, credentials);
            FrameEncoder.end(out, mark, maxFrameBytes);
        } catch (RuntimeException e) {
            out.release();
            fail(e);
            return;
        }
        sent = true;
        ctx.writeAndFlush(out).addListener(written -> {
            if (!written.isSuccess()) {
                fail(written.cause());
            }
        });
    }

    private void answered(ChannelHandlerContext ctx, InboundFrame frame, Ack ack) {
        if (ack.status() == AckStatus.FAILURE) {
            fail(new LogonRefusedException(endpoint, logon.clientName(), ack.rawReason()));
        } else if (ack.status() == AckStatus.RETRY) {
            retry(ctx, new Credentials(frame.userId(), frame.password()), ack);
        } else if (ack.type() == AckType.PROCESSED) {
            done = true;
            LogonResult result = new LogonResult(
                    Objects.requireNonNullElse(frame.clientName(), logon.clientName()),
                    SequenceNumber.of(Math.max(0, frame.sequence())),
                    ack.rawBookmark(),
                    frame.version(),
                    ack.rawReason());
            ctx.pipeline().remove(this);
            progress.loggedOn(result);
        }
    }

    private void retry(ChannelHandlerContext ctx, Credentials challenge, Ack ack) {
        if (++retries > Authenticator.MAX_RETRIES) {
            fail(new ConnectFailedException(
                    endpoint,
                    Stage.AUTHENTICATION,
                    "the broker asked for more than " + Authenticator.MAX_RETRIES + " rounds of credentials",
                    null));
            return;
        }
        ask(ctx, () -> logon.authenticator().retry(endpoint, challenge, ack));
    }

    private void authenticationFailed(Throwable failure) {
        fail(new ConnectFailedException(
                endpoint, Stage.AUTHENTICATION, "the authenticator gave no credentials: " + failure, failure));
    }

    private void violated(Violation violation, String detail) {
        fail(new ProtocolException(violation, -1, detail));
    }

    private void fail(Throwable cause) {
        if (!done) {
            done = true;
            progress.failed(cause);
        }
    }

    private static boolean isLogonId(long id) {
        return id == CommandId.LOGON.value() || id == InboundFrame.NO_COMMAND_ID;
    }

    private static void onLoop(ChannelHandlerContext ctx, Runnable task) {
        if (ctx.executor().inEventLoop()) {
            task.run();
            return;
        }
        try {
            ctx.executor().execute(task);
        } catch (RejectedExecutionException e) {
            // the connector was closed, and the attempt failed with it
            LOG.debug("credentials came after the event loop had ended", e);
        }
    }

    /** Is told the course of a logon, on the event loop; the last call is {@code loggedOn} or {@code failed}. */
    public interface Progress {

        /** The attempt came as far as this. */
        void reached(Stage stage);

        /** The broker accepted; the next frame goes to the session. */
        void loggedOn(LogonResult result);

        /** The attempt is over; the channel is still to be closed. */
        void failed(Throwable cause);
    }
}
