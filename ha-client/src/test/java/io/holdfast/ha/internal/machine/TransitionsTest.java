package io.holdfast.ha.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.ClientState;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of legal transitions, as the picture in {@link ClientState} has it. */
class TransitionsTest {

    @Test
    void exactly_the_pictured_transitions_are_legal() {
        List<String> legal = Arrays.stream(ClientState.values())
                .map(state -> state + " > "
                        + Transitions.from(state).stream().sorted().toList())
                .toList();

        assertThat(legal)
                .containsExactly(
                        "IDLE > [CONNECTING, FAILED, CLOSED]",
                        "CONNECTING > [IDLE, RESUMING, BACKOFF, STANDBY, FAILED, CLOSED]",
                        "RESUMING > [IDLE, PROBATION, BACKOFF, STANDBY, FAILED, CLOSED]",
                        "PROBATION > [STABLE, BACKOFF, STANDBY, FAILED, CLOSED]",
                        "STABLE > [BACKOFF, STANDBY, FAILED, CLOSED]",
                        "BACKOFF > [CONNECTING, STANDBY, FAILED, CLOSED]",
                        "STANDBY > [CONNECTING, FAILED, CLOSED]",
                        "FAILED > [CLOSED]",
                        "CLOSED > []");
    }

    @Test
    void an_illegal_transition_is_refused() {
        Draft draft = new Draft(Model.idle(Walk.ALWAYS), 0);
        assertThatThrownBy(() -> draft.change(ClientState.STABLE, null, null, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no way from IDLE to STABLE");
    }
}
