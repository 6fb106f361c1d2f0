package io.holdfast.ha.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.ClientState;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.LogonResult;
import io.holdfast.client.error.ClientClosedException;
import io.holdfast.client.error.ConnectFailedException;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.error.LogonRefusedException;
import io.holdfast.client.error.NotConnectedException;
import io.holdfast.client.message.CommandType;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ConnectingTest {

    @Test
    void connecting_walks_the_pictured_states_and_tells_the_listener() {
        Story story = Story.manual();
        CompletableFuture<LogonResult> attempt = story.client.connectAsync().toCompletableFuture();
        assertThat(story.client.state()).isEqualTo(ClientState.CONNECTING);

        story.connector.attempt().succeed();

        assertThat(attempt).isCompleted();
        assertThat(story.client.state()).isEqualTo(ClientState.PROBATION);
        assertThat(story.told()).containsExactly("IDLE>CONNECTING", "CONNECTING>RESUMING", "RESUMING>PROBATION");
    }

    @Test
    void a_refused_logon_leaves_the_client_idle_and_the_next_try_may_succeed() {
        Story story = Story.manual();
        CompletableFuture<LogonResult> refused = story.client.connectAsync().toCompletableFuture();
        AtomicReference<ClientState> seen = new AtomicReference<>();
        CompletableFuture<Void> after = refused.handle((result, error) -> {
            seen.set(story.client.state());
            return null;
        });
        story.connector.attempt().fail(new LogonRefusedException(story.broker().endpoint(), "c", "auth failure"));
        assertThat(after).isCompleted();
        assertThat(seen).hasValue(ClientState.IDLE);
        assertThat(refused)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(LogonRefusedException.class);

        CompletableFuture<LogonResult> second = story.client.connectAsync().toCompletableFuture();
        story.connector.attempt().succeed();
        assertThat(second).isCompleted();
        assertThat(story.told())
                .containsExactly(
                        "IDLE>CONNECTING",
                        "CONNECTING>IDLE",
                        "IDLE>CONNECTING",
                        "CONNECTING>RESUMING",
                        "RESUMING>PROBATION");
    }

    @Test
    void a_second_connect_waits_for_the_same_attempt_and_a_third_finds_it_done() {
        Story story = Story.manual();
        CompletableFuture<LogonResult> first = story.client.connectAsync().toCompletableFuture();
        CompletableFuture<LogonResult> second = story.client.connectAsync().toCompletableFuture();
        assertThat(first.cancel(true)).isTrue();
        assertThat(story.connector.attempt().isCancelled()).isFalse();
        story.connector.attempt().succeed();
        assertThat(second).isCompleted();
        assertThat(story.client.connectAsync().toCompletableFuture()).isCompleted();
        assertThat(story.connector.attempts()).hasSize(1);
    }

    @Test
    void the_deadline_reaches_the_connector_a_little_shortened_so_that_its_answer_comes_first() {
        Story story = Story.idle();
        story.client.connect(Duration.ofSeconds(1));
        assertThat(story.connector.attempt().request().timeout())
                .isBetween(Duration.ofMillis(900), Duration.ofMillis(999));
    }

    @Test
    void a_connector_that_never_answers_is_given_up_at_the_deadline_and_the_attempt_abandoned() {
        Story story = Story.manual();
        assertThatThrownBy(() -> story.client.connect(Duration.ofMillis(20)))
                .isInstanceOf(ConnectFailedException.class);
        assertThat(story.connector.attempt().isCancelled()).isTrue();
        assertThat(story.client.state()).isEqualTo(ClientState.IDLE);
    }

    @Test
    void an_interrupted_connect_is_cancelled_with_the_flag_set_and_abandons_the_attempt() {
        Story story = Story.manual();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> story.client.connect(Story.TEN)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(story.connector.attempt().isCancelled()).isTrue();
        assertThat(story.client.state()).isEqualTo(ClientState.IDLE);
    }

    @Test
    void a_close_that_overtakes_the_attempt_wins() {
        Story story = Story.manual();
        CompletableFuture<LogonResult> attempt = story.client.connectAsync().toCompletableFuture();
        story.client.close(Story.SECOND);

        assertThat(attempt)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(ClientClosedException.class);
        story.connector.attempt().succeed();
        assertThat(story.client.state()).isEqualTo(ClientState.CLOSED);
        assertThat(story.told()).containsExactly("IDLE>CONNECTING", "CONNECTING>CLOSED");
    }

    @Test
    void a_lost_connection_closes_the_client_and_says_how() {
        Story story = Story.connected();
        story.broker().answerNothing();
        CompletableFuture<Void> flush = story.client.flushAsync().toCompletableFuture();

        story.broker().disconnect(DisconnectCause.PEER_CLOSED);

        assertThat(story.client.closed().toCompletableFuture().join().cause()).isEqualTo(DisconnectCause.PEER_CLOSED);
        assertThat(flush)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(DisconnectedException.class);
        assertThat(story.client.state()).isEqualTo(ClientState.CLOSED);
        assertThat(story.told()).endsWith("PROBATION>CLOSED PEER_CLOSED");
        assertThatThrownBy(() -> story.publish("x")).isInstanceOf(DisconnectedException.class);
        assertThatThrownBy(() -> story.client.flush(Story.SECOND)).isInstanceOf(DisconnectedException.class);
    }

    @Test
    void calls_before_connect_and_after_close_say_so() {
        Story story = Story.idle();
        assertThatThrownBy(() -> story.publish("x")).isInstanceOf(NotConnectedException.class);
        assertThatThrownBy(() -> story.client.flush(Story.SECOND)).isInstanceOf(NotConnectedException.class);
        story.connect();
        story.client.close(Story.SECOND);
        assertThatThrownBy(() -> story.publish("x")).isInstanceOf(ClientClosedException.class);
        assertThatThrownBy(() -> story.client.flush(Story.SECOND)).isInstanceOf(ClientClosedException.class);
        assertThat(story.client.connectAsync().toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(ClientClosedException.class);
        assertThat(story.broker().commands(CommandType.FLUSH)).isEmpty();
    }

    @Test
    void giving_up_while_the_logon_is_being_taken_in_closes_the_connection() {
        Story story = Story.manual();
        CompletableFuture<LogonResult> attempt = story.client.connectAsync().toCompletableFuture();
        story.steps.before("logonResult", () -> assertThat(attempt.cancel(true)).isTrue());
        story.connector.attempt().succeed();
        assertThat(story.client.state()).isEqualTo(ClientState.IDLE);
        assertThat(story.broker().closeTimeout()).isNotNull();
        assertThat(story.told()).endsWith("RESUMING>IDLE");
    }

    @Test
    void a_close_that_overtakes_the_taking_in_of_the_logon_still_tells_the_end_of_the_connection() {
        Story story = Story.manual();
        CompletableFuture<LogonResult> attempt = story.client.connectAsync().toCompletableFuture();
        story.steps.before("logonResult", () -> story.client.close(Story.SECOND));
        story.connector.attempt().succeed();
        assertThat(attempt).failsWithin(Story.TEN).withThrowableThat().withCauseInstanceOf(ClientClosedException.class);
        assertThat(story.client.closed().toCompletableFuture()).succeedsWithin(Story.TEN);
    }
}
