package io.holdfast.ha.internal.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.error.IdentityInUseException;
import io.holdfast.client.error.IdentityLostException;
import io.holdfast.ha.identity.HeldName;
import io.holdfast.ha.identity.IdentityOptions;
import io.holdfast.ha.internal.identity.FakeWorld.FakeMachine;
import io.holdfast.ha.internal.identity.FakeWorld.FakeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network volume whose locks always succeed from another machine: the mark alone keeps the machines apart. */
class SharedVolumeTest {

    @TempDir
    Path folder;

    @Test
    void a_living_holder_on_another_machine_is_seen_by_its_mark_though_the_lock_is_free() {
        FakeWorld world = new FakeWorld(folder, 1);
        world.machine("app-1").process().acquire(world.options());

        HeldName second = world.machine("app-2").process().acquire(world.options());

        assertThat(second.slot()).hasValue(1);
    }

    @Test
    void an_explicit_name_held_on_another_machine_is_refused_with_host_pid_and_since() {
        FakeWorld world = new FakeWorld(folder, 1);
        IdentityOptions named =
                world.options().toBuilder().clientName("pricing").build();
        FakeProcess holder = world.machine("app-1").process();
        holder.acquire(named);
        FakeProcess second = world.machine("app-2").process();

        assertThatThrownBy(() -> second.acquire(named)).isInstanceOfSatisfying(IdentityInUseException.class, e -> {
            assertThat(e.holder().host()).isEqualTo("app-1");
            assertThat(e.holder().pid()).isEqualTo(holder.pid);
            assertThat(e.holder().since()).isEqualTo(FakeWorld.START);
            assertThat(e.path()).isEqualTo(folder.resolve("orders/name-pricing").toString());
            assertThat(e).hasMessageContaining("host=app-1 pid=" + holder.pid + " since=2026-01-01T00:00:00Z");
        });
        assertThat(world.clock.instant())
                .as("known as soon as the counter moves")
                .isBefore(FakeWorld.START.plusSeconds(3));
    }

    @Test
    void a_dead_holder_of_another_machine_is_replaced_after_its_mark_stood_still_for_ten_seconds() {
        FakeWorld world = new FakeWorld(folder, 1);
        FakeProcess dead = world.machine("app-1").process();
        String name = dead.acquire(world.options()).name();
        dead.kill();

        HeldName taken = world.machine("app-2").process().acquire(world.options());

        assertThat(taken.name()).isEqualTo(name);
        assertThat(Duration.between(FakeWorld.START, taken.since())).isZero();
        assertThat(Duration.between(FakeWorld.START, world.clock.instant()))
                .isEqualTo(MarkWatch.STANDS_STILL.plus(MarkWatch.SETTLES));
    }

    @Test
    void after_kill_nine_on_the_same_boot_nobody_waits() {
        FakeWorld world = new FakeWorld(folder, 1);
        FakeMachine machine = world.machine("app-1");
        FakeProcess dead = machine.process();
        String name = dead.acquire(world.options()).name();
        dead.kill();

        assertThat(machine.process().acquire(world.options()).name()).isEqualTo(name);
        assertThat(world.clock.instant()).isEqualTo(FakeWorld.START);
    }

    @Test
    void a_name_that_was_closed_is_free_for_another_machine_at_once() {
        FakeWorld world = new FakeWorld(folder, 1);
        HeldName first = world.machine("app-1").process().acquire(world.options());
        first.close();

        HeldName second = world.machine("app-2").process().acquire(world.options());

        assertThat(second.name()).isEqualTo(first.name());
        assertThat(world.clock.instant()).isEqualTo(FakeWorld.START);
    }

