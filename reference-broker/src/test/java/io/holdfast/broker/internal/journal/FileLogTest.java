package io.holdfast.broker.internal.journal;

import static io.holdfast.broker.internal.journal.OpenLog.record;
import static io.holdfast.broker.internal.journal.OpenLog.segments;
import static io.holdfast.broker.internal.journal.OpenLog.texts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.broker.JournalOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log promises to the broker, on a disk that works. */
class FileLogTest {

    @TempDir
    private Path folder;

    @Test
    void what_was_durable_is_there_again_after_a_restart() {
        List<LogRecord> appended;
        LogRecord full = new LogRecord(0, 0, "näme", 7, true, "tö/pic", "cid", "key", 60, new byte[] {0, -1});
        LogRecord bare = new LogRecord(0, 0, "näme", 9, false, "t", "", null, 0, new byte[0]);
        try (OpenLog open = OpenLog.in(folder, JournalOptions.DEFAULTS)) {
            appended = List.of(open.log.append(full), open.log.append(bare));
            open.await(2);
            assertThat(open.log.pendingBytes()).isZero();
        }
        try (OpenLog open = OpenLog.in(folder, JournalOptions.DEFAULTS)) {
            assertThat(texts(open.readAll())).isEqualTo(texts(appended));
            assertThat(open.log.lastIndex()).isEqualTo(2);
            assertThat(open.log.durableIndex()).isEqualTo(2);
            assertThat(open.log.recoveredSequences()).isEqualTo(Map.of("näme", 9L));
            assertThat(open.append("other", 1, 1).get(0).index()).isEqualTo(3);
        }
    }

    @Test
    void closing_makes_durable_what_was_appended_and_ends_the_thread() {
        OpenLog open = OpenLog.in(folder, JournalOptions.DEFAULTS);
        for (int i = 1; i <= 1_000; i++) {
            open.log.append(record("a", i, "x"));
        }
        open.close();
        open.close();
        assertThat(open.durable()).isEqualTo(1_000);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("holdfast-journal-test"));
        assertThatThrownBy(() -> open.log.append(record("a", 1_001, "x")))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void an_empty_log_has_nothing_and_says_so() {
        try (OpenLog open = OpenLog.in(folder, JournalOptions.DEFAULTS)) {
            assertThat(open.log.firstIndex()).isEqualTo(1);
            assertThat(open.log.lastIndex()).isZero();
            assertThat(open.log.find(NameHash.of("a"), 1)).isEmpty();
            assertThat(open.log.indexAt(Instant.EPOCH)).isEqualTo(1);
            assertThat(open.readAll()).isEmpty();
        }
    }

    @Test
    void a_cursor_follows_the_writer_from_segment_to_segment() {
        try (OpenLog open = OpenLog.in(folder, segments(1_024));
                LogCursor cursor = open.log.cursor(5)) {
            assertThat(cursor.nextIndex()).isEqualTo(5);
            long next = 5;
            for (int round = 0; round < 20; round++) {
                open.append("a", 1 + 10L * round, 10);
                for (LogRecord record : cursor.read(100, 1 << 20)) {
                    assertThat(record.index()).isEqualTo(next);
                    assertThat(record.sequence()).isEqualTo(next);
                    next++;
                }
                assertThat(next).isEqualTo(open.log.lastIndex() + 1);
            }
        }
    }

    @Test
    void a_cursor_on_another_thread_reads_everything_while_it_is_written_and_dropped_behind_it() throws Exception {
        int count = 20_000;
        try (OpenLog open = OpenLog.in(folder, segments(16 << 10).withRetainBytes(32 << 10));
                LogCursor cursor = open.log.cursor(1)) {
            AtomicLong read = new AtomicLong();
            Thread reader = new Thread(() -> {
                while (read.get() < count) {
                    for (LogRecord record : cursor.read(100, 10_000)) {
                        if (record.index() != read.get() + 1 || record.sequence() != record.index()) {
                            return; // shows below
                        }
                        read.set(record.index());
                    }
                    Thread.onSpinWait();
                }
            });
            reader.start();
            for (int i = 1; i <= count; i++) {
                open.log.append(record("a", i, "body " + i));
            }
            open.await(count);
            reader.join(OpenLog.LONG_MILLIS);
            assertThat(read.get()).isEqualTo(count);
        }
    }

