package io.holdfast.ha.internal.collision;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.connect.Endpoint;
import io.holdfast.ha.collision.CollisionOptions;
import io.holdfast.ha.collision.CollisionWatch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One that stands by and watches two servers: what it sees at one says nothing about the other. */
class StandbyAtTwoServersTest extends MachineStory {

    private static final Endpoint OTHER = Endpoint.parse("tcp://amps2:9007/amps/json");

    @BeforeEach
    void standsBy() {
        machine = machine(CollisionOptions.DEFAULTS.withWatch(CollisionWatch.ALWAYS), false, List.of(SERVER, OTHER));
        logOn();
        watchingAt(SERVER);
        watchingAt(OTHER);
        logOn();
        status(controlAt(SERVER), StatusEvent.Kind.LOGON, OURS.toCorrelationId().value(), "own", null);
        at(SERVER, StatusEvent.Kind.LOGON, "rival");
        lose();
        assertThat(model.state()).isEqualTo(CollisionState.STANDBY);
        effects.removeIf(CollisionEffect.LogOn.class::isInstance);
    }

    @Test
    void a_holder_that_moved_is_waited_for_where_it_is() {
        at(OTHER, StatusEvent.Kind.LOGON, "moved");
        pass(Duration.ofHours(2));
        assertThat(all(CollisionEffect.LogOn.class)).isEmpty();

        at(OTHER, StatusEvent.Kind.DISCONNECT, "moved");
        pass(Duration.ofSeconds(2));

        assertThat(all(CollisionEffect.LogOn.class)).hasSize(1);
    }

    @Test
    void the_end_of_the_connection_that_the_holder_left_is_not_its_end() {
        at(OTHER, StatusEvent.Kind.LOGON, "moved");
        at(SERVER, StatusEvent.Kind.DISCONNECT, "rival");
        pass(Duration.ofHours(2));

        assertThat(all(CollisionEffect.LogOn.class)).isEmpty();
        assertThat(model.state()).isEqualTo(CollisionState.STANDBY);
    }

    @Test
    void a_server_that_is_down_costs_the_holder_nothing() {
        feed(new CollisionEvent.ControlLost(controlAt(OTHER)));
        for (int i = 0; i < 240; i++) {
            pass(Duration.ofSeconds(30));
            feed(new CollisionEvent.ControlLost(controlAt(OTHER)));
        }

        assertThat(all(CollisionEffect.LogOn.class)).isEmpty();
    }

    @Test
    void a_server_that_comes_back_is_no_occasion_to_log_on() {
        feed(new CollisionEvent.ControlLost(controlAt(OTHER)));
        pass(Duration.ofSeconds(5));
        watchingAt(OTHER);
        pass(Duration.ofHours(2));

        assertThat(all(CollisionEffect.LogOn.class)).isEmpty();
    }

    @Test
    void who_is_blind_where_the_holder_is_gives_it_30_s_once_it_sees_again() {
        feed(new CollisionEvent.ControlLost(controlAt(SERVER)));
        pass(Duration.ofSeconds(5));
        watchingAt(SERVER);
        pass(Duration.ofSeconds(29));
        assertThat(all(CollisionEffect.LogOn.class)).isEmpty();

        pass(Duration.ofSeconds(3));

        assertThat(all(CollisionEffect.LogOn.class)).hasSize(1);
    }

    private void at(Endpoint server, StatusEvent.Kind kind, String connection) {
        status(controlAt(server), kind, STRONGER, connection, null);
    }
}
