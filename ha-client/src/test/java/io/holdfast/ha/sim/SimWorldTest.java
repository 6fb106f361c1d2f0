package io.holdfast.ha.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Time and order in the simulated world. */
class SimWorldTest {

    private final SimWorld world = new SimWorld(7);
    private final SimProcess process = new SimProcess(world, "p");
    private final List<String> seen = new ArrayList<>();

    @Test
    void events_happen_in_the_order_of_their_times_and_then_of_their_making() {
        world.after(20, "b", () -> seen.add("b"));
        world.after(10, "a", () -> seen.add("a"));
        world.after(20, "c", () -> seen.add("c"));

        world.run();

        assertThat(seen).containsExactly("a", "b", "c");
        assertThat(world.nowNanos()).isEqualTo(20);
    }

    @Test
    void a_thread_runs_its_tasks_in_order() {
        SimThread thread = process.thread("t");
        for (int i = 0; i < 500; i++) {
            String number = Integer.toString(i);
            thread.execute(() -> seen.add(number));
        }

        world.run();

        assertThat(seen).hasSize(500).isSortedAccordingTo((a, b) -> Integer.parseInt(a) - Integer.parseInt(b));
    }

    @Test
    void nothing_of_a_paused_process_happens_until_it_goes_on() {
        process.thread("t").execute(() -> seen.add("task at " + world.nowNanos() / 1_000_000_000));
        process.timer(5, "timer", () -> seen.add("timer at " + world.nowNanos() / 1_000_000_000));

        process.pause(Duration.ofSeconds(3).toNanos());
        world.run();

        assertThat(seen).containsExactlyInAnyOrder("task at 3", "timer at 3");
    }

    @Test
    void a_killed_process_does_nothing_more() {
        process.thread("t").execute(() -> seen.add("task"));
        process.timer(5, "timer", () -> seen.add("timer"));
        process.kill();

        world.run();

        assertThat(seen).isEmpty();
    }

    @Test
    void what_a_process_would_still_do_is_known() {
        process.thread("t").execute(() -> {});
        SimEvent timer = process.timer(5, "one", () -> {});
        process.timer(6, "two", () -> {});
        timer.cancel();
        assertThat(process.pending()).hasSize(2);

        world.run();

        assertThat(process.pending()).isEmpty();
    }

    @Test
    void the_wall_clock_steps_and_monotonic_time_does_not() {
        long nanos = world.clock().nanoTime();
        var wall = world.clock().instant();

        world.runFor(Duration.ofSeconds(2));
        world.stepWallClock(Duration.ofHours(-1));

        assertThat(world.clock().nanoTime() - nanos).isEqualTo(2_000_000_000L);
        assertThat(world.clock().instant()).isEqualTo(wall.plusSeconds(2).minusSeconds(3_600));
    }
}
