package io.holdfast.netty.internal.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.LogonResult;
import io.holdfast.client.error.ConnectFailedException.Stage;
import io.holdfast.netty.RecordingSink;
import io.holdfast.netty.Requests;
import io.holdfast.netty.WireText;
import io.holdfast.netty.internal.transport.ClientPipeline;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/** The whole pipeline on an embedded channel, with the time in the test's hands. */
final class EmbeddedSession implements AutoCloseable {

    final EmbeddedChannel channel = new EmbeddedChannel();
    final RecordingSink sink;
    final List<Stage> stages = new ArrayList<>();
    final Session session;
    LogonResult logon;
    Throwable failure;
    NettyConnection connection;
    private final Queue<String> sent = new ArrayDeque<>();

    EmbeddedSession(ConnectRequest request) {
        sink = (RecordingSink) request.sink();
        channel.freezeTime();
        session = ClientPipeline.install(channel, request, null, new LogonHandler.Progress() {
            @Override
            public void reached(Stage stage) {
                stages.add(stage);
            }

            @Override
            public void loggedOn(LogonResult result) {
                logon = result;
                connection = EmbeddedSession.this.session.start(result);
            }

            @Override
            public void failed(Throwable cause) {
                failure = cause;
                cut();
            }
        });
    }

    static ConnectRequest request() {
        return Requests.to("tcp://broker.example:9007/amps", new RecordingSink());
    }

    /** A session whose logon was answered; what was sent for it has been taken. */
    static EmbeddedSession loggedOn(ConnectRequest request) {
        EmbeddedSession session = new EmbeddedSession(request);
        assertThat(session.nextSent()).contains("\"c\":\"logon\"");
        session.receive(WireText.LOGON_ACK);
        assertThat(session.connection).isNotNull();
        return session;
    }

    static EmbeddedSession loggedOn() {
        return loggedOn(request());
    }

    void receive(String... frames) {
        receiveBytes(WireText.buffer(frames));
    }

    void receiveBytes(ByteBuf bytes) {
        channel.writeInbound(bytes);
    }

    /** The peer closes the socket: nobody on our side called {@code close}, so it does not come down the pipeline. */
    void cut() {
        channel.unsafe().close(channel.newPromise());
        channel.runPendingTasks();
    }

    void receiveBytes(byte... bytes) {
        receiveBytes(Unpooled.wrappedBuffer(bytes));
    }

    /** The next frame that was sent, or {@code null}. */
    String nextSent() {
        channel.runPendingTasks();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            while (out.isReadable()) {
                sent.add(out.readCharSequence(out.readInt(), UTF_8).toString());
            }
            out.release();
        }
        return sent.poll();
    }

    void pass(Duration time) {
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    /** How the session ended; it has to have. */
    Disconnect ended() {
        channel.runPendingTasks();
        assertThat(channel.isOpen()).isFalse();
        return connection.closed().toCompletableFuture().join();
    }

    boolean isOpen() {
        channel.runPendingTasks();
        return channel.isOpen() && !connection.closed().toCompletableFuture().isDone();
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
    }
}
