package io.holdfast.ha.reconnect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.error.ConnectFailedException;
import io.holdfast.testkit.time.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointListTest {

    private static final Endpoint A = Endpoint.parse("tcp://a:1/amps");
    private static final Endpoint B = Endpoint.parse("tcp://b:1/amps");
    private static final Endpoint C = Endpoint.parse("tcp://c:1/amps");

    private final ManualClock clock = ManualClock.at(Instant.EPOCH);

    private Endpoint next(EndpointList list) {
        return list.next(false, clock.instant());
    }

    private Endpoint failing(EndpointList list) {
        Endpoint next = next(list);
        list.failed(next, new ConnectFailedException(next, ConnectFailedException.Stage.TCP, "refused", null));
        return next;
    }

    private List<Endpoint> failing(EndpointList list, int times) {
        List<Endpoint> asked = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            asked.add(failing(list));
        }
        return asked;
    }

    @Test
    void a_round_goes_down_the_list_and_the_next_begins_at_its_head() {
        assertThat(failing(EndpointList.of(List.of(A, B, C), clock), 7)).containsExactly(A, B, C, A, B, C, A);
    }

    @Test
    void the_same_is_returned_when_wanted_and_a_success_ends_the_round() {
        EndpointList list = EndpointList.of(List.of(A, B), clock);
        failing(list);
        assertThat(next(list)).isEqualTo(B);
        list.succeeded(B);
        assertThat(list.next(true, clock.instant())).isEqualTo(B);
        assertThat(next(list)).isEqualTo(A);
    }

    @Test
    void the_first_of_all_is_the_head_even_if_the_same_is_wanted() {
        assertThat(EndpointList.of(List.of(B, A), clock).next(true, clock.instant()))
                .isEqualTo(B);
    }

    @Test
    void those_of_one_priority_take_turns() {
        Map<Endpoint, Integer> priorities = new LinkedHashMap<>();
        priorities.put(C, 2);
        priorities.put(A, 1);
        priorities.put(B, 1);
        EndpointList list = EndpointList.prioritised(priorities, clock);
        assertThat(List.of(next(list), next(list), next(list))).containsExactly(A, B, A);
        list.succeeded(A);
        assertThat(failing(list, 3)).containsExactly(B, A, C);
    }

    @Test
    void three_failures_in_a_row_move_a_server_to_the_end_for_thirty_seconds() {
        EndpointList list = EndpointList.of(List.of(A, B), clock);
        for (int i = 0; i < 3; i++) {
            assertThat(failing(list)).isEqualTo(A);
            assertThat(next(list)).isEqualTo(B);
            list.succeeded(B);
        }
        assertThat(list.state(A)).isEqualTo(State.OPEN);
        assertThat(next(list)).isEqualTo(B);
        clock.advance(Duration.ofSeconds(29));
        assertThat(next(list)).isEqualTo(B);
        clock.advance(Duration.ofSeconds(2));
        assertThat(next(list)).isEqualTo(A);
        assertThat(list.state(A)).isEqualTo(State.HALF_OPEN);
        list.succeeded(A);
        assertThat(list.state(A)).isEqualTo(State.CLOSED);
    }

    @Test
    void an_open_breaker_refuses_nobody_when_nothing_else_is_left() {
        EndpointList one = EndpointList.of(List.of(A), clock);
        assertThat(failing(one, 10)).hasSize(10).containsOnly(A);
        EndpointList two = EndpointList.of(List.of(A, B), clock);
        assertThat(failing(two, 20)).hasSize(20).contains(A, B);
        assertThat(failing(two, 4).subList(0, 2)).containsExactlyInAnyOrder(A, B);
    }

    @Test
    void a_list_needs_a_server_and_knows_only_its_own() {
        assertThatThrownBy(() -> EndpointList.of(List.of(), clock)).isInstanceOf(IllegalArgumentException.class);
        EndpointList list = EndpointList.of(List.of(A, A), clock);
        assertThat(list.endpoints()).containsExactly(A);
        assertThatThrownBy(() -> list.succeeded(B)).isInstanceOf(IllegalArgumentException.class);
    }
}
