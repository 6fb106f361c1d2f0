package io.holdfast.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.Limits;
import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.netty.FakeBroker.Peer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a session does on a real socket: its ends, back-pressure both ways, many threads at once. */
class SessionTest {

    private static final Topic TOPIC = Topic.of("t");

    private final FakeBroker broker = new FakeBroker();
    private final RecordingSink sink = new RecordingSink();
    private final Connector connector = NettyConnector.create();
    private Connection connection;
    private Peer peer;

    @AfterEach
    void close() {
        if (peer != null) {
            peer.close();
        }
        assertThat(connector.close(Duration.ofSeconds(10))).isTrue();
        broker.close();
    }

    @Test
    void a_close_by_the_peer_is_told_as_such() {
        connect(request());
        peer.send(WireText.message("t", "last words"));
        peer.close();
        Disconnect end = Await.end(connection);
        assertThat(end.cause()).isEqualTo(DisconnectCause.PEER_CLOSED);
        assertThat(end.clientName()).isEqualTo("alice");
        assertThat(sink.bodies).containsExactly("last words");
    }

    @Test
    void a_reset_is_told_as_such() {
        connect(request());
        peer.reset();
        Disconnect end = Await.end(connection);
        assertThat(end.cause()).isEqualTo(DisconnectCause.PEER_RESET);
        assertThat(end.rawError()).isInstanceOf(IOException.class);
    }

    @Test
    void closing_writes_out_what_is_queued_first() {
        connect(request());
        int published = 0;
        while (published < 1_000 && publish(published + 1, 1_000)) {
            published++;
        }
        CompletionStage<Disconnect> closed = connection.close(Duration.ofSeconds(10));
        assertThat(peer.drainAndClose()).isEqualTo(published);
        assertThat(Await.value(closed).cause()).isEqualTo(DisconnectCause.CLOSED_BY_APPLICATION);
    }

    @Test
    void bytes_that_come_while_we_close_are_dropped_and_reset_nothing() {
        connect(request());
        assertThat(publish(1, 10)).isTrue();
        CompletionStage<Disconnect> closed = connection.close(Duration.ofSeconds(10));
        assertThat(peer.read()).contains("\"s\":1");
        assertThat(peer.read()).as("our half has ended").isNull();
        int before = sink.bodies.size();
        peer.send(WireText.message("t", "too late"));
        peer.close();
        assertThat(Await.value(closed).cause()).isEqualTo(DisconnectCause.CLOSED_BY_APPLICATION);
        assertThat(sink.bodies).hasSize(before);
    }

    @Test
    void a_peer_that_reads_nothing_holds_up_a_close_no_longer_than_asked() {
        connect(request());
        while (publish(1, 100_000)) {
            // until the queue is full
        }
        Disconnect end = Await.value(connection.close(Duration.ofMillis(100)));
        assertThat(end.cause()).isEqualTo(DisconnectCause.CLOSED_BY_APPLICATION);
    }

    @Test
    void a_full_queue_refuses_and_is_writable_again_when_the_peer_reads() {
        connect(request());
        long published = 0;
        CompletionStage<Void> writable;
        do { // the sockets' buffers take some first
            while (publish(published + 1, 100_000)) {
                published++;
            }
            writable = connection.writable();
        } while (completesSoon(writable));
        CompletableFuture<Long> reading = CompletableFuture.supplyAsync(() -> {
            long frames = 0;
            for (String frame = peer.read(); frame != null; frame = peer.read()) {
                frames++;
                assertThat(WireText.field(frame, "s")).isEqualTo(Long.toString(frames));
            }
            return frames;
        });
        Await.value(writable);
        assertThat(publish(published + 1, 100_000)).isTrue();
        connection.close(Duration.ofSeconds(10));
        assertThat(Await.value(reading)).isEqualTo(published + 1);
    }

