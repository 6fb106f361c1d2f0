package io.holdfast.ha.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.ClientOptions;
import io.holdfast.client.ClientState;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.error.BlockingCallRefusedException;
import io.holdfast.client.message.Command;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.spi.NonBlockingThread;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.testkit.connect.FakeConnector;
import io.holdfast.testkit.connect.FakeMessage;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ClosingTest {

    private static HaClient owning(FakeConnector connector, String name) {
        DeliveryPool pool = new DeliveryPool(name);
        return new HaClient(new ClientSetup(
                Endpoint.parse("tcp://localhost:9007/amps/json"),
                LogonRequest.of(name),
                ClientOptions.DEFAULTS,
                new RecordingListener(),
                connector,
                true,
                pool,
                pool));
    }

    private static long threadsOf(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().endsWith("-" + name)
                        || thread.getName().startsWith("holdfast-lane-" + name + "-"))
                .count();
    }

    @Test
    void closing_ends_the_connection_and_what_is_owned_and_is_done_once() {
        FakeConnector connector = FakeConnector.accepting();
        HaClient client = owning(connector, "owner");
        client.connect(Story.SECOND);
        client.subscribe(SubscribeRequest.to(Story.TOPIC), message -> {}, Story.SECOND);
        connector.connection().deliver(FakeMessage.of("1", "x"));

        client.close();
        client.close();

        assertThat(client.state()).isEqualTo(ClientState.CLOSED);
        assertThat(client.closed().toCompletableFuture().join().cause())
                .isEqualTo(DisconnectCause.CLOSED_BY_APPLICATION);
        assertThat(connector.isClosed()).isTrue();
        assertThat(threadsOf("owner")).isZero();
    }

    @Test
    void a_thousand_clients_leave_no_thread() {
        for (int i = 0; i < 1_000; i++) {
            HaClient client = owning(FakeConnector.accepting(), "many");
            client.connect(Story.SECOND);
            client.close(Story.TEN);
        }
        assertThat(threadsOf("many")).isZero();
    }

    @Test
    void what_is_borrowed_stays_open() {
        Story story = Story.connected();
        story.client.close(Story.SECOND);
        assertThat(story.connector.isClosed()).isFalse();
        assertThat(story.told()).endsWith("CONNECTED>CLOSED");
    }

    @Test
    void a_client_that_never_connected_can_be_closed() {
        HaClient client = owning(FakeConnector.accepting(), "idle");
        client.close();
        assertThat(client.state()).isEqualTo(ClientState.CLOSED);
        assertThat(client.closed().toCompletableFuture()).isNotDone();
    }

    @Test
    void running_handler_calls_finish_and_waiting_ones_do_not_start() throws InterruptedException {
        Story story = Story.connected();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        story.subscribe(Story.request(), message -> {
            story.handle(message);
            inside.countDown();
            assertThat(leave.await(20, TimeUnit.SECONDS)).isTrue();
        });
        story.deliver("1", "running");
        story.deliver("1", "waiting");
        Thread lane = new Thread(story.delivery::runAll);
        lane.start();
        assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
        Thread closer = new Thread(() -> story.client.close(Story.TEN));
        closer.start();
        assertThat(story.client
                        .closed()
                        .toCompletableFuture()
                        .orTimeout(20, TimeUnit.SECONDS)
                        .join())
                .isNotNull();
        assertThat(closer.isAlive()).isTrue();
        leave.countDown();
        Story.join(closer);
        Story.join(lane);
        assertThat(story.handled).containsExactly("running");
    }

    @Test
    void a_handler_that_closes_its_client_does_not_wait_for_itself() {
        FakeConnector connector = FakeConnector.accepting();
        HaClient client = owning(connector, "itself");
        client.connect(Story.SECOND);
        CompletableFuture<ClientState> after = new CompletableFuture<>();
        client.subscribe(
                SubscribeRequest.to(Story.TOPIC),
                message -> {
                    client.close();
                    after.complete(client.state());
                },
                Story.SECOND);
        connector.connection().deliver(FakeMessage.of("1", "x"));
        assertThat(after.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(ClientState.CLOSED);
        client.close(Story.TEN);
        assertThat(threadsOf("itself")).isZero();
    }

    @Test
    void an_interrupted_close_goes_on_without_its_caller() {
        Story story = Story.connected();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> story.client.close(Story.TEN)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(story.client
                        .closed()
                        .toCompletableFuture()
                        .orTimeout(20, TimeUnit.SECONDS)
                        .join())
                .isNotNull();
    }

    @Test
    void no_blocking_call_is_let_through_where_it_would_wait_for_its_own_thread() {
        Story story = Story.connected();
        AtomicReference<Throwable> inHandler = new AtomicReference<>();
        story.subscribe(Story.request(), message -> inHandler.set(refusal(() -> story.client.flush(Story.SECOND))));
        story.deliver("1", "x");
        story.delivery.runAll();
        assertThat(inHandler.get())
                .isInstanceOf(BlockingCallRefusedException.class)
                .hasMessageContaining("flush");

        AtomicReference<Throwable> onConnection = new AtomicReference<>();
        story.broker().onThread(() -> onConnection.set(refusal(() -> story.client.unsubscribeAll(Story.SECOND))));
        assertThat(onConnection.get()).isInstanceOf(BlockingCallRefusedException.class);

        AtomicReference<Throwable> onEventLoop = new AtomicReference<>();
        Thread loop = new Loop(() -> onEventLoop.set(refusal(() -> story.client.flush(Story.SECOND))));
        loop.start();
        Story.join(loop);
        assertThat(onEventLoop.get()).isInstanceOf(BlockingCallRefusedException.class);

        assertThatCode(() -> story.client.flush(Story.SECOND)).doesNotThrowAnyException();
    }

    private static final class Loop extends Thread implements NonBlockingThread {
        Loop(Runnable task) {
            super(task);
        }
    }

    private static Throwable refusal(ThrowingCallable call) {
        try {
            call.call();
            return null;
        } catch (Throwable thrown) {
            return thrown;
        }
    }

    @Test
    void a_handler_may_send_commands_and_block_on_another_client() {
        Story other = Story.connected();
        Story story = Story.connected();
        AtomicReference<CompletableFuture<Void>> flushed = new AtomicReference<>();
        story.subscribe(Story.request(), message -> {
            flushed.set(story.client.flushAsync().toCompletableFuture());
            other.client.flush(Story.SECOND);
        });
        story.deliver("1", "x");
        assertThat(story.told()).noneMatch(line -> line.startsWith("handler"));
        assertThat(flushed.get()).isCompleted();
    }

    @Test
    void an_interrupted_command_is_cancelled_and_forgotten() {
        Story story = Story.connected();
        story.broker().answerNothing();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> story.client.flush(Story.TEN)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(story.broker().commands().get(0).isForgotten()).isTrue();
    }

    @Test
    void commands_with_more_than_one_answer_or_none_are_refused() {
        Story story = Story.connected();
        assertThatThrownBy(() -> story.client.executeAsync(
                        Command.builder(CommandType.SOW).topic(Story.TOPIC).build()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> story.client.executeAsync(
                        Command.builder(CommandType.FLUSH).acks().build()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(story.client
                        .execute(Command.builder(CommandType.FLUSH).build(), Story.SECOND)
                        .isSuccess())
                .isTrue();
    }
}
