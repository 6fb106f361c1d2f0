package io.holdfast.ha.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.holdfast.client.error.StoreException;
import io.holdfast.ha.store.PublishStoreOptions.Sync;
import io.holdfast.testkit.fs.FaultFileSystem;
import io.holdfast.testkit.fs.ProcessStoppedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** The process is killed before each of its steps in turn, with and without a power failure. */
class KilledStoreTest {

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

    /** One process's life, as far as it comes, and what it was promised. */
    private static final class Life {

        private final StoreFixture fixture;
        private final Map<Long, String> returned = new TreeMap<>();
        private final Map<Long, Long> written = new TreeMap<>();
        private final List<Long> settled = new ArrayList<>();

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