    private static boolean completesSoon(CompletionStage<Void> stage) {
        try {
            stage.toCompletableFuture().get(500, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void pausing_stops_the_socket_and_resuming_loses_nothing() {
        ConnectRequest small = Requests.to(broker.uri() + "?tcp_rcvbuf=8192", sink);
        CompletableFuture<Void> paused = new CompletableFuture<>();
        sink.onEach = message -> {
            if (sink.bodies.size() == 3) {
                connection.pauseReads();
                paused.complete(null);
            }
        };
        connect(small);
        String body = "x".repeat(10_000);
        AtomicLong sent = new AtomicLong();
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 2_000; i++) {
                peer.send(WireText.message("t", body));
                sent.incrementAndGet();
            }
        });
        Await.value(paused);
        Await.until("the sender stands still", new StandsStill(sent));
        assertThat(sending).isNotDone();
        assertThat(sink.bodies).hasSize(3);

        connection.resumeReads();
        Await.value(sending);
        Await.until("all delivered", () -> sink.bodies.size() == 2_000);
    }

    @Test
    void pauses_are_counted() {
        connect(request());
        CompletableFuture<Void> first = new CompletableFuture<>();
        sink.onEach = message -> {
            connection.pauseReads();
            connection.pauseReads();
            first.complete(null);
        };
        peer.send(WireText.message("t", "1"), WireText.message("t", "2"));
        Await.value(first);
        sink.onEach = message -> {};
        connection.resumeReads();
        // answered on the connection's thread, after the resume before it
        Await.value(connection.writable());
        assertThat(sink.bodies).containsExactly("1");
        connection.resumeReads();
        Await.until("the second is delivered", () -> sink.bodies.size() == 2);
    }

    @Test
    void publishers_on_many_threads_keep_their_order_and_their_frames_whole() throws Exception {
        int threads = 4;
        int each = 5_000;
        connect(Requests.with(request(), Limits.DEFAULTS.withWriteQueueBytes(64 << 10)));
        ExecutorService publishers = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> running = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Topic own = Topic.of("topic-" + t);
            running.add(publishers.submit(() -> {
                start.await();
                for (int i = 1; i <= each; i++) {
                    PublishRequest request = PublishRequest.of(own, Payload.utf8("body-" + i));
                    while (!connection.publish(request, SequenceNumber.of(i))) {
                        Await.value(connection.writable());
                    }
                }
                return null;
            }));
        }
        start.countDown();
        Map<String, Integer> last = new HashMap<>();
        for (int n = 0; n < threads * each; n++) {
            String frame = peer.read();
            String topic = WireText.field(frame, "t");
            int sequence = last.merge(topic, 1, Integer::sum);
            assertThat(WireText.field(frame, "s")).isEqualTo(Integer.toString(sequence));
            assertThat(frame).endsWith("}body-" + sequence);
        }
        for (Future<?> publisher : running) {
            publisher.get();
        }
        publishers.shutdown();
        assertThat(last).hasSize(threads);
    }

    @Test
    void a_violation_on_one_connection_leaves_its_neighbour_on_the_same_loop_alone() {
        connect(request());
        Connection bad = connection;
        Peer badPeer = peer;
        connect(request());
        badPeer.send(WireText.LOGON_ACK);
        assertThat(Await.end(bad).cause()).isEqualTo(DisconnectCause.PROTOCOL_ERROR);
        badPeer.close();
        peer.send(WireText.message("t", "unaffected"));
        Await.until("delivered", () -> sink.bodies.contains("unaffected"));
    }

    private ConnectRequest request() {
        return Requests.to(broker.uri(), sink);
    }

    private void connect(ConnectRequest request) {
        CompletionStage<Connection> connecting = connector.connect(request);
        peer = broker.acceptLogon();
        connection = Await.value(connecting);
    }

    private boolean publish(long sequence, int bytes) {
        return connection.publish(PublishRequest.of(TOPIC, Payload.wrap(new byte[bytes])), SequenceNumber.of(sequence));
    }

    /** Whether a counter has not moved for a tenth of a second. */
    private static final class StandsStill implements BooleanSupplier {

        private final AtomicLong counter;
        private long seen = -1;
        private long since = System.nanoTime();

        StandsStill(AtomicLong counter) {
            this.counter = counter;
        }

        @Override
        public boolean getAsBoolean() {
            if (counter.get() != seen) {
                seen = counter.get();
                since = System.nanoTime();
            }
            return System.nanoTime() - since > 100_000_000;
        }
    }
}
