package io.holdfast.ha.internal.collision;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.collision.CollisionDiagnosis;
import io.holdfast.client.collision.Decision;
import io.holdfast.client.collision.Proof;
import io.holdfast.ha.collision.CollisionOptions;
import io.holdfast.ha.collision.CollisionPolicy;
import io.holdfast.ha.internal.collision.CollisionEffect.Occasion;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The policy {@code callback}: the application answers, or does not, or too late; meanwhile the client stands by. */
class ApplicationDecidesTest extends MachineStory {

    @BeforeEach
    void losesTheName() {
        machine = machine(CollisionOptions.DEFAULTS.withPolicy(CollisionPolicy.CALLBACK), false);
        standingBy();
        assertThat(all(CollisionEffect.AskApplication.class)).hasSize(1);
        assertThat(model.state()).isEqualTo(CollisionState.STANDBY);
    }

    @Test
    void its_answer_is_obeyed_and_the_exception_says_what_it_was_asked_about() {
        feed(new CollisionEvent.Decided(1, Decision.FAIL));

        assertThat(model.state()).isEqualTo(CollisionState.FAILED);
        CollisionDiagnosis asked =
                all(CollisionEffect.AskApplication.class).get(0).diagnosis();
        assertThat(all(CollisionEffect.Fail.class).get(0).diagnosis()).isEqualTo(asked.withDecision(Decision.FAIL));
        assertThat(asked.proof()).isEqualTo(Proof.FOREIGN_NONCE);
        assertThat(asked.loop().evictions()).isEqualTo(4);
    }

    @Test
    void one_that_sleeps_leaves_it_standing_by() {
        pass(Duration.ofSeconds(6));
        feed(new CollisionEvent.Decided(1, Decision.FAIL));

        assertThat(model.state()).isEqualTo(CollisionState.STANDBY);
        assertThat(said()).contains("HF-3010");
    }

    @Test
    void one_that_throws_leaves_it_standing_by() {
        feed(new CollisionEvent.DecisionFailed(1, "java.lang.IllegalStateException: no idea"));

        assertThat(model.state()).isEqualTo(CollisionState.STANDBY);
        assertThat(said()).contains("HF-3010");
        pass(Duration.ofHours(1));
        assertThat(all(CollisionEffect.LogOn.class)).isEmpty();
    }

    @Test
    void stay_means_to_take_the_name_back() {
        feed(new CollisionEvent.Decided(1, Decision.STAY));

        assertThat(model.state()).isEqualTo(CollisionState.TRIAL);
        assertThat(all(CollisionEffect.LogOn.class)).extracting("occasion").containsExactly(Occasion.APPLICATION);
    }

    @Test
    void back_off_means_to_try_now_and_then_and_not_to_watch() {
        long control = controlId();
        feed(new CollisionEvent.Decided(1, Decision.BACK_OFF));
        assertThat(all(CollisionEffect.CloseControl.class))
                .extracting("control")
                .contains(control);

        pass(Duration.ofSeconds(90));

        assertThat(all(CollisionEffect.LogOn.class)).extracting("occasion").containsExactly(Occasion.PROBE);
    }

    @Test
    void a_late_answer_is_none_to_the_next_question() {
        pass(Duration.ofSeconds(6));
        winAndLoseAgain();
        assertThat(all(CollisionEffect.AskApplication.class))
                .as("the first question has no answer yet")
                .hasSize(1);

        feed(new CollisionEvent.Decided(1, Decision.FAIL));
        assertThat(model.state()).isEqualTo(CollisionState.STANDBY);

        winAndLoseAgain();
        assertThat(all(CollisionEffect.AskApplication.class)).hasSize(2);
        feed(new CollisionEvent.Decided(1, Decision.FAIL));
        assertThat(model.state()).isEqualTo(CollisionState.STANDBY);
        feed(new CollisionEvent.Decided(2, Decision.FAIL));
        assertThat(model.state()).isEqualTo(CollisionState.FAILED);
    }

    private void winAndLoseAgain() {
        status(StatusEvent.Kind.DISCONNECT, STRONGER, "rival", null);
        pass(Duration.ofSeconds(1));
        logOnSeen();
        pass(Duration.ofMinutes(2));
        assertThat(model.state()).isEqualTo(CollisionState.NONE);
        feed(new CollisionEvent.LinkLost(CollisionEvent.Loss.LOCAL));
        standingBy();
        assertThat(model.state()).isEqualTo(CollisionState.STANDBY);
    }
}
