package io.holdfast.ha.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.holdfast.client.error.StoreException;
import io.holdfast.ha.store.PublishStoreOptions.Sync;
import io.holdfast.testkit.fs.FaultFileSystem;
import io.holdfast.testkit.fs.ProcessStoppedException;
import io.holdfast.testkit.fs.TemporaryFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** The process is killed before each of its steps in turn, with and without a power failure. */
class KilledStoreTest {

    private static final long FIRST_SEED = Long.getLong("store.first", 1);
    private static final long SEEDS = Long.getLong("store.seeds", 150);

    @TempDir
    Path temp;

    private final Logger log = (Logger) LoggerFactory.getLogger("io.holdfast.ha.internal.store");

    @BeforeEach
    void expectLines() {
        log.setLevel(Level.OFF);
    }

    @AfterEach
    void expectNoLines() {
        log.setLevel(null);
    }

    @ParameterizedTest
    @CsvSource({"ALWAYS,false", "ALWAYS,true", "INTERVAL,false", "INTERVAL,true", "NEVER,false", "NEVER,true"})
    void what_append_returned_for_is_there_and_no_number_is_given_twice(Sync sync, boolean powerFails)
            throws Exception {
        boolean completed = false;
        for (int allowed = 0; !completed; allowed++) {
            Path folder = Files.createDirectory(temp.resolve("run-" + allowed));
            FaultFileSystem files = FaultFileSystem.over(folder);
            files.faults().stopAfter(allowed);
            Life life = new Life(StoreFixture.file(files.root().resolve("store"), sync));
            life.runs();
            completed = !files.faults().isStopped();
            if (powerFails) {
                files.losePower();
            }
            life.check(
                    StoreFixture.file(folder.resolve("store"), sync),
                    powerFails && sync != Sync.ALWAYS,
                    "after " + files.faults().steps());
        }
        assertThat(temp.toFile().list()).hasSizeGreaterThan(30);
    }

    /** With threads that have appended and wait for the disk, and whatever pieces of their bytes it has taken. */
    @ParameterizedTest
    @EnumSource(Sync.class)
    void a_power_failure_that_leaves_any_pieces_of_what_was_not_promised_is_no_damage(Sync sync) throws Exception {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            SplittableRandom choice = new SplittableRandom(seed);
            try (TemporaryFolder folder = TemporaryFolder.create("holdfast-power");
                    FaultFileSystem files = FaultFileSystem.over(folder.path())) {
                files.faults().stopAfter(choice.nextInt(110));
                Life life = new Life(StoreFixture.file(files.root().resolve("store"), sync));
                life.runsHastily(choice);
                files.losePower(choice);
                StoreFixture after = StoreFixture.file(folder.path().resolve("store"), sync);
                life.check(
                        after,
                        sync != Sync.ALWAYS,
                        "seed " + seed + " after " + files.faults().steps());
                after.open(100).close(StoreFixture.SECOND); // and what was mended is whole
            }
        }
    }

    /** One process's life, as far as it comes, and what it was promised. */
    private static final class Life {

        private final StoreFixture fixture;
        private final Map<Long, String> returned = new TreeMap<>();
        private final Map<Long, Long> written = new TreeMap<>();
        private final Set<Long> settled = new TreeSet<>();

        Life(StoreFixture fixture) {
            this.fixture = fixture;
        }

        void runs() {
            PublishStore store = null;
            try {
                store = fixture.open();
                append(store, "a");
                append(store, "b");
                StoreFixture.logon(store, 5);
                write(store, 1);
                append(store, "c");
                write(store, 2);
                confirm(store, 2);
                fixture.thread.secondPasses();
                append(store, "d");
                append(store, "e");
                write(store, 1);
                confirm(store, 4);
                append(store, "f");
                fixture.thread.secondPasses();
                store.stopWriting();
                append(store, "g");
            } catch (StoreException e) {
                assertThat(e).hasRootCauseInstanceOf(ProcessStoppedException.class);
            } finally {
                if (store != null) {
                    store.close(StoreFixture.SECOND); // of a dead process it only ends the lock
                }
            }
        }

        /** Appends some before it waits for the disk, as threads at the same time do. */
        void runsHastily(SplittableRandom choice) {
            PublishStore store = null;
            try {
                store = fixture.open();
                StoreFixture.logon(store, 5);
                Map<Long, String> waiting = new TreeMap<>();
                for (int i = 0; i < 30; i++) {
                    switch (choice.nextInt(6)) {
                        case 0 -> {
                            store.awaitDurable();
                            returned.putAll(waiting);
                            waiting.clear();
                        }
                        case 1 -> write(store, 2);
                        case 2 -> fixture.thread.secondPasses();
                        case 3 -> {
                            Long last = written.keySet().stream().reduce(0L, Math::max);
                            if (last > 0) {
                                confirm(store, last);
                            }
                        }
                        default -> {
                            String text = "m" + i;
                            int length = choice.nextInt(3, 1_500);
                            waiting.put(
                                    store.append(StoreFixture.request(text, length))
                                            .id(),
                                    text);
                        }
                    }
                }
            } catch (StoreException e) {
                assertThat(e).hasRootCauseInstanceOf(ProcessStoppedException.class);
            } finally {
                if (store != null) {
                    store.close(StoreFixture.SECOND);
                }
            }
        }

        private void append(PublishStore store, String text) {
            // big ones, so that files are begun and deleted
            StoredPublish entry = store.append(StoreFixture.request(text, 1_500));
            store.awaitDurable();
            returned.put(entry.id(), text);
        }

        private void write(PublishStore store, int most) {
            for (StoredPublish entry : store.nextToWrite(most, Long.MAX_VALUE)) {
                long sequence = store.sequenceOf(entry);
                store.wrote(entry, sequence);
                written.put(entry.id(), sequence);
            }
        }

        private void confirm(PublishStore store, long id) {
            settled.addAll(StoreFixture.forget(store, store.confirm(written.get(id))));
        }

        /** What the next process finds. */
        void check(StoreFixture after, boolean tailMayBeLost, String steps) {
            PublishStore store = after.open(99);
            try {
                Map<Long, String> found = new TreeMap<>();
                StoreFixture.waiting(store).forEach(line -> {
                    int blank = line.indexOf(' ');
                    found.put(Long.parseLong(line.substring(0, blank)), line.substring(blank + 1));
                });
                Map<Long, String> promised = new TreeMap<>(returned);
                promised.keySet().removeAll(settled);
                if (!tailMayBeLost) {
                    assertThat(found).as(steps).containsAllEntriesOf(promised);
                }
                found.forEach((id, text) -> assertThat(text).as(steps).isEqualTo(returned.getOrDefault(id, text)));

                long highest = written.values().stream().mapToLong(s -> s).max().orElse(0);
                // A broker that is behind says nothing of what it does not hold.
                StoreFixture.logon(store, 5);
                for (StoredPublish entry : store.nextToWrite(99, Long.MAX_VALUE)) {
                    long sequence = store.sequenceOf(entry);
                    store.wrote(entry, sequence);
                    if (written.containsKey(entry.id())) {
                        assertThat(sequence).as(steps).isEqualTo(written.get(entry.id()));
                    } else {
                        assertThat(sequence).as(steps).isGreaterThan(highest);
                    }
                }
                StoredPublish fresh = store.append(StoreFixture.request("fresh"));
                assertThat(store.sequenceOf(fresh)).as(steps).isGreaterThan(highest);
            } finally {
                store.close(StoreFixture.SECOND);
            }
        }
    }
}
