package io.holdfast.ha.internal.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.ha.identity.HeldName;
import io.holdfast.ha.internal.identity.FakeWorld.FakeMachine;
import io.holdfast.ha.internal.identity.FakeWorld.FakeProcess;
import io.holdfast.testkit.fs.TemporaryFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever starts, ends and dies, on however many machines: no two living processes have one name, and a slot keeps its. */
class SlotProtocolTest {

    private final List<TemporaryFolder> volumes = new ArrayList<>();

    private Path folder() {
        TemporaryFolder volume = TemporaryFolder.create("holdfast-world");
        volumes.add(volume);
        return volume.path();
    }

    @AfterTry
    @AfterEach
    void delete() {
        volumes.forEach(TemporaryFolder::close);
        volumes.clear();
    }

    @Property(tries = 40)
    void living_processes_have_distinct_names_and_a_slot_never_changes_its(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int machineCount) {
        FakeWorld world = new FakeWorld(folder(), seed);
        Random random = new Random(seed);
        List<FakeMachine> machines = new ArrayList<>();
        for (int i = 0; i < machineCount; i++) {
            machines.add(world.machine("app-" + i));
        }
        Map<Integer, String> nameOfSlot = new HashMap<>();
        List<FakeProcess> living = new ArrayList<>();
        for (int step = 0; step < 20; step++) {
            FakeProcess any = living.isEmpty() ? null : living.get(random.nextInt(living.size()));
            switch (random.nextInt(7)) {
                case 0, 1, 2 -> {
                    FakeProcess started =
                            machines.get(random.nextInt(machineCount)).process();
                    HeldName name = started.acquire(world.options());
                    int slot = name.slot().orElseThrow();
                    assertThat(nameOfSlot.putIfAbsent(slot, name.name())).isIn(null, name.name());
                    assertThat(slot).isEqualTo(lowestFree(living));
                    living.add(started);
                }
                case 3 -> {
                    if (any != null) {
                        any.kill();
                        living.remove(any);
                    }
                }
                case 4 -> {
                    if (any != null) {
                        any.held.close();
                        living.remove(any);
                    }
                }
                case 5 -> {
                    int which = random.nextInt(machineCount);
                    FakeMachine before = machines.get(which);
                    living.stream().filter(p -> p.machine == before).forEach(FakeProcess::kill);
                    living.removeIf(p -> p.machine == before);
                    machines.set(which, before.rebooted());
                }
                default -> world.pass(Duration.ofSeconds(random.nextInt(15)));
            }
            assertAllHoldTheirOwn(living);
        }
    }

    @Property(tries = 10)
    void the_same_number_of_processes_gets_the_same_names_after_any_end(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int count) {
        FakeWorld world = new FakeWorld(folder(), seed);
        FakeMachine machine = world.machine("app-13");
        Random random = new Random(seed);
        Set<String> first = new HashSet<>();
        for (int i = 0; i < count; i++) {
            first.add(machine.process().acquire(world.options()).name());
        }
        for (FakeProcess process : world.processes) {
            if (random.nextBoolean()) {
                process.kill();
            } else {
                process.held.close();
            }
        }
        Set<String> second = new HashSet<>();
        for (int i = 0; i < count; i++) {
            second.add(machine.process().acquire(world.options()).name());
        }

        assertThat(second).isEqualTo(first).hasSize(count);
        assertThat(world.clock.instant()).as("on one boot nobody waits").isEqualTo(FakeWorld.START);
    }

    @Test
    void a_name_is_readable_and_says_application_host_slot_and_token() {
        FakeWorld world = new FakeWorld(folder(), 1);
        HeldName name = world.machine("app-13.prod.example.com").process().acquire(world.options());

        assertThat(name.name()).matches("orders\\.app-13\\.0-[b-z2-9]{4}");
        assertThat(name.folder().orElseThrow()).isEqualTo(world.volume.resolve("orders/slot-0"));
    }

    @Test
    void two_machines_of_one_name_get_different_names() {
        FakeWorld one = new FakeWorld(folder(), 1);
        FakeWorld two = new FakeWorld(folder(), 2);

        assertThat(one.machine("localhost").process().acquire(one.options()).name())
                .isNotEqualTo(two.machine("localhost")
                        .process()
                        .acquire(two.options())
                        .name());
    }

    private static int lowestFree(List<FakeProcess> living) {
        Set<Integer> held = new HashSet<>();
        living.forEach(process -> held.add(process.held.slot().orElseThrow()));
        int slot = 0;
        while (held.contains(slot)) {
            slot++;
        }
        return slot;
    }

    private static void assertAllHoldTheirOwn(List<FakeProcess> living) {
        Set<String> names = new HashSet<>();
        for (FakeProcess process : living) {
            assertThat(process.held.isHeld()).isTrue();
            assertThat(process.losses).isEmpty();
            assertThat(names.add(process.held.name())).isTrue();
        }
    }
}