    @Test
    void a_read_ends_at_its_bounds() {
        try (OpenLog open = OpenLog.in(folder, JournalOptions.DEFAULTS);
                LogCursor cursor = open.log.cursor(1)) {
            open.append("a", 1, 20);
            assertThat(cursor.read(3, 1_000)).hasSize(3);
            assertThat(cursor.read(100, 7)).as("bodies of six bytes").hasSize(2);
            assertThat(cursor.read(100, 1)).hasSize(1);
        }
    }

    @Test
    void times_never_fall_and_are_found_again() {
        AtomicLong seconds = new AtomicLong(1_000);
        InstantSource clock = () -> Instant.ofEpochSecond(seconds.get());
        try (OpenLog open = OpenLog.in(folder, segments(1_024), clock)) {
            for (int i = 0; i < 100; i++) {
                seconds.set(1_000 + i / 10 * 10);
                open.append("a", i + 1, 1);
            }
            seconds.set(5);
            assertThat(open.append("a", 101, 1).get(0).micros()).isEqualTo(1_090_000_000L);
            assertThat(open.log.indexAt(Instant.EPOCH)).isEqualTo(1);
            assertThat(open.log.indexAt(Instant.ofEpochSecond(1_000))).isEqualTo(1);
            assertThat(open.log.indexAt(Instant.ofEpochSecond(1_000, 1))).isEqualTo(11);
            assertThat(open.log.indexAt(Instant.ofEpochSecond(1_055))).isEqualTo(61);
            assertThat(open.log.indexAt(Instant.ofEpochSecond(1_090))).isEqualTo(91);
            assertThat(open.log.indexAt(Instant.ofEpochSecond(1_091))).isEqualTo(102);
            assertThat(open.log.indexAt(Instant.MAX)).isEqualTo(102);
        }
    }

    @Test
    void a_publishers_record_is_found_by_its_very_sequence() {
        try (OpenLog open = OpenLog.in(folder, segments(2_048))) {
            for (int i = 0; i < 50; i++) {
                for (String name : List.of("a", "b", "c")) {
                    open.log.append(record(name, 10L * i + name.charAt(0), "x"));
                }
            }
            open.await(150);
            assertThat(open.log.find(NameHash.of("b"), 10 * 33 + 'b')).isEqualTo(OptionalLong.of(3 * 33 + 2));
            assertThat(open.log.find(NameHash.of("b"), 10 * 33 + 'c')).isEmpty();
            assertThat(open.log.find(NameHash.of("d"), 10)).isEmpty();
            assertThat(open.log.find("not a hash", 10)).isEmpty();
        }
    }

    @Test
    void a_record_that_is_too_large_is_refused_and_the_log_goes_on() {
        FileLogOptions options = FileLogOptions.in(folder, "test").withMaxRecordBytes(200);
        try (FileLog log = FileLog.open(options, InstantSource.system(), Runnable::run)) {
            assertThatThrownBy(() -> log.append(record("a", 1, "x".repeat(200))))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(log.append(record("a", 1, "x")).index()).isEqualTo(1);
        }
    }

    @Test
    void a_record_larger_than_a_segment_and_its_buffers_is_kept_whole() {
        String large = "x".repeat(1_000_000);
        try (OpenLog open = OpenLog.in(folder, segments(1_024))) {
            open.log.append(record("a", 1, "small"));
            open.log.append(record("a", 2, large));
            open.log.append(record("a", 3, "small"));
            open.await(3);
        }
        try (OpenLog open = OpenLog.in(folder, segments(1_024))) {
            assertThat(open.readAll()).hasSize(3);
            assertThat(new String(open.readAll().get(1).body(), UTF_8)).isEqualTo(large);
        }
    }

    @Test
    void files_are_for_their_owner_only() throws Exception {
        Path made = folder.resolve("a/b");
        try (OpenLog open = OpenLog.in(made, JournalOptions.DEFAULTS)) {
            open.append("a", 1, 1);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
        try (var files = Files.list(made)) {
            assertThat(files.toList())
                    .hasSize(3)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void an_interrupted_close_writes_what_waits_and_frees_the_folder() {
        OpenLog open = OpenLog.in(folder, JournalOptions.DEFAULTS);
        for (int i = 1; i <= 1_000; i++) {
            open.log.append(OpenLog.record("a", i, "x".repeat(1_000)));
        }
        Thread.currentThread().interrupt();
        try {
            open.close();
        } finally {
            assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        }
        try (OpenLog again = OpenLog.in(folder, JournalOptions.DEFAULTS)) {
            assertThat(again.log.lastIndex()).isEqualTo(1_000);
        }
    }
}
