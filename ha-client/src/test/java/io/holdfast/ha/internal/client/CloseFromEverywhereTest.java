package io.holdfast.ha.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.ClientState;
import io.holdfast.client.Reconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.error.ClientClosedException;
import io.holdfast.client.error.ConnectFailedException;
import io.holdfast.client.error.LogonRefusedException;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.testkit.connect.FakeConnection;
import io.holdfast.testkit.connect.FakeConnector;
import io.holdfast.testkit.connect.FakeMessage;
import io.holdfast.testkit.connect.SentCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A client is closed in every state and on every thread that the application's code runs on, and once more. */
class CloseFromEverywhereTest {

    private static final SubscriptionId FEED = SubscriptionId.of("feed");

    private final Story story = Story.reconnecting(
            FakeConnector.manual(),
            Reconnect.always().stableAfter(Duration.ofSeconds(60)).maxAttempts(5));
    private final List<FakeConnection> connections = new ArrayList<>();
    private final AtomicInteger closed = new AtomicInteger();

    private void close() {
        closed.incrementAndGet();
        story.client.close(Story.TEN);
    }

    /** On which thread, while the client is in the state that the story has brought it to. */
    private enum From {
        CALLER {
            @Override
            void close(CloseFromEverywhereTest test) {
                test.close();
            }
        },
        LISTENER {
            @Override
            void close(CloseFromEverywhereTest test) {
                test.story.listener.onNext(test::close);
                test.story.delivery.runAll();
            }
        },
        HANDLER {
            @Override
            void close(CloseFromEverywhereTest test) {
                test.inHandler = test::close;
                test.story.delivery.runAll();
            }
        },
        CONNECTION {
            @Override
            void close(CloseFromEverywhereTest test) {
                test.story.broker().onThread(test::close);
            }
        },
        STAGE {
            @Override
            void close(CloseFromEverywhereTest test) {
                var unused = test.story.client.publishFlushAsync().whenComplete((nothing, error) -> test.close());
            }
        };

        abstract void close(CloseFromEverywhereTest test);
    }

    private Runnable inHandler = () -> {};

    /** Once: the next message may be handled before the closing has ended its lane. */
    private Runnable takeHandler() {
        Runnable now = inHandler;
        inHandler = () -> {};
        return now;
    }

    static Stream<Arguments> everywhere() {
        List<Arguments> all = new ArrayList<>();
        for (ClientState state : ClientState.values()) {
            for (From from : From.values()) {
                boolean hasSession = state.isConnected() || state == ClientState.RESUMING;
                boolean hasMessage = hasSession || state == ClientState.BACKOFF;
                boolean can = switch (from) {
                    case CALLER, STAGE -> true;
                    case LISTENER -> state != ClientState.IDLE;
                    case HANDLER -> hasMessage;
                    case CONNECTION -> hasSession;
                };
                if (can) {
                    all.add(Arguments.of(state, from));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("everywhere")
    void it_ends_everything_and_waits_for_nobody_it_would_wait_for(ClientState state, From from) {
        bringTo(state);
        assertThat(story.client.state()).isEqualTo(state);

        from.close(this);

        assertThat(closed).as("the story reached its close").hasValue(1);
        assertThat(story.client.state()).isEqualTo(ClientState.CLOSED);
        story.client.close(Story.TEN);
        assertThat(story.client.isOpen()).isFalse();
        assertThat(story.time.waiting()).as("timers").isZero();
        assertThat(connections)
                .allMatch(
                        connection -> connection.closed().toCompletableFuture().isDone());
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("holdfast-close-c"));
        assertThatThrownBy(() -> story.publish("x")).isInstanceOf(ClientClosedException.class);
        assertThat(story.told()).endsWith(state == ClientState.CLOSED ? "IDLE>CLOSED" : state + ">CLOSED");
    }

    private void bringTo(ClientState state) {
        switch (state) {
            case IDLE -> {}
            case CONNECTING -> connect();
            case RESUMING -> {
                session();
                story.broker().disconnect(DisconnectCause.PEER_CLOSED);
                story.time.advance(Duration.ofSeconds(1));
                story.steps.before("execute", () -> story.broker().answerNothing());
                succeed();
                deliver("7|2|");
            }
            case PROBATION -> session();
            case STABLE -> {
                session();
                story.time.advance(Duration.ofMinutes(2));
            }
            case BACKOFF -> {
                session();
                story.broker().disconnect(DisconnectCause.PEER_CLOSED);
            }
            case STANDBY -> {
                connect();
                story.connector.attempt().fail(new LogonRefusedException(Story.SERVER, "c", "name in use"));
                story.time.advance(Duration.ofSeconds(5));
            }
            case FAILED -> {
                connect();
                for (int i = 0; i < 5; i++) {
                    story.connector
                            .attempt()
                            .fail(new ConnectFailedException(
                                    Story.SERVER, ConnectFailedException.Stage.TCP, "connection refused", null));
                    story.time.advance(Story.TEN);
                }
            }
            case CLOSED -> story.client.close(Story.TEN);
        }
    }

    private void succeed() {
        story.connector.attempt().succeed();
        connections.add(story.broker());
    }

    private void connect() {
        var unused = story.client.connectAsync();
    }

    private void deliver(String bookmark) {
        story.broker()
                .deliver(new FakeMessage(
                        Story.TOPIC, Payload.utf8("x"), FEED.value(), Optional.of(Bookmark.of(bookmark))));
    }

    /** With a message that waits for its handler. */
    private void session() {
        connect();
        succeed();
        story.broker().answerWith(SentCommand::succeed);
        story.subscribe(
                Story.request().id(FEED).bookmark(Bookmark.EPOCH),
                message -> takeHandler().run());
        deliver("7|1|");
    }
}