    @Test
    void a_holder_that_stood_still_too_long_finds_its_mark_replaced_and_is_told_who_has_it() {
        FakeWorld world = new FakeWorld(folder, 1);
        FakeProcess frozen = world.machine("app-1").process();
        frozen.acquire(world.options());
        frozen.frozen = true;
        FakeProcess rival = world.machine("app-2").process();
        rival.acquire(world.options());

        frozen.frozen = false;
        world.pass(Duration.ofSeconds(2));

        assertThat(frozen.held.isHeld()).isFalse();
        assertThat(frozen.losses).hasSize(1);
        IdentityLostException lost = frozen.losses.get(0);
        assertThat(lost.holder().host()).isEqualTo("app-2");
        assertThat(lost.holder().pid()).isEqualTo(rival.pid);
        world.pass(Duration.ofSeconds(30));
        assertThat(rival.held.isHeld()).isTrue();
        frozen.held.close();
        world.pass(Duration.ofSeconds(5));
        assertThat(rival.held.isHeld())
                .as("closing what was lost touches nothing")
                .isTrue();
    }

    @Test
    void of_two_machines_that_wait_side_by_side_one_gets_the_name() {
        FakeWorld world = new FakeWorld(folder, 1);
        FakeProcess dead = world.machine("app-1").process();
        dead.acquire(world.options());
        dead.kill();
        FakeProcess first = world.machine("app-2").process();
        FakeProcess second = world.machine("app-3").process();
        world.duringPause = () -> {
            world.duringPause = () -> {};
            second.acquire(world.options());
        };

        first.acquire(world.options());

        assertThat(second.held.slot()).hasValue(0);
        assertThat(first.held.slot()).hasValue(1);
        world.pass(Duration.ofSeconds(30));
        assertThat(first.losses).isEmpty();
        assertThat(second.losses).isEmpty();
    }

    @Test
    void a_rival_that_writes_its_mark_right_after_ours_is_seen_before_we_use_the_name() throws Exception {
        FakeWorld world = new FakeWorld(folder, 1);
        FakeProcess dead = world.machine("app-1").process();
        dead.acquire(world.options());
        dead.kill();
        MarkFile file = new MarkFile(folder.resolve("orders/slot-0"));
        Mark rival = new Mark("boot", "app-9", 9, FakeWorld.START, FakeWorld.START, "0".repeat(16), 0);
        FakeProcess ours = world.machine("app-2").process();
        world.duringPause = () -> {
            if (file("orders/slot-0/mark").contains("host=app-2")) {
                world.duringPause = () -> {};
                replace(file, rival);
            }
        };

        ours.acquire(world.options());

        assertThat(ours.held.slot()).hasValue(1);
        assertThat(file.read().mark()).isEqualTo(rival);
    }

    @Test
    void a_watcher_that_stood_still_itself_does_not_take_that_for_the_holder_standing_still() {
        FakeWorld world = new FakeWorld(folder, 1);
        FakeProcess holder = world.machine("app-1").process();
        holder.acquire(world.options());
        FakeProcess watcher = world.machine("app-2").process();
        // Both machines are stopped for a minute after the watcher's first look, as when their host is suspended.
        world.duringPause = () -> {
            world.duringPause = () -> {};
            world.clock.advance(Duration.ofMinutes(1));
        };

        watcher.acquire(world.options());

        assertThat(watcher.held.slot()).hasValue(1);
        assertThat(holder.held.isHeld()).isTrue();
    }

    @Test
    void a_mark_deleted_by_hand_is_written_again() throws Exception {
        FakeWorld world = new FakeWorld(folder, 1);
        FakeProcess holder = world.machine("app-1").process();
        holder.acquire(world.options());
        Files.delete(folder.resolve("orders/slot-0/mark"));

        world.pass(Duration.ofSeconds(2));

        assertThat(holder.held.isHeld()).isTrue();
        assertThat(file("orders/slot-0/mark")).contains("host=app-1");
    }

    @Test
    void a_mark_of_a_later_sdk_counts_as_foreign() throws Exception {
        FakeWorld world = new FakeWorld(folder, 1);
        FakeMachine machine = world.machine("app-1");
        FakeProcess holder = machine.process();
        holder.acquire(world.options());
        Files.writeString(folder.resolve("orders/slot-0/mark"), "holdfast-mark 2\nwhatever\n");

        world.pass(Duration.ofSeconds(3));

        assertThat(holder.losses).hasSize(1);
        assertThat(holder.losses.get(0).holder()).isNull();
    }

    private String file(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void replace(MarkFile file, Mark mark) {
        try {
            file.replace(mark);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
