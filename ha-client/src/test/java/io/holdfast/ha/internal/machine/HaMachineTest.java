package io.holdfast.ha.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.ClientState;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.error.ConnectFailedException;
import io.holdfast.client.error.ReconnectGaveUpException;
import io.holdfast.ha.internal.machine.Model.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the machine decides, in short stories. */
class HaMachineTest {

    private static final Endpoint SERVER = Endpoint.parse("tcp://a:1/amps");
    private final ConnectFailedException refused =
            new ConnectFailedException(SERVER, ConnectFailedException.Stage.TCP, "refused", null);

    private Model model = Model.idle(Walk.ALWAYS);
    private final List<Effect> effects = new ArrayList<>();
    private long now;

    private void on(Event event) {
        effects.clear();
        Step step = HaMachine.on(model, event, now);
        model = step.model();
        effects.addAll(step.effects());
    }

    private void fire(Purpose purpose) {
        on(new Event.TimerFired(Objects.requireNonNull(model.timers().get(purpose))));
    }

    private void connected() {
        on(new Event.Start(10_000));
        on(new Event.Connected(model.link()));
        on(new Event.Resumed(model.link()));
    }

    private void lose(DisconnectCause cause, long delay) {
        on(new Event.LinkLost(model.link(), new Disconnect(SERVER, "c", cause, null, Duration.ZERO), delay));
    }

