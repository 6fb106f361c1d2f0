package io.holdfast.ha.internal.collision;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.collision.Classification;
import io.holdfast.client.collision.CollisionDiagnosis;
import io.holdfast.client.collision.Decision;
import io.holdfast.client.collision.Proof;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.ha.collision.CollisionOptions;
import io.holdfast.ha.collision.CollisionPolicy;
import io.holdfast.ha.collision.CollisionWatch;
import io.holdfast.ha.internal.collision.CollisionEvent.Loss;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two programs that use one name without any eviction: told, and told as long as it lasts. */
class SilentCollisionTest extends MachineStory {

    private static final Endpoint OTHER = Endpoint.parse("tcp://amps2:9007/amps/json");
    private static final CollisionOptions ALWAYS = CollisionOptions.DEFAULTS.withWatch(CollisionWatch.ALWAYS);

    @Test
    void a_foreign_sequence_without_any_eviction_is_a_silent_collision_and_we_stay() {
        logOn();
        feed(new CollisionEvent.ForeignSequenceSeen(77, true));

        CollisionDiagnosis diagnosis = all(CollisionEffect.Verdict.class).get(0).diagnosis();
        assertThat(diagnosis.classification()).isEqualTo(Classification.SILENT_COLLISION);
        assertThat(diagnosis.decision()).isEqualTo(Decision.STAY);
        assertThat(said()).containsExactly("HF-3008");
        assertThat(all(CollisionEffect.Yield.class)).isEmpty();
    }

    @Test
    void a_foreign_sequence_is_explained_by_a_fresh_store() {
        logOn();
        feed(new CollisionEvent.ForeignSequenceSeen(77, false));

        assertThat(all(CollisionEffect.Verdict.class)).isEmpty();
        assertThat(model.state()).isEqualTo(CollisionState.NONE);
    }

    @Test
    void watching_always_finds_a_second_connection_that_evicts_nobody() {
        machine = machine(ALWAYS, false);
        logOn();
        watchingAt(SERVER);
        rivalLogsOn(WEAKER);
        pass(Duration.ofSeconds(3));

        assertThat(said()).containsExactly("HF-3008");
        assertThat(model.state()).isEqualTo(CollisionState.CONFIRMED);
    }

    @Test
    void a_session_that_has_lasted_long_takes_nothing_back() {
        logOn();
        pass(Duration.ofMinutes(10));
        feed(new CollisionEvent.ForeignSequenceSeen(77, true));
        pass(Duration.ofHours(1));

        assertThat(model.state()).isEqualTo(CollisionState.CONFIRMED);
        assertThat(said()).containsExactly("HF-3008");
        assertThat(all(CollisionEffect.NameKept.class)).isEmpty();
    }

    @Test
    void a_rival_that_is_seen_at_another_server_is_told_once_and_until_it_goes() {
        machine = machine(ALWAYS, false, List.of(SERVER, OTHER));
        logOn();
        watchingAt(SERVER);
        watchingAt(OTHER);
        pass(Duration.ofMinutes(10));
        status(controlAt(OTHER), StatusEvent.Kind.LOGON, WEAKER, "there", null);
        pass(Duration.ofMinutes(5));
        status(controlAt(OTHER), StatusEvent.Kind.LOGON, WEAKER, "there again", null);
        pass(Duration.ofHours(1));

        assertThat(all(CollisionEffect.Verdict.class)).hasSize(1);
        assertThat(model.state()).isEqualTo(CollisionState.CONFIRMED);
        assertThat(said()).containsExactly("HF-3008");

        status(controlAt(OTHER), StatusEvent.Kind.DISCONNECT, WEAKER, "there again", null);
        pass(Duration.ofSeconds(61));

        assertThat(model.state()).isEqualTo(CollisionState.NONE);
        assertThat(said()).containsExactly("HF-3008", "HF-3007");
    }

    @Test
    void the_next_session_in_which_nobody_is_seen_ends_it() {
        logOn();
        pass(Duration.ofMinutes(10));
        feed(new CollisionEvent.ForeignSequenceSeen(77, true));
        feed(new CollisionEvent.LinkLost(Loss.LOCAL));
        logOn();
        pass(Duration.ofSeconds(59));
        assertThat(model.state()).isEqualTo(CollisionState.CONFIRMED);

        pass(Duration.ofSeconds(2));

        assertThat(model.state()).isEqualTo(CollisionState.NONE);
    }

    @Test
    void a_next_session_with_another_foreign_sequence_does_not() {
        logOn();
        feed(new CollisionEvent.ForeignSequenceSeen(77, true));
        feed(new CollisionEvent.LinkLost(Loss.LOCAL));
        logOn();
        feed(new CollisionEvent.ForeignSequenceSeen(99, true));
        pass(Duration.ofHours(1));

        assertThat(model.state()).isEqualTo(CollisionState.CONFIRMED);
        assertThat(all(CollisionEffect.NameKept.class)).isEmpty();
    }

    @Test
    void an_eviction_after_all_is_a_collision_like_any_other() {
        machine = machine(ALWAYS, false);
        logOnSeen();
        watchingAt(SERVER);
        feed(new CollisionEvent.ForeignSequenceSeen(77, true));
        logOnSeen();
        rivalLogsOn(STRONGER);
        lose();

        assertThat(said()).contains("HF-3008", "HF-3003", "HF-3005");
        assertThat(model.state()).isEqualTo(CollisionState.STANDBY);
    }

    @Test
    void an_application_that_says_rename_of_a_client_with_a_store_keeps_it_connected() {
        machine = machine(CollisionOptions.DEFAULTS.withPolicy(CollisionPolicy.CALLBACK), true);
        logOn();
        feed(new CollisionEvent.ForeignSequenceSeen(77, true));
        feed(new CollisionEvent.Decided(1, Decision.RENAME));

        assertThat(all(CollisionEffect.Yield.class)).isEmpty();
        assertThat(model.state()).isEqualTo(CollisionState.CONFIRMED);
        assertThat(said()).containsExactly("HF-3008", "HF-3010");
    }

    @Test
    void by_policy_the_verdict_says_at_once_that_the_client_fails() {
        machine = machine(CollisionOptions.DEFAULTS.withPolicy(CollisionPolicy.FAIL), false);
        logOn();
        feed(new CollisionEvent.ForeignSequenceSeen(77, true));

        CollisionDiagnosis told = all(CollisionEffect.Verdict.class).get(0).diagnosis();
        assertThat(told.decision()).isEqualTo(Decision.FAIL);
        assertThat(all(CollisionEffect.Fail.class).get(0).diagnosis()).isEqualTo(told);
        assertThat(told.proof()).isEqualTo(Proof.FOREIGN_SEQUENCE);
    }
}
