package io.holdfast.ha.internal.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.error.IdentityUnavailableException;
import io.holdfast.ha.identity.IdentityOptions;
import io.holdfast.ha.identity.IdentityOptions.OnCopy;
import io.holdfast.ha.internal.identity.FakeWorld.FakeMachine;
import io.holdfast.testkit.fs.FaultFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The writer is killed before each of its steps in turn, with and without a power failure: the old name or the new one. */
class KilledWriterTest {

    @TempDir
    Path temp;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void replacing_a_name_file_leaves_the_old_one_or_the_new_one(boolean powerFails) throws Exception {
        boolean completed = false;
        for (int allowed = 0; !completed; allowed++) {
            Path folder = Files.createDirectory(temp.resolve("run-" + powerFails + allowed));
            NameRecord old = record("old", folder);
            NameRecord fresh = record("fresh", folder);
            new NameFile(folder).write(old);
            FaultFileSystem files = FaultFileSystem.over(folder);
            files.faults().stopAfter(allowed);
            completed = returns(() -> new NameFile(files.root()).write(fresh));
            if (powerFails) {
                files.losePower();
            }

            NameRecord found = new NameFile(folder).read();

            assertThat(found).as("after %s", files.faults().steps()).isIn(old, fresh);
            if (completed) {
                assertThat(found).as("what write returned for").isEqualTo(fresh);
                assertThat(files.faults().steps())
                        .as("each of them was the last one once")
                        .containsSubsequence(
                                "open name.tmp",
                                "write name.tmp",
                                "fsync name.tmp",
                                "rename to name",
                                "fsync " + folder.getFileName())
                        .hasSize(allowed);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_first_start_that_dies_anywhere_leaves_a_slot_that_works_and_no_name_that_was_given_out_is_lost(
            boolean powerFails) throws Exception {
        boolean completed = false;
        for (int allowed = 0; !completed; allowed++) {
            Path folder = Files.createDirectory(temp.resolve("run-" + powerFails + allowed));
            Run run = new Run(folder, allowed, powerFails, new FakeWorld(folder, allowed).options());

            List<String> after = run.restartTwice();

            assertThat(after.get(0)).as("after %s", run.steps).isEqualTo(after.get(1));
            if (run.name != null) {
                assertThat(after.get(0)).isEqualTo(run.name);
            }
            completed = run.name != null;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void making_a_new_name_for_a_copy_leaves_the_old_name_or_the_new_one_never_a_third(boolean powerFails)
            throws Exception {
        boolean completed = false;
        for (int allowed = 0; !completed; allowed++) {
            Path folder = Files.createDirectory(temp.resolve("run-" + powerFails + allowed));
            FakeWorld world = new FakeWorld(folder, allowed);
            String old;
            try (var first = world.machine("app-1").process().acquire(world.options())) {
                old = first.name();
            }
            makeACopy(folder);
            Run run = new Run(
                    folder,
                    allowed,
                    powerFails,
                    world.options().toBuilder().onCopy(OnCopy.REGENERATE).build());

            NameRecord found = new NameFile(folder.resolve("orders/slot-0")).read();

            assertThat(found).isNotNull();
            if (run.name != null) {
                assertThat(found.name()).isEqualTo(run.name).isNotEqualTo(old);
            } else if (!run.wroteName()) {
                assertThat(found.name()).as("after %s", run.steps).isEqualTo(old);
            }
            List<String> after = run.restartTwice();
            assertThat(after.get(0)).isEqualTo(after.get(1));
            if (!found.name().equals(old)) {
                assertThat(after.get(0)).as("once it is there, it stays").isEqualTo(found.name());
            }
            completed = run.name != null;
        }
    }

    @Test
    void a_killed_process_does_nothing_more() throws Exception {
        try (FaultFileSystem files = FaultFileSystem.over(temp)) {
            files.faults().stopAfter(1);
            Path file = files.root().resolve("file");

            assertThat(returns(() -> Files.writeString(file, "two steps: open, write")))
                    .isFalse();
            assertThat(returns(() -> Files.delete(file))).isFalse();
            assertThat(returns(() -> Files.readAllBytes(file))).isFalse();
            assertThat(temp.resolve("file")).isEmptyFile();
        }
    }

    @Test
    void losing_power_takes_what_was_not_forced() throws Exception {
        Files.writeString(temp.resolve("kept"), "before");
        try (FaultFileSystem files = FaultFileSystem.over(temp)) {
            Files.writeString(files.root().resolve("kept"), "after, not forced");
            PrivateFiles.replaceDurably(files.root().resolve("durable"), new byte[] {1});
            PrivateFiles.replaceQuickly(
                    files.root().resolve("quick"), files.root().resolve("tmp"), new byte[] {2});
            Files.delete(files.root().resolve("durable"));

            files.losePower();
        }
        assertThat(temp.resolve("kept")).hasContent("before");
        assertThat(temp.resolve("durable")).hasBinaryContent(new byte[] {1});
        assertThat(temp.resolve("quick")).doesNotExist();
    }

    private static NameRecord record(String name, Path folder) throws IOException {
        return new NameRecord(name, "orders", FakeWorld.START, "tttt", Fingerprint.of(folder, "machine"));
    }

    /** The folder with the name becomes another one, as after a copy. */
    private static void makeACopy(Path volume) throws IOException {
        Path slot = volume.resolve("orders/slot-0");
        Path original = volume.resolve("original");
        Files.move(slot, original);
        Files.createDirectory(slot);
        try (Stream<Path> paths = Files.list(original)) {
            for (Path path : paths.toList()) {
                Files.copy(path, slot.resolve(path.getFileName().toString()));
            }
        }
    }

    private static boolean returns(Action action) throws Exception {
        try {
            action.run();
            return true;
        } catch (io.holdfast.testkit.fs.ProcessStoppedException e) {
            return false;
        }
    }

    private interface Action {
        void run() throws Exception;
    }

    /** A process that acquires a name through a file system that stops it. */
    private static final class Run {

        final List<String> steps;
        final String name;
        private final Path folder;
        private final IdentityOptions options;

        Run(Path folder, int allowed, boolean powerFails, IdentityOptions options) throws IOException {
            this.folder = folder;
            this.options = options;
            FaultFileSystem files = FaultFileSystem.over(folder);
            FakeWorld world = new FakeWorld(folder, 100 + allowed);
            FakeMachine machine = world.machine("app-1");
            files.faults().stopAfter(allowed);
            String acquired;
            try {
                acquired = machine.process()
                        .acquire(options.toBuilder().stateDir(files.root()).build())
                        .name();
            } catch (IdentityUnavailableException e) {
                assertThat(e).hasRootCauseInstanceOf(io.holdfast.testkit.fs.ProcessStoppedException.class);
                acquired = null;
            }
            this.name = acquired;
            this.steps = files.faults().steps();
            if (powerFails) {
                files.losePower();
            }
        }

        boolean wroteName() {
            return steps.contains("rename to name");
        }

        /** The names the next two starts get, on the same boot or, after a power failure, on the next. */
        List<String> restartTwice() {
            FakeWorld world = new FakeWorld(folder, 7);
            FakeMachine machine = world.machine("app-1").rebooted();
            List<String> names = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                try (var held = machine.process().acquire(options)) {
                    names.add(held.name());
                }
            }
            return names;
        }
    }
}
