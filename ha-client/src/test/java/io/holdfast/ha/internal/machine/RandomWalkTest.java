package io.holdfast.ha.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.ClientState;
import java.util.Arrays;
import java.util.HashSet;
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
            assertThat(events).containsAll(everyEventInEveryState());
        }
    }

    private static Set<String> legalEdges() {
        return Arrays.stream(ClientState.values())
                .flatMap(from -> Transitions.from(from).stream().map(to -> from + ">" + to))
                .collect(Collectors.toSet());
    }

    /** Each of the sealed interface's events, from the compiler's own list; those with an id also stale. */
    private static Set<String> everyEventInEveryState() {
        Set<String> all = new HashSet<>();
        for (ClientState state : ClientState.values()) {
            for (Class<?> event : Event.class.getPermittedSubclasses()) {
                boolean hasId = event.getRecordComponents().length > 0
                        && Set.of("link", "timer").contains(event.getRecordComponents()[0].getName());
                all.add(state + " " + event.getSimpleName() + (hasId ? " stale" : ""));
            }
        }
        return all;
    }
}
