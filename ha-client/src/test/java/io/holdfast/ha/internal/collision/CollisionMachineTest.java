package io.holdfast.ha.internal.collision;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.collision.CollisionDiagnosis;
import io.holdfast.client.collision.Decision;
import io.holdfast.client.collision.Parties.Winner;
import io.holdfast.client.collision.Proof;
import io.holdfast.ha.collision.CollisionOptions;
import io.holdfast.ha.collision.CollisionPolicy;
import io.holdfast.ha.internal.collision.CollisionEvent.Failure;
import io.holdfast.ha.internal.collision.CollisionEvent.Loss;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollisionMachineTest extends MachineStory {

    @Test
    void three_quick_evictions_open_a_control_and_nothing_is_done_about_the_name() {
        evictions(3);

        assertThat(model.state()).isEqualTo(CollisionState.SUSPECTED);
        assertThat(all(CollisionEffect.OpenControl.class)).hasSize(1);
        assertThat(all(CollisionEffect.Yield.class)).isEmpty();
        assertThat(said()).containsExactly("HF-3001", "HF-3002");
    }

    @Test
    void evicted_holder_yields_to_the_rival_that_is_to_keep_the_name() {
        suspectedAndWatching();

        logOnSeen();
        rivalLogsOn(STRONGER);
        lose();

        CollisionDiagnosis diagnosis = all(CollisionEffect.Yield.class).get(0).diagnosis();
        assertThat(diagnosis.proof()).isEqualTo(Proof.FOREIGN_NONCE);
        assertThat(diagnosis.parties().winner()).isEqualTo(Winner.RIVAL);
        assertThat(diagnosis.parties().because()).isEqualTo("nonce");
        assertThat(diagnosis.loop().evictions()).isEqualTo(4);
        assertThat(model.state()).isEqualTo(CollisionState.STANDBY);
        assertThat(model.fastPenalty()).isZero();
        assertThat(model.establishedSince()).isNull();
    }

    @Test
    void the_one_that_is_to_keep_it_bears_three_more_evictions_and_yields_at_the_fourth() {
        suspectedAndWatching();
        logOnSeen();
        rivalLogsOn(WEAKER);
        for (int borne = 0; borne < 4; borne++) {
            assertThat(all(CollisionEffect.Yield.class)).isEmpty();
            lose();
            logOnSeen();
            rivalLogsOn(WEAKER);
        }

        lose();

        assertThat(all(CollisionEffect.Yield.class).get(0).diagnosis().parties().because())
                .isEqualTo("persistent");
    }

    @Test
    void a_verdict_that_could_not_name_the_rival_is_given_again_when_it_can() {
        evictions(1);
        logOn();
        feed(new CollisionEvent.ForeignSequenceSeen(77, true));
        assertThat(all(CollisionEffect.Verdict.class))
                .singleElement()
                .satisfies(verdict -> assertThat(
                                verdict.diagnosis().parties().rival().nonce())
                        .isNull());
        feed(new CollisionEvent.ControlUp(controlId()));
        feed(new CollisionEvent.ControlReadable(controlId()));
        rivalLogsOn(WEAKER);
        rivalLogsOn(WEAKER);

        assertThat(said().stream().filter("HF-3003"::equals)).hasSize(2);
        assertThat(all(CollisionEffect.Verdict.class)
                        .get(1)
                        .diagnosis()
                        .parties()
                        .rival()
                        .nonce())
                .isEqualTo("ffffffffffffffff");
    }

    @Test
    void a_rival_that_yielded_before_we_looked_is_named_by_its_control() {
        evictions(1);
        logOn();
        feed(new CollisionEvent.ForeignSequenceSeen(77, true));
        feed(new CollisionEvent.ControlUp(controlId()));
        feed(new CollisionEvent.ControlReadable(controlId()));
        StatusEvent pulse = new StatusEvent(
                StatusEvent.Kind.ACTIVITY, "orders~diag-ffffffffffffffff", "x", "10.0.0.2:1", WEAKER, null);
        feed(new CollisionEvent.CompanionSeen(controlId(), pulse));
        feed(new CollisionEvent.CompanionSeen(controlId(), pulse));

        assertThat(said().stream().filter("HF-3003"::equals)).hasSize(2);
        assertThat(all(CollisionEffect.Verdict.class)
                        .get(1)
                        .diagnosis()
                        .parties()
                        .rival()
                        .nonce())
                .isEqualTo("ffffffffffffffff");
    }

    @Test
    void the_end_of_a_session_that_the_broker_explains_otherwise_is_taken_back() {
        suspectedAndWatching();
        logOnSeen();
        double before = model.fastPenalty();
        lose();
        status(StatusEvent.Kind.DISCONNECT, OURS.toCorrelationId().value(), "own", "slow client");

        assertThat(model.fastPenalty()).isLessThanOrEqualTo(before);
        assertThat(all(CollisionEffect.ReleaseLogon.class)).isNotEmpty();
        assertThat(said()).contains("HF-3004").doesNotContain("HF-3003");
    }

    @Test
    void a_late_logon_of_our_own_is_our_ghost_and_no_rival() {
        suspectedAndWatching();
        logOnSeen();
        lose();
        status(StatusEvent.Kind.DISCONNECT, OURS.toCorrelationId().value(), "own", "name in use");
        double before = model.fastPenalty();
        status(StatusEvent.Kind.LOGON, OURS.toCorrelationId().value(), "ghost", null);
        pass(Duration.ofSeconds(3));

        assertThat(model.fastPenalty()).isLessThan(before);
        assertThat(model.state()).isEqualTo(CollisionState.SUSPECTED);
        assertThat(said()).doesNotContain("HF-3003");
    }

    @Test
    void a_standby_logs_on_when_the_holder_goes_and_not_when_another_was_quicker() {
        standingBy();

        status(StatusEvent.Kind.DISCONNECT, STRONGER, "rival", "connection closed");
        status(StatusEvent.Kind.LOGON, WEAKER, "third", null);
        pass(Duration.ofHours(10));
        assertThat(all(CollisionEffect.LogOn.class)).isEmpty();

        status(StatusEvent.Kind.DISCONNECT, WEAKER, "third", null);
        pass(Duration.ofSeconds(1));
        assertThat(all(CollisionEffect.LogOn.class))
                .containsExactly(new CollisionEffect.LogOn(CollisionEffect.Occasion.RELEASED));
    }

    @Test
    void a_standby_that_was_blind_gives_the_holder_30_s_to_come_back() {
        standingBy();
        long control = controlId();

        feed(new CollisionEvent.ControlLost(control));
        pass(Duration.ofSeconds(1));
        feed(new CollisionEvent.ControlUp(controlId()));
        feed(new CollisionEvent.ControlReadable(controlId()));
        pass(Duration.ofSeconds(29));
        assertThat(all(CollisionEffect.LogOn.class)).isEmpty();

        pass(Duration.ofSeconds(3));
        assertThat(all(CollisionEffect.LogOn.class))
                .containsExactly(new CollisionEffect.LogOn(CollisionEffect.Occasion.HOLDER_ABSENT));
    }

    @Test
    void the_operator_may_take_over_but_not_all_the_time() {
        standingBy();

        feed(new CollisionEvent.TakeOver());
        assertThat(model.state()).isEqualTo(CollisionState.TRIAL);
        feed(new CollisionEvent.TakeOver());

        assertThat(all(CollisionEffect.LogOn.class))
                .containsExactly(new CollisionEffect.LogOn(CollisionEffect.Occasion.TAKE_OVER));
        assertThat(all(CollisionEffect.TakeOverRefused.class)).hasSize(1);
    }

    @Test
    void by_policy_it_fails_instead() {
        machine = machine(CollisionOptions.DEFAULTS.withPolicy(CollisionPolicy.FAIL), false);
        standingBy();

        assertThat(model.state()).isEqualTo(CollisionState.FAILED);
        assertThat(all(CollisionEffect.Fail.class).get(0).diagnosis().decision())
                .isEqualTo(Decision.FAIL);
        assertThat(all(CollisionEffect.CloseControl.class)).hasSize(1);
    }

    @Test
    void by_policy_it_takes_another_name_unless_it_has_stores() {
        machine = machine(CollisionOptions.DEFAULTS.withPolicy(CollisionPolicy.RENAME), false);
        standingBy();
        assertThat(all(CollisionEffect.Rename.class)).hasSize(1);

        effects.clear();
        model = CollisionModel.INITIAL;
        machine = machine(CollisionOptions.DEFAULTS.withPolicy(CollisionPolicy.RENAME), true);
        standingBy();
        assertThat(all(CollisionEffect.Rename.class)).isEmpty();
        assertThat(all(CollisionEffect.Yield.class).get(0).diagnosis().decision())
                .isEqualTo(Decision.STANDBY);
        assertThat(said()).contains("HF-3010");
    }

    @Test
    void a_logon_refused_for_its_name_is_proof_at_once() {
        feed(new CollisionEvent.LogonStarted(SERVER));
        feed(new CollisionEvent.ConnectFailed(Failure.NAME_IN_USE));

        assertThat(all(CollisionEffect.Verdict.class).get(0).diagnosis().proof())
                .isEqualTo(Proof.NAME_IN_USE);
        assertThat(model.state()).isEqualTo(CollisionState.STANDBY);
    }

    @Test
    void the_same_is_said_once_in_ten_minutes_and_then_with_a_count() {
        for (int i = 0; i < 4; i++) {
            logOn();
            pass(Duration.ofMinutes(3));
            feed(new CollisionEvent.LinkLost(Loss.PEER));
        }

        assertThat(said()).containsExactly("HF-3001");
        pass(Duration.ofMinutes(5));
        logOn();
        pass(Duration.ofMinutes(8));
        feed(new CollisionEvent.LinkLost(Loss.PEER));
        List<CollisionEffect.Say> lines = all(CollisionEffect.Say.class);
        assertThat(lines.get(lines.size() - 1).fields()).endsWith("left_out=3");
    }

    @Test
    void a_closed_client_does_nothing_more() {
        standingBy();
        feed(new CollisionEvent.Stopped());
        assertThat(all(CollisionEffect.CloseControl.class)).hasSize(1);
        effects.clear();

        evictions(9);

        assertThat(effects).isEmpty();
        assertThat(wakeAt).isEqualTo(Step.NEVER);
    }
}
