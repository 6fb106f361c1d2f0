package io.holdfast.ha.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.ClientState;
import io.holdfast.client.Reconnect;
import io.holdfast.client.StateChange;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.LogonResult;
import io.holdfast.client.error.ClientClosedException;
import io.holdfast.client.error.ConnectFailedException;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.error.ReconnectGaveUpException;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.subscribe.Subscription;
import io.holdfast.ha.internal.driver.HaDriver;
import io.holdfast.testkit.connect.FakeConnection;
import io.holdfast.testkit.connect.FakeConnector;
import io.holdfast.testkit.connect.SentCommand;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A client that loses its connection, with time that the test lets pass: delays are 200 ms, 400 ms, 800 ms. */
class ReconnectingTest {

    private static final Duration MINUTE = Duration.ofSeconds(60);

    private final Story story = Story.reconnecting(FakeConnector.manual(), Reconnect.always());

    private CompletableFuture<LogonResult> connect() {
        return story.client.connectAsync().toCompletableFuture();
    }

    private void connected() {
        var unused = connect();
        story.connector.attempt().succeed();
        assertThat(story.client.state()).isEqualTo(ClientState.PROBATION);
    }

    private void refuse() {
        story.connector
                .attempt()
                .fail(new ConnectFailedException(
                        story.broker().endpoint(), ConnectFailedException.Stage.TCP, "connection refused", null));
    }

    private void advance(long millis) {
        story.time.advance(Duration.ofMillis(millis));
    }

    private int attempts() {
        return story.connector.attempts().size();
    }

    @Test
    void a_lost_connection_is_replaced_and_calls_go_on() {
        connected();
        story.broker().disconnect(DisconnectCause.PEER_CLOSED);
        assertThat(story.client.state()).isEqualTo(ClientState.BACKOFF);
        assertThatThrownBy(() -> story.publish("x")).isInstanceOf(DisconnectedException.class);
        assertThatThrownBy(() -> story.client.flush(Story.SECOND)).isInstanceOf(DisconnectedException.class);

        advance(400);
        story.connector.attempt().succeed();

        story.client.flush(Story.SECOND);
        story.publish("y");
        assertThat(story.broker().published()).hasSize(1);
        assertThat(story.told())
                .endsWith(
                        "PROBATION>BACKOFF PEER_CLOSED",
                        "BACKOFF>CONNECTING",
                        "CONNECTING>RESUMING",
                        "RESUMING>PROBATION");
    }

    @Test
    void the_listener_is_told_cause_attempt_delay_and_server_of_each_transition() {
        connected();
        story.broker().disconnect(DisconnectCause.HEARTBEAT_TIMEOUT);
        advance(400);
        refuse();
        story.told();

        List<StateChange> changes = story.listener.changes;
        StateChange lost = changes.get(3);
        assertThat(lost.to()).isEqualTo(ClientState.BACKOFF);
        assertThat(lost.disconnect().cause()).isEqualTo(DisconnectCause.HEARTBEAT_TIMEOUT);
        assertThat(lost.failure()).isNull();
        assertThat(lost.endpoint()).isEqualTo(Story.SERVER);
        assertThat(lost.delay()).isEqualTo(Duration.ofMillis(200));
        assertThat(lost.attempt()).isEqualTo(1);
        assertThat(changes.get(4).endpoint()).as("where it is going").isEqualTo(Story.OTHER);
        StateChange refused = changes.get(5);
        assertThat(refused.to()).isEqualTo(ClientState.BACKOFF);
        assertThat(refused.failure()).isInstanceOf(ConnectFailedException.class);
        assertThat(refused.disconnect()).isNull();
        assertThat(refused.endpoint()).isEqualTo(Story.OTHER);
        assertThat(refused.delay()).isEqualTo(Duration.ofMillis(400));
        assertThat(refused.attempt()).isEqualTo(2);
        assertThat(refused.at()).isEqualTo(story.clock.instant());
    }

    @Test
    void subscriptions_are_entered_again_and_a_refused_one_is_told_while_the_others_go_on() {
        connected();
        story.subscribe(Story.request());
        Subscription refused = story.subscribe(Story.request());
        story.broker().disconnect(DisconnectCause.PEER_CLOSED);
        advance(400);
        story.broker().answerWith(command -> {
            if (command.command().subscriptionIds().equals(refused.id().value())) {
                command.refuse("not entitled");
            } else {
                command.succeed();
            }
        });
        story.connector.attempt().succeed();
        assertThat(story.broker().commands(CommandType.SUBSCRIBE)).hasSize(2);
        story.deliver("1", "again");
        assertThat(story.told()).contains("subscription 2 CommandRefusedException");
        assertThat(story.handled).containsExactly("again");
        assertThat(story.client.state()).isEqualTo(ClientState.PROBATION);
    }

