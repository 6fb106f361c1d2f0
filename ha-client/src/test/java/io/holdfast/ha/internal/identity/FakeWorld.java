package io.holdfast.ha.internal.identity;

import io.holdfast.client.error.IdentityLostException;
import io.holdfast.ha.identity.HeldName;
import io.holdfast.ha.identity.IdentityOptions;
import io.holdfast.ha.internal.store.PublishStores;
import io.holdfast.testkit.time.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Machines, their processes and one volume they all see, on one clock. The locks of a machine end at its border, as on a network
 * volume without a lock service: a free lock says nothing about other machines.
 */
final class FakeWorld {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final ManualClock clock = ManualClock.at(START);
    final Path volume;
    final List<FakeProcess> processes = new ArrayList<>();
    private final Random random;
    private Duration sinceBeat = Duration.ZERO;

    /** Runs at each pause of any process, before time passes. */
    Runnable duringPause = () -> {};

    FakeWorld(Path volume, long seed) {
        this.volume = volume;
        this.random = new Random(seed);
    }

    FakeMachine machine(String host) {
        return new FakeMachine(host, "machine-" + host, "boot-1-of-" + host);
    }

    IdentityOptions options() {
        return IdentityOptions.builder().app("orders").stateDir(volume).build();
    }

    /** Time passes, and the hearts of the living beat. */
    void pass(Duration duration) {
        Duration step = Duration.ofMillis(250);
        for (Duration left = duration; !left.isNegative() && !left.isZero(); left = left.minus(step)) {
            clock.advance(step);
            sinceBeat = sinceBeat.plus(step);
            if (sinceBeat.compareTo(HeldFolder.BEAT) >= 0) {
                sinceBeat = Duration.ZERO;
                List.copyOf(processes).forEach(FakeProcess::beat);
            }
        }
    }

    /** A machine: its boot, and which process has which lock. */
    final class FakeMachine {

        final String host;
        final String machineId;
        final String bootId;
        private final Map<Path, FakeProcess> locked = new HashMap<>();

        FakeMachine(String host, String machineId, String bootId) {
            this.host = host;
            this.machineId = machineId;
            this.bootId = bootId;
        }

        FakeMachine rebooted() {
            return new FakeMachine(host, machineId, bootId + "+");
        }

        FakeProcess process() {
            FakeProcess process = new FakeProcess(this);
            processes.add(process);
            return process;
        }
    }

    /** A process: it can be killed, or stand still for a while. */
    final class FakeProcess implements FolderLocks, Heartbeats {

        final FakeMachine machine;
        final long pid = 1_000L + processes.size();
        final List<IdentityLostException> losses = new ArrayList<>();
        boolean frozen;
        boolean dead;

        @Nullable
        HeldName held;

        private final JvmRegistry registry = new JvmRegistry(JvmRegistry.nonce(random));
        private final List<Beating> beatings = new ArrayList<>();

        FakeProcess(FakeMachine machine) {
            this.machine = machine;
        }

        HeldName acquire(IdentityOptions options) {
            held = new NameAcquisition(options, around(Map.of())).acquire(Set.of(), (name, lost) -> losses.add(lost));
            return held;
        }

        Surroundings around(Map<String, String> environment) {
            HostFacts facts =
                    new HostFacts(machine.host, "ops", pid, clock.instant(), machine.machineId, machine.bootId);
            return new Surroundings(
                    facts,
                    clock,
                    duration -> {
                        duringPause.run();
                        pass(duration);
                    },
                    random,
                    this,
                    this,
                    registry,
                    environment::get,
                    () -> volume,
                    PublishStores::holdMessages);
        }

        /** As with {@code kill -9}: the kernel drops the locks, and nothing else happens. */
        void kill() {
            dead = true;
            machine.locked.values().removeIf(owner -> owner == this);
        }

        @Override
        public Attempt tryLock(Path folder, String createdAt) throws IOException {
            Path key = folder.toRealPath();
            FakeProcess owner = machine.locked.get(key);
            if (owner != null) {
                return owner == this ? Attempt.heldHere(createdAt) : Attempt.heldElsewhere();
            }
            machine.locked.put(key, this);
            return Attempt.taken(() -> machine.locked.remove(key, this));
        }

        @Override
        public Running start(HeldFolder folder, String name, Consumer<@Nullable Mark> onLost) {
            Beating beating = new Beating(folder, onLost);
            beatings.add(beating);
            return timeout -> {
                beatings.remove(beating);
                try {
                    folder.release();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            };
        }

        void beat() {
            if (dead || frozen) {
                return;
            }
            for (Beating beating : List.copyOf(beatings)) {
                try {
                    HeldFolder.Beat beat = beating.folder.beat();
                    if (beat.lost()) {
                        beatings.remove(beating);
                        beating.onLost.accept(beat.rival());
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        private record Beating(HeldFolder folder, Consumer<@Nullable Mark> onLost) {}
    }
}
