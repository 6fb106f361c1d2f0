package io.holdfast.ha.internal.store.bookmark;

import static io.holdfast.ha.internal.store.bookmark.BookmarkStoreContract.beyond;
import static io.holdfast.ha.internal.store.bookmark.BookmarkStoreContract.id;
import static io.holdfast.ha.internal.store.bookmark.BookmarkStoreContract.passed;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.error.StoreException;
import io.holdfast.ha.store.BookmarkStoreOptions.Sync;
import io.holdfast.testkit.fs.FaultFileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed before each of its steps in turn, with and without a power failure, and the store is opened again. */
class KilledBookmarkStoreTest {

    private static final int MESSAGES = 12;

    /** Small enough for several exchanges of the file in one run. */
    private static final long OFTEN = 150;

    @TempDir
    Path temp;

    @Test
    void a_kill_loses_no_acknowledgement_that_was_returned_for() throws Exception {
        Set<String> lastSteps = killedAtEveryStep(Sync.INTERVAL, false);

        assertThat(lastSteps)
                .contains(
                        "write bookmarks",
                        "fsync bookmarks",
                        "open bookmarks.tmp",
                        "write bookmarks.tmp",
                        "fsync bookmarks.tmp",
                        "rename to bookmarks");
    }

    @Test
    void with_sync_always_a_power_failure_loses_none_either() throws Exception {
        killedAtEveryStep(Sync.ALWAYS, true);
    }

    @Test
    void otherwise_a_power_failure_loses_a_tail_and_never_makes_one_up() throws Exception {
        killedAtEveryStep(Sync.INTERVAL, true);
    }

    private Set<String> killedAtEveryStep(Sync sync, boolean powerFails) throws Exception {
        Set<String> killedBefore = new HashSet<>();
        boolean finished = false;
        for (int allowed = 0; !finished; allowed++) {
            Path folder = Files.createDirectory(temp.resolve("run-" + allowed));
            FaultFileSystem files = FaultFileSystem.over(folder);
            files.faults().stopAfter(allowed);
            Run run = new Run(files.root().resolve("store"), sync, files);
            run.go();
            finished = !files.faults().isStopped();
            List<String> steps = files.faults().steps();
            if (!steps.isEmpty()) {
                killedBefore.add(steps.get(steps.size() - 1));
            }
            run.die();
            if (powerFails) {
                files.losePower();
            }
            boolean keepsAll = !powerFails || sync == Sync.ALWAYS;
            check(folder.resolve("store"), run, keepsAll, "after " + steps);
        }
        return killedBefore;
    }

    private static void check(Path folder, Run run, boolean keepsAll, String when) {
        try (BookmarkStore again = FileBookmarkStore.open(folder, "c", Sync.NEVER)) {
            AcknowledgedPoint point = again.open(id("a"), null).point();
            long passed = point.passed().highest(1);
            // One that was being written when the process died may be there or not.
            assertThat(passed).as(when).isBetween(keepsAll ? run.acknowledged : 0, run.acknowledged + 1);
            assertThat(point.passed().heard()).as(when).isEqualTo(passed);
            if (keepsAll && run.beyond) {
                assertThat(again.open(id("b"), null).point().beyond()).as(when).contains(new Position(3, 3));
            }
            again.open(id("a"), null).apply(passed(1, 1_000));
        }
        try (BookmarkStore again = FileBookmarkStore.open(folder, "c", Sync.NEVER)) {
            assertThat(again.open(id("a"), null).point().passed().highest(1)).isEqualTo(1_000);
        }
    }

    /** A process that acknowledges one message after the other until it is killed. */
    private static final class Run {

        private final Path folder;
        private final Sync sync;
        private final FaultFileSystem files;
        private FileBookmarkStore store;
        private long acknowledged;
        private boolean beyond;

        Run(Path folder, Sync sync, FaultFileSystem files) {
            this.folder = folder;
            this.sync = sync;
            this.files = files;
        }

        void go() {
            try {
                store = FileBookmarkStore.open(folder, "c", sync, OFTEN);
            } catch (StoreException e) {
                assertThat(e.trouble()).isEqualTo(StoreException.Trouble.UNAVAILABLE);
                return;
            }
            BookmarkStore.Progress a = store.open(id("a"), null);
            BookmarkStore.Progress b = store.open(id("b"), null);
            b.apply(beyond(3, 3));
            beyond = alive();
            for (long sequence = 1; alive() && sequence <= MESSAGES; sequence++) {
                a.apply(passed(1, sequence));
                if (alive()) {
                    acknowledged = sequence;
                }
                if (sequence % 2 == 0) {
                    store.tend();
                }
            }
        }

        private boolean alive() {
            return !files.faults().isStopped();
        }

        /** The operating system closes what a dead process had open. */
        void die() {
            if (store != null) {
                store.close();
            }
        }
    }
}