    @Test
    void a_peer_that_closed_is_asked_again_and_one_that_is_silent_is_left() {
        connected();
        story.broker().disconnect(DisconnectCause.PEER_CLOSED);
        advance(400);
        assertThat(story.broker().endpoint()).isEqualTo(Story.SERVER);
        story.connector.attempt().succeed();
        story.broker().disconnect(DisconnectCause.HEARTBEAT_TIMEOUT);
        advance(800);
        assertThat(story.broker().endpoint()).isEqualTo(Story.OTHER);
        refuse();
        advance(1_600);
        assertThat(story.broker().endpoint()).isEqualTo(Story.SERVER);
    }

    @Test
    void delays_grow_until_a_session_was_stable_and_begin_anew_after_it() {
        connected();
        advance(59_999);
        story.broker().disconnect(DisconnectCause.PEER_CLOSED);
        advance(199);
        assertThat(attempts()).isEqualTo(1);
        advance(1);
        assertThat(attempts()).isEqualTo(2);
        story.connector.attempt().succeed();
        advance(59_999);
        story.broker().disconnect(DisconnectCause.PEER_CLOSED);
        advance(399);
        assertThat(attempts()).isEqualTo(2);
        advance(1);
        assertThat(attempts()).isEqualTo(3);
        story.connector.attempt().succeed();
        story.time.advance(MINUTE);
        assertThat(story.client.state()).isEqualTo(ClientState.STABLE);
        story.broker().disconnect(DisconnectCause.PEER_CLOSED);
        advance(200);
        assertThat(attempts()).isEqualTo(4);
    }

    @Test
    void the_deadline_of_a_call_bounds_the_wait_and_not_the_client() {
        CompletableFuture<LogonResult> first = connect();
        refuse();
        assertThat(first).isNotDone();
        advance(9_999);
        CompletableFuture<LogonResult> second = connect();
        advance(1);
        assertThat(first)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(ConnectFailedException.class)
                .withMessageContaining("connection refused");
        assertThat(story.client.state()).isEqualTo(ClientState.CONNECTING);
        story.connector.attempt().succeed();
        assertThat(second).isCompleted();
        assertThat(connect()).isCompleted();
        assertThat(story.time.waiting()).as("the timer of probation alone").isEqualTo(1);
    }

    @Test
    void a_blocking_connect_fails_with_the_last_failure_and_the_client_goes_on() {
        Story other = Story.reconnecting(FakeConnector.manual(), Reconnect.always());
        assertThatThrownBy(() -> other.client.connect(Duration.ofMillis(20)))
                .isInstanceOf(ConnectFailedException.class)
                .hasMessageContaining("no connection within 20 ms");
        assertThat(other.client.state()).isEqualTo(ClientState.CONNECTING);
        other.connector.attempt().succeed();
        assertThat(other.client.connect(Story.SECOND)).isNotNull();
    }

    @Test
    void an_attempt_without_an_answer_is_abandoned_at_its_deadline_and_the_next_goes_elsewhere() {
        var unused = connect();
        advance(10_000);
        assertThat(story.connector.attempt().isCancelled()).isTrue();
        assertThat(story.client.state()).isEqualTo(ClientState.BACKOFF);
        advance(400);
        assertThat(attempts()).isEqualTo(2);
        assertThat(story.broker().endpoint()).isEqualTo(Story.OTHER);
    }

    @Test
    void reconnect_now_ends_the_delay_and_only_that() {
        story.client.reconnectNow();
        assertThat(story.client.state()).isEqualTo(ClientState.IDLE);
        var unused = connect();
        story.client.reconnectNow();
        refuse();
        story.client.reconnectNow();
        assertThat(attempts()).isEqualTo(2);
        refuse();
        advance(399);
        assertThat(attempts()).isEqualTo(2);
        advance(1);
        assertThat(attempts()).isEqualTo(3);
    }

    @Test
    void told_to_give_up_it_fails_once_and_for_all_with_a_typed_error() {
        Story giving =
                Story.reconnecting(FakeConnector.manual(), Reconnect.always().maxAttempts(2));
        CompletableFuture<LogonResult> waiting = giving.client.connectAsync().toCompletableFuture();
        ConnectFailedException refused =
                new ConnectFailedException(Story.SERVER, ConnectFailedException.Stage.TCP, "connection refused", null);
        giving.connector.attempt().fail(refused);
        giving.time.advance(Duration.ofMillis(400));
        giving.connector.attempt().fail(refused);
        assertThat(giving.client.state()).isEqualTo(ClientState.FAILED);
        assertThat(waiting)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(ReconnectGaveUpException.class);
        assertThatThrownBy(() -> giving.publish("x")).isInstanceOf(ReconnectGaveUpException.class);
        assertThatThrownBy(() -> giving.client.connect(Story.SECOND)).isInstanceOf(ReconnectGaveUpException.class);
        assertThat(giving.told()).endsWith("CONNECTING>FAILED");
        assertThat(giving.listener
                        .changes
                        .get(giving.listener.changes.size() - 1)
                        .failure())
                .isInstanceOf(ReconnectGaveUpException.class);
        assertThat(giving.time.waiting()).isZero();
        giving.client.close(Story.TEN);
        assertThat(giving.told()).endsWith("FAILED>CLOSED");
    }

