package io.holdfast.ha.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.core.IntervalFunction;
import io.holdfast.client.ClientState;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.error.ConnectFailedException;
import io.holdfast.ha.internal.machine.Model.Purpose;
import io.holdfast.ha.reconnect.BackOff;
import java.time.Duration;
import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ten thousand clients, machine and back-off, whose broker goes away for a while and refuses their connects meanwhile. They
 * lose it at the same instant, which is the worst case.
 */
class StormTest {

    private static final int CLIENTS = 10_000;
    private static final long MILLI = 1_000_000;
    private static final Endpoint SERVER = Endpoint.parse("tcp://a:1/amps");

    private record Due(long at, int client) {}

    @ParameterizedTest
    @CsvSource({
        "5000, 1",
        "5000, 2",
        "5000, 3",
        "5000, 4",
        "6100, 5",
        "7300, 6",
        "8800, 7",
        "10000, 8",
        "14000, 9",
        "30000, 10",
        "30000, 11",
        "120000, 12"
    })
    void no_100_ms_hold_more_than_5_percent_of_the_connects(long outageMillis, long seed) {
        long[] connects = storm(outageMillis * MILLI, seed);
        int most = mostWithin(connects, 100 * MILLI);
        assertThat(most)
                .as("seed %d: connects within 100 ms after an outage of %d ms", seed, outageMillis)
                .isLessThanOrEqualTo(CLIENTS / 20);
        assertThat(connects[CLIENTS - 1] - outageMillis * MILLI).isLessThanOrEqualTo(20_000 * MILLI);
    }

    @Test
    void the_first_retry_after_a_stable_session_comes_within_200_ms() {
        IntervalFunction backOff = BackOff.fullJitter(new java.util.Random(1));
        for (int i = 0; i < 100_000; i++) {
            assertThat(backOff.apply(stable().nextDelay())).isBetween(0L, 200L);
        }
    }

    /** When each client connected, in order. */
    private static long[] storm(long outage, long seed) {
        ConnectFailedException refused =
                new ConnectFailedException(SERVER, ConnectFailedException.Stage.TCP, "refused", null);
        SplittableRandom random = new SplittableRandom(seed);
        IntervalFunction backOff = BackOff.fullJitter(random);
        Model[] clients = new Model[CLIENTS];
        PriorityQueue<Due> queue = new PriorityQueue<>((a, b) -> Long.compare(a.at(), b.at()));
        for (int i = 0; i < CLIENTS; i++) {
            Model stable = stable();
            Disconnect lost = new Disconnect(SERVER, "c", DisconnectCause.PEER_CLOSED, null, Duration.ofHours(1));
            Event event = new Event.LinkLost(stable.link(), lost, delay(backOff, stable));
            clients[i] = next(stable, event, 0, i, queue);
        }
        long[] connects = new long[CLIENTS];
        int done = 0;
        while (!queue.isEmpty()) {
            Due due = queue.poll();
            Model model = clients[due.client()];
            Long timer = model.timers().get(Purpose.BACKOFF);
            model = next(model, new Event.TimerFired(timer), due.at(), due.client(), queue);
            if (due.at() >= outage) {
                connects[done++] = due.at();
            } else {
                Event failed = new Event.ConnectFailed(model.link(), refused, delay(backOff, model));
                model = next(model, failed, due.at(), due.client(), queue);
            }
            clients[due.client()] = model;
        }
        assertThat(done).isEqualTo(CLIENTS);
        Arrays.sort(connects);
        return connects;
    }

    private static Model next(Model model, Event event, long now, int client, PriorityQueue<Due> queue) {
        Step step = HaMachine.on(model, event, now);
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.SetTimer set && step.model().state() == ClientState.BACKOFF) {
                queue.add(new Due(now + set.nanos(), client));
            }
        }
        return step.model();
    }

    private static long delay(IntervalFunction backOff, Model model) {
        return backOff.apply(model.nextDelay()) * MILLI;
    }

    private static Model stable() {
        Model model = HaMachine.on(Model.idle(Walk.ALWAYS), new Event.Start(10_000), 0)
                .model();
        model = HaMachine.on(model, new Event.Connected(model.link()), 0).model();
        model = HaMachine.on(model, new Event.Resumed(model.link()), 0).model();
        return HaMachine.on(model, new Event.TimerFired(model.timers().get(Purpose.STABLE)), 0)
                .model();
    }

    private static int mostWithin(long[] sorted, long window) {
        int most = 0;
        int from = 0;
        for (int to = 0; to < sorted.length; to++) {
            while (sorted[to] - sorted[from] >= window) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }
}
