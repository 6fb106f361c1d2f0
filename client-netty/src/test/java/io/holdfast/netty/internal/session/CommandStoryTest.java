package io.holdfast.netty.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.Limits;
import io.holdfast.client.connect.Connection.PendingCommand;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.error.BackPressureException;
import io.holdfast.client.error.CommandRefusedException;
import io.holdfast.client.error.CommandTimedOutException;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.error.FrameTooLargeException;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.Command;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.message.Topic;
import io.holdfast.netty.Requests;
import io.holdfast.netty.WireText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commands, their answers, and answers to commands that are no more. */
class CommandStoryTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final EmbeddedSession session =
            EmbeddedSession.loggedOn(Requests.with(EmbeddedSession.request(), Limits.DEFAULTS.withCommandsInFlight(2)));
    private final List<Ack> further = new ArrayList<>();

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void a_command_is_answered_by_the_ack_it_asked_for() {
        PendingCommand command = execute(flush(AckType.PROCESSED, AckType.COMPLETED, AckType.RECEIVED));
        String sent = session.nextSent();
        assertThat(WireText.field(sent, "c")).isEqualTo("flush");
        assertThat(WireText.field(sent, "cid")).isEqualTo("1");

        session.receive(WireText.ack("1", "received", "success"));
        assertThat(isDone(command)).isFalse();
        session.receive(WireText.ack("1", "processed", "success"));
        assertThat(reply(command).type()).isEqualTo(AckType.PROCESSED);
        session.receive(WireText.ack("1", "completed", "success"));
        assertThat(further).extracting(Ack::type).containsExactly(AckType.RECEIVED, AckType.COMPLETED);
    }

    @Test
    void a_failure_of_any_kind_refuses_the_command() {
        PendingCommand command = execute(flush(AckType.COMPLETED));
        session.receive(
                "{\"c\":\"ack\",\"cid\":\"1\",\"a\":\"processed\",\"status\":\"failure\",\"reason\":\"bad filter\"}");
        assertThat(failure(command))
                .isInstanceOfSatisfying(
                        CommandRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo("bad filter"));
    }

    @Test
    void a_command_times_out_at_its_deadline_and_a_late_ack_is_ignored() {
        PendingCommand command = execute(flush(AckType.PROCESSED));
        session.pass(Duration.ofMillis(999));
        assertThat(isDone(command)).isFalse();
        session.pass(Duration.ofMillis(1));
        assertThat(failure(command)).isInstanceOf(CommandTimedOutException.class);

        session.receive(WireText.ack("1", "processed", "success"));
        assertThat(session.isOpen()).isTrue();
        assertThat(further).isEmpty();
    }

    @Test
    void each_command_keeps_its_own_deadline_whatever_the_order_of_the_calls() {
        PendingCommand late = session.connection.execute(flush(AckType.PROCESSED), Duration.ofSeconds(3), further::add);
        PendingCommand early = execute(flush(AckType.PROCESSED));
        session.pass(SECOND);
        assertThat(failure(early)).isInstanceOf(CommandTimedOutException.class);
        assertThat(isDone(late)).isFalse();
        session.pass(Duration.ofSeconds(2));
        assertThat(failure(late)).isInstanceOf(CommandTimedOutException.class);
    }

    @Test
    void a_timer_is_not_left_behind_by_answered_commands() {
        for (int i = 1; i <= 100; i++) {
            PendingCommand command = execute(flush(AckType.PROCESSED));
            session.receive(WireText.ack(Integer.toString(i), "processed", "success"));
            assertThat(reply(command).isSuccess()).isTrue();
        }
        session.pass(SECOND);
        assertThat(session.channel.runScheduledPendingTasks()).isEqualTo(-1);
    }

    @Test
    void only_so_many_commands_may_wait() {
        PendingCommand first = execute(flush(AckType.PROCESSED));
        execute(flush(AckType.PROCESSED));
        assertThat(failure(execute(flush(AckType.PROCESSED)))).isInstanceOf(BackPressureException.class);

        session.receive(WireText.ack("1", "processed", "success"));
        assertThat(reply(first).isSuccess()).isTrue();
        assertThat(isDone(execute(flush(AckType.PROCESSED)))).isFalse();
    }

    @Test
    void the_end_fails_what_waits_and_what_comes_after() {
        PendingCommand waiting = execute(flush(AckType.PROCESSED));
        session.cut();
        assertThat(failure(waiting))
                .isInstanceOfSatisfying(
                        DisconnectedException.class,
                        ended -> assertThat(ended.disconnect().cause()).isEqualTo(DisconnectCause.PEER_CLOSED));
        assertThat(failure(execute(flush(AckType.PROCESSED)))).isInstanceOf(DisconnectedException.class);
        assertThat(failure(execute(flush()))).isInstanceOf(DisconnectedException.class);
    }

    @Test
    void a_command_that_asks_for_nothing_is_done_when_it_is_queued() {
        PendingCommand command = execute(flush());
        assertThat(reply(command)).isNull();
        assertThat(WireText.field(session.nextSent(), "cid")).isNull();
    }

    @Test
    void a_forgotten_command_hears_nothing_more() {
        PendingCommand answered = execute(flush(AckType.PROCESSED, AckType.COMPLETED));
        session.receive(WireText.ack("1", "processed", "success"));
        answered.forget();
        session.receive(WireText.ack("1", "completed", "success"));
        assertThat(further).isEmpty();

        PendingCommand unanswered = execute(flush(AckType.PROCESSED));
        unanswered.forget();
        assertThat(failure(unanswered)).as("nobody waits for ever").isInstanceOf(CancellationException.class);
        session.receive(WireText.ack("2", "processed", "success"));
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void a_replay_tells_again_and_again_how_far_it_is_durable() {
        Command subscribe = Command.builder(CommandType.SUBSCRIBE)
                .topic(Topic.of("t"))
                .acks(AckType.PROCESSED, AckType.PERSISTED)
                .build();
        PendingCommand command = execute(subscribe);
        session.receive(WireText.ack("1", "processed", "success"));
        session.receive(WireText.ack("1", "persisted", "success"), WireText.ack("1", "persisted", "success"));
        assertThat(further).hasSize(2);
        command.forget();
        session.receive(WireText.ack("1", "persisted", "success"));
        assertThat(further).hasSize(2);
    }

    @Test
    void acks_for_publishes_go_to_the_sink() {
        session.receive("{\"c\":\"ack\",\"a\":\"persisted\",\"status\":\"success\",\"s\":12}");
        PendingCommand command = execute(flush(AckType.PROCESSED));
        session.receive(WireText.ack("1", "processed", "success"));
        session.receive("{\"c\":\"ack\",\"cid\":\"1\",\"a\":\"persisted\",\"status\":\"success\",\"s\":13}");
        assertThat(reply(command).isSuccess()).isTrue();
        assertThat(session.sink.publishAcks)
                .extracting(Ack::sequence)
                .containsExactly(SequenceNumber.of(12), SequenceNumber.of(13));
    }

    @Test
    void a_command_too_large_is_refused_and_leaves_no_trace_in_the_stream() {
        try (EmbeddedSession small = EmbeddedSession.loggedOn(
                Requests.with(EmbeddedSession.request(), Limits.DEFAULTS.withMaxFrameBytes(200)))) {
            Command large = Command.builder(CommandType.SOW_DELETE)
                    .topic(Topic.of("t"))
                    .payload(Payload.of(new byte[180]))
                    .build();
            PendingCommand refused = small.connection.execute(large, SECOND, further::add);
            assertThat(failure(refused)).isInstanceOf(FrameTooLargeException.class);
            small.connection.execute(flush(AckType.PROCESSED), SECOND, further::add);
            assertThat(WireText.field(small.nextSent(), "c")).isEqualTo("flush");
        }
    }

    @Test
    void a_timeout_must_be_positive() {
        assertThatThrownBy(() -> session.connection.execute(flush(), Duration.ZERO, further::add))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private PendingCommand execute(Command command) {
        PendingCommand pending = session.connection.execute(command, SECOND, further::add);
        session.channel.runPendingTasks();
        return pending;
    }

    private static Command flush(AckType... acks) {
        return Command.builder(CommandType.FLUSH).acks(acks).build();
    }

    private static boolean isDone(PendingCommand command) {
        return command.reply().toCompletableFuture().isDone();
    }

    private static Ack reply(PendingCommand command) {
        return command.reply().toCompletableFuture().getNow(null);
    }

    private static Throwable failure(PendingCommand command) {
        CompletionStage<Ack> reply = command.reply();
        assertThat(reply.toCompletableFuture()).isCompletedExceptionally();
        Throwable failure =
                reply.handle((ack, thrown) -> thrown).toCompletableFuture().join();
        return failure instanceof CompletionException ? failure.getCause() : failure;
    }
}