    @Test
    void an_outage_that_lasts_too_long_ends_it() {
        Story giving =
                Story.reconnecting(FakeConnector.manual(), Reconnect.always().maxOutage(Duration.ofSeconds(30)));
        var unused = giving.client.connectAsync();
        giving.connector.attempt().succeed();
        giving.time.advance(MINUTE.plus(MINUTE));
        giving.broker().disconnect(DisconnectCause.PEER_CLOSED);
        giving.time.advance(Duration.ofSeconds(29));
        assertThat(giving.client.state()).isEqualTo(ClientState.CONNECTING);
        giving.time.advance(Duration.ofSeconds(1));
        assertThat(giving.client.state()).isEqualTo(ClientState.FAILED);
        assertThat(giving.client.closed().toCompletableFuture()).isCompleted();
    }

    @Test
    void a_resume_that_fails_closes_the_connection_and_the_next_attempt_waits_until_it_is_gone() {
        connected();
        story.subscribe(Story.request());
        story.broker().disconnect(DisconnectCause.PEER_CLOSED);
        advance(400);
        story.broker().answerWith(SentCommand::timeOut);
        story.steps.before("close", story.broker()::hold);
        story.connector.attempt().succeed();
        assertThat(story.client.state()).isEqualTo(ClientState.BACKOFF);
        advance(800);
        assertThat(story.client.state()).isEqualTo(ClientState.CONNECTING);
        assertThat(attempts()).isEqualTo(2);
        story.broker().release();
        assertThat(attempts()).isEqualTo(3);
        assertThat(story.broker().endpoint()).isEqualTo(Story.OTHER);
    }

    @Test
    void an_old_connection_that_does_not_end_is_left_behind_at_the_close_deadline_and_that_is_said() {
        connected();
        story.subscribe(Story.request());
        story.broker().disconnect(DisconnectCause.PEER_CLOSED);
        advance(400);
        story.broker().answerWith(SentCommand::timeOut);
        story.steps.before("close", story.broker()::hold);
        String old = story.broker().endpoint().address();
        FakeConnection hanging = story.broker();
        List<String> log = LogLines.of(HaDriver.class, () -> {
            story.connector.attempt().succeed();
            advance(5_000);
        });
        assertThat(log)
                .anyMatch(line -> line.startsWith("WARN HF-2206 old-link-hangs client_name=c server=" + old + " "));
        assertThat(attempts()).isEqualTo(3);
        story.connector.attempt().succeed();
        hanging.release();
        assertThat(story.client.state()).isEqualTo(ClientState.PROBATION);
        story.client.flush(Story.SECOND);
    }

    @Test
    void closing_ends_it_from_back_off_and_leaves_no_timer() {
        var unused = connect();
        refuse();
        story.client.close(Story.TEN);
        story.client.close(Story.TEN);
        assertThat(story.client.state()).isEqualTo(ClientState.CLOSED);
        assertThat(story.time.waiting()).isZero();
        story.client.reconnectNow();
        story.time.advance(MINUTE);
        assertThat(attempts()).isEqualTo(1);
        assertThat(story.told()).endsWith("BACKOFF>CLOSED");
        assertThatThrownBy(() -> story.publish("x")).isInstanceOf(ClientClosedException.class);
        assertThat(connect())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(ClientClosedException.class);
    }

    @Test
    void a_long_outage_is_told_once_a_minute_with_the_count_of_what_was_left_out() {
        List<String> log = LogLines.of(HaDriver.class, () -> {
            connected();
            story.broker().disconnect(DisconnectCause.PEER_CLOSED);
            for (int i = 0; i < 3_600; i++) {
                advance(1_000);
                if (story.client.state() == ClientState.CONNECTING) {
                    refuse();
                }
            }
            story.client.reconnectNow();
            story.connector.attempt().succeed();
        });
        assertThat(log.get(0)).startsWith("INFO HF-2201 connected client_name=c server=tcp://localhost:9007 attempt=1");
        assertThat(log.get(1)).startsWith("WARN HF-2202 connection-lost").contains("cause=PEER_CLOSED", "next=BACKOFF");
        List<String> failures =
                log.stream().filter(line -> line.startsWith("WARN HF-2203")).toList();
        assertThat(failures).hasSizeBetween(30, 61);
        assertThat(failures.get(9)).containsPattern("repeated=[2-4] ").endsWith("connection refused\"");
        assertThat(log.get(log.size() - 1)).startsWith("INFO HF-2201 connected");
        assertThat(log).hasSize(failures.size() + 3);
    }
}
