package io.holdfast.ha.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.ClientState;
import io.holdfast.ha.internal.machine.Model.LinkState;
import io.holdfast.ha.internal.machine.Model.Purpose;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Many walks over the machine. One that fails names its seed; {@code -Dholdfast.walk.seed=N} replays that one.
 */
class RandomWalkTest {

    private static final int WALKS = 2_000;
    private static final int STEPS = 400;

    /** Which timers may be set in which state; in the others there is none. */
    private static final Map<ClientState, Set<Purpose>> TIMERS = Map.of(
            ClientState.IDLE, EnumSet.of(Purpose.CLOSE),
            ClientState.CONNECTING, EnumSet.of(Purpose.ATTEMPT, Purpose.CLOSE, Purpose.OUTAGE),
            ClientState.RESUMING, EnumSet.of(Purpose.OUTAGE),
            ClientState.PROBATION, EnumSet.of(Purpose.STABLE),
            ClientState.BACKOFF, EnumSet.of(Purpose.BACKOFF, Purpose.CLOSE, Purpose.OUTAGE),
            ClientState.STANDBY, EnumSet.of(Purpose.CLOSE),
            ClientState.FAILED, EnumSet.of(Purpose.CLOSE));

    @Test
    void whatever_happens_everything_holds_and_every_edge_is_taken_and_every_event_met_in_every_state() {
        Long replayed = Long.getLong("holdfast.walk.seed");
        Set<String> edges = new HashSet<>();
        Set<String> events = new HashSet<>();
        LongStream seeds = replayed == null ? LongStream.range(0, WALKS) : LongStream.of(replayed);
        seeds.forEach(seed -> {
            Walk walk = new Walk(seed);
            try {
                walk.run(STEPS);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + " at " + walk.model() + ": " + e.getMessage(), e);
            }
            edges.addAll(walk.edges);
            events.addAll(walk.eventsSeen);
        });
        if (replayed == null) {
            assertThat(edges).isEqualTo(legalEdges());
            assertThat(events).containsExactlyInAnyOrderElementsOf(everyEventInEveryState());
        }
    }

    private static Set<String> legalEdges() {
        return Arrays.stream(ClientState.values())
                .flatMap(from -> Transitions.from(from).stream().map(to -> from + ">" + to))
                .collect(Collectors.toSet());
    }

    /**
     * Each of the sealed interface's events, from the compiler's own list; those with an id also stale, those of links also at each
     * stage of a link, and each timer in each state that it may be set in.
     */
    private static Set<String> everyEventInEveryState() {
        Set<String> all = new HashSet<>();
        for (Class<?> event : Event.class.getPermittedSubclasses()) {
            String id = event.getRecordComponents().length == 0 ? "" : event.getRecordComponents()[0].getName();
            for (ClientState state : ClientState.values()) {
                if (!id.equals("timer")) {
                    all.add(state + " " + event.getSimpleName());
                }
                if (Set.of("link", "timer").contains(id)) {
                    all.add(state + " " + event.getSimpleName() + " stale");
                }
            }
            if (id.equals("link")) {
                List.of(LinkState.OPENING, LinkState.OPEN, LinkState.CLOSING)
                        .forEach(link -> all.add(link + " " + event.getSimpleName()));
            }
        }
        TIMERS.forEach((state, purposes) -> purposes.forEach(purpose -> all.add(state + " " + purpose)));
        return all;
    }
}
