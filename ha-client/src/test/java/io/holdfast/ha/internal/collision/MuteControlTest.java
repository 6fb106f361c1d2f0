package io.holdfast.ha.internal.collision;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.collision.Proof;
import io.holdfast.ha.internal.collision.CollisionEvent.Loss;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A control that could read and tells nothing: half open, or of a broker that shows no logons. It must not hide a rival. */
class MuteControlTest extends MachineStory {

    @Test
    void one_that_does_not_answer_is_closed_and_the_next_is_kept_alive() {
        suspectedAndWatching();
        long dead = controlId();
        logOn();
        lose();
        pass(Duration.ofMillis(1_050));
        assertThat(all(CollisionEffect.CheckControl.class))
                .extracting("control")
                .containsExactly(dead);

        pass(Duration.ofSeconds(1));

        assertThat(all(CollisionEffect.CloseControl.class))
                .extracting("control")
                .containsExactly(dead);
        assertThat(all(CollisionEffect.KeepControlAlive.class)).isEmpty();
        pass(Duration.ofSeconds(2));
        assertThat(controlId()).isNotEqualTo(dead);
        feed(new CollisionEvent.ControlUp(controlId()));
        assertThat(all(CollisionEffect.KeepControlAlive.class)).hasSize(1);
    }

    @Test
    void the_next_one_sees_the_rival() {
        suspectedAndWatching();
        logOn();
        lose();
        pass(Duration.ofSeconds(4));
        feed(new CollisionEvent.ControlUp(controlId()));
        feed(new CollisionEvent.ControlReadable(controlId()));
        logOnSeen();
        rivalLogsOn(STRONGER);
        lose();

        assertThat(model.state()).isEqualTo(CollisionState.STANDBY);
    }

    @Test
    void one_that_answers_and_did_not_show_our_own_logon_counts_as_unreadable() {
        suspectedAndWatching();
        for (int i = 0; i < 12 && model.state() != CollisionState.STANDBY; i++) {
            boolean quiet = all(CollisionEffect.QuietLogon.class).stream()
                    .reduce((older, newer) -> newer)
                    .filter(CollisionEffect.QuietLogon::quiet)
                    .isPresent();
            pass(Duration.ofMillis(100));
            feed(new CollisionEvent.LogonStarted(SERVER));
            feed(new CollisionEvent.LoggedOn(quiet));
            pass(Duration.ofMillis(50));
            feed(new CollisionEvent.LinkLost(Loss.PEER));
            answersWhenAsked();
        }

        assertThat(said()).contains("HF-3009", "HF-3003");
        assertThat(all(CollisionEffect.Verdict.class).get(0).diagnosis().proof())
                .isEqualTo(Proof.QUIET_LOGON_CLOSED);
        assertThat(model.state()).isEqualTo(CollisionState.STANDBY);
    }

    @Test
    void one_that_answers_and_showed_our_logon_is_believed_that_nobody_else_logged_on() {
        suspectedAndWatching();
        logOnSeen();
        lose();
        answersWhenAsked();

        assertThat(said()).doesNotContain("HF-3009", "HF-3003");
        assertThat(all(CollisionEffect.CloseControl.class)).isEmpty();
        assertThat(all(CollisionEffect.ReleaseLogon.class)).isNotEmpty();
    }

    private void answersWhenAsked() {
        int before = all(CollisionEffect.CheckControl.class).size();
        pass(Duration.ofMillis(1_500));
        if (all(CollisionEffect.CheckControl.class).size() > before) {
            feed(new CollisionEvent.ControlAlive(controlId()));
        }
    }
}