    private Effect.Connect connect() {
        return effects.stream()
                .filter(Effect.Connect.class::isInstance)
                .map(Effect.Connect.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void every_kind_of_event_is_understood() {
        List<Event> all = List.of(
                new Event.Start(1),
                new Event.Abandon(refused),
                new Event.Connected(9),
                new Event.ConnectFailed(9, refused, 1),
                new Event.Resumed(9),
                new Event.ResumeFailed(9, refused, 1),
                new Event.LinkLost(9, new Disconnect(SERVER, "c", DisconnectCause.PEER_CLOSED, null, Duration.ZERO), 1),
                new Event.TimerFired(9),
                new Event.ReconnectNow(),
                new Event.HoldLogons(true),
                new Event.QuietLogons(true),
                new Event.EndQuiet(),
                new Event.StandBy(refused),
                new Event.LogOn(),
                new Event.StartAnew(),
                new Event.Fatal(refused),
                new Event.Close());
        assertThat(all.stream().map(Object::getClass)).containsExactlyInAnyOrder(Event.class.getPermittedSubclasses());
        all.forEach(this::on);
        assertThat(model.state()).isEqualTo(ClientState.CLOSED);
    }

    @Test
    void only_a_stable_session_lets_failures_be_forgotten() {
        connected();
        for (int i = 2; i < 10; i++) {
            assertThat(model.nextDelay()).isEqualTo(i - 1);
            lose(DisconnectCause.PEER_CLOSED, 1);
            fire(Purpose.BACKOFF);
            on(new Event.Connected(model.link()));
            on(new Event.Resumed(model.link()));
            assertThat(model.state()).isEqualTo(ClientState.PROBATION);
        }
        fire(Purpose.STABLE);
        assertThat(model.nextDelay()).isEqualTo(1);
        lose(DisconnectCause.PEER_CLOSED, 7);
        assertThat(effects).contains(new Effect.SetTimer(model.timers().get(Purpose.BACKOFF), 7));
    }

    @Test
    void a_peer_that_closes_is_asked_again_and_a_dead_one_is_left() {
        for (DisconnectCause cause : DisconnectCause.values()) {
            model = Model.idle(Walk.ALWAYS);
            connected();
            lose(cause, 1);
            fire(Purpose.BACKOFF);
            boolean left = cause == DisconnectCause.HEARTBEAT_TIMEOUT || cause == DisconnectCause.PROTOCOL_ERROR;
            assertThat(connect().same()).as(cause.name()).isEqualTo(!left);
        }
    }

    @Test
    void a_peer_that_closes_during_the_resume_is_asked_again_too() {
        on(new Event.Start(10_000));
        on(new Event.Connected(model.link()));
        lose(DisconnectCause.PEER_CLOSED, 1);
        fire(Purpose.BACKOFF);
        assertThat(connect().same()).isTrue();
    }

    @Test
    void a_failed_connect_and_a_failed_resume_move_on() {
        on(new Event.Start(10_000));
        on(new Event.ConnectFailed(model.link(), refused, 1));
        assertThat(effects).contains(new Effect.TellSelector(refused));
        fire(Purpose.BACKOFF);
        assertThat(connect().same()).isFalse();
        on(new Event.Connected(model.link()));
        on(new Event.ResumeFailed(model.link(), refused, 1));
        assertThat(effects).contains(new Effect.TellSelector(refused), new Effect.CloseLink(model.link()));
    }

    @Test
    void the_old_link_is_gone_before_the_next_is_opened() {
        on(new Event.Start(10_000));
        long old = model.link();
        on(new Event.Connected(old));
        on(new Event.ResumeFailed(old, refused, 1));
        fire(Purpose.BACKOFF);
        assertThat(model.state()).isEqualTo(ClientState.CONNECTING);
        assertThat(effects).noneMatch(Effect.Connect.class::isInstance);
        lose(DisconnectCause.CLOSED_BY_APPLICATION, 1);
        assertThat(connect().link()).isNotEqualTo(old);
    }

    @Test
    void an_old_link_that_does_not_end_is_forgotten_at_the_close_deadline() {
        on(new Event.Start(10_000));
        long old = model.link();
        on(new Event.Connected(old));
        on(new Event.ResumeFailed(old, refused, 1));
        fire(Purpose.BACKOFF);
        fire(Purpose.CLOSE);
        assertThat(effects).contains(new Effect.ForgetLink(old));
        assertThat(connect().link()).isNotEqualTo(old);
        Model before = model;
        on(new Event.LinkLost(old, new Disconnect(SERVER, "c", DisconnectCause.PEER_CLOSED, null, Duration.ZERO), 1));
        assertThat(model).isEqualTo(before);
        assertThat(effects).isEmpty();
    }

    @Test
    void an_attempt_without_an_answer_is_abandoned_and_at_last_forgotten() {
        on(new Event.Start(10_000));
        long link = model.link();
        fire(Purpose.ATTEMPT);
        assertThat(effects).contains(new Effect.AbandonConnect(link));
        fire(Purpose.CLOSE);
        assertThat(effects).containsExactly(new Effect.ForgetLink(link));
        on(new Event.ConnectFailed(link, refused, 1));
        assertThat(model.state()).isEqualTo(ClientState.BACKOFF);
    }

    @Test
    void it_gives_up_after_so_many_attempts() {
        model = Model.idle(new Policy("c", true, 3, Long.MAX_VALUE, 60, 5));
        on(new Event.Start(10_000));
        for (int i = 0; i < 2; i++) {
            on(new Event.ConnectFailed(model.link(), refused, 1));
            fire(Purpose.BACKOFF);
        }
        on(new Event.ConnectFailed(model.link(), refused, 1));
        assertThat(model.state()).isEqualTo(ClientState.FAILED);
        assertThat(model.failure())
                .isInstanceOfSatisfying(
                        ReconnectGaveUpException.class,
                        error -> assertThat(error.attempts()).isEqualTo(3))
                .hasCause(refused);
        assertThat(effects).endsWith(new Effect.Ended());
    }

    @Test
    void it_gives_up_after_so_long_without_a_connection_and_a_connection_ends_the_count() {
        model = Model.idle(new Policy("c", true, Long.MAX_VALUE, 1_000, 60, 5));
        connected();
        assertThat(model.timers()).doesNotContainKey(Purpose.OUTAGE);
        lose(DisconnectCause.PEER_CLOSED, 1);
        now = 1_000;
        fire(Purpose.OUTAGE);
        assertThat(model.state()).isEqualTo(ClientState.FAILED);
        assertThat(model.failure())
                .isInstanceOfSatisfying(
                        ReconnectGaveUpException.class,
                        error -> assertThat(error.outage()).isEqualTo(Duration.ofNanos(1_000)));
    }

    @Test
    void the_number_of_attempts_stops_at_the_largest() {
        on(new Event.Start(10_000));
        model = new Model(
                model.policy(),
                model.state(),
                model.link(),
                model.linkState(),
                model.lastId(),
                model.timers(),
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                false,
                1,
                0,
                true,
                false,
                false,
                false,
                null);
        on(new Event.ConnectFailed(model.link(), refused, Long.MAX_VALUE));
        fire(Purpose.BACKOFF);
        assertThat(model.attempt()).isEqualTo(Integer.MAX_VALUE);
        assertThat(model.nextDelay()).isEqualTo(Integer.MAX_VALUE);
        assertThat(model.state()).isEqualTo(ClientState.CONNECTING);
    }

    @Test
    void a_connection_that_comes_after_the_close_is_closed_and_only_then_all_is_over() {
        on(new Event.Start(10_000));
        long link = model.link();
        on(new Event.Close());
        assertThat(effects).contains(new Effect.AbandonConnect(link)).doesNotContain(new Effect.Ended());
        on(new Event.Connected(link));
        assertThat(effects).containsExactly(new Effect.CloseLink(link));
        lose(DisconnectCause.CLOSED_BY_APPLICATION, 1);
        assertThat(effects).containsExactly(new Effect.Ended());
        assertThat(model.state()).isEqualTo(ClientState.CLOSED);
    }

    /** Without reconnect, and with an attempt given up that has no answer. */
    private long abandonedAttempt() {
        model = Model.idle(new Policy("c", false, Long.MAX_VALUE, Long.MAX_VALUE, 60_000, 5_000));
        on(new Event.Start(10_000));
        on(new Event.Abandon(refused));
        return model.link();
    }

    @Test
    void whoever_gives_up_while_the_old_link_is_waited_for_does_not_end_that_wait() {
        long old = abandonedAttempt();
        Long deadline = model.timers().get(Purpose.CLOSE);
        on(new Event.Start(10_000));
        on(new Event.Abandon(refused));
        assertThat(model.timers()).containsEntry(Purpose.CLOSE, deadline);
        on(new Event.Start(10_000));
        fire(Purpose.CLOSE);
        assertThat(effects).contains(new Effect.ForgetLink(old));
        assertThat(connect().link()).isNotEqualTo(old);
    }

    @Test
    void a_client_that_gave_up_forgets_a_link_that_does_not_end_and_is_over_then() {
        model = Model.idle(new Policy("c", true, Long.MAX_VALUE, 1_000, 60, 5));
        on(new Event.Start(10_000));
        long link = model.link();
        on(new Event.Connected(link));
        fire(Purpose.OUTAGE);
        assertThat(model.state()).isEqualTo(ClientState.FAILED);
        assertThat(effects).contains(new Effect.CloseLink(link)).doesNotContain(new Effect.Ended());
        fire(Purpose.CLOSE);
        assertThat(effects).containsExactly(new Effect.ForgetLink(link), new Effect.Ended());
    }

    @Test
    void a_client_that_gives_up_while_the_old_link_is_waited_for_goes_on_waiting() {
        model = Model.idle(new Policy("c", true, Long.MAX_VALUE, 1_000, 60, 5));
        on(new Event.Start(10_000));
        long old = model.link();
        on(new Event.Connected(old));
        on(new Event.ResumeFailed(old, refused, 1));
        fire(Purpose.OUTAGE);
        assertThat(model.state()).isEqualTo(ClientState.FAILED);
        fire(Purpose.CLOSE);
        assertThat(effects).containsExactly(new Effect.ForgetLink(old), new Effect.Ended());
    }

    @Test
    void a_client_that_is_closed_waits_no_longer_than_who_closes_it() {
        model = Model.idle(new Policy("c", true, Long.MAX_VALUE, 1_000, 60, 5));
        on(new Event.Start(10_000));
        on(new Event.Connected(model.link()));
        fire(Purpose.OUTAGE);
        on(new Event.Close());
        assertThat(model.timers()).isEmpty();
    }
}
