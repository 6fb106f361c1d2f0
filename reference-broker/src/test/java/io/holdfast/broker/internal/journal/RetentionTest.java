package io.holdfast.broker.internal.journal;

import static io.holdfast.broker.internal.journal.OpenLog.segments;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is dropped, what is held, and what outlives its records. */
class RetentionTest {

    @TempDir
    private Path folder;

    private final AtomicLong seconds = new AtomicLong(1_000);

    @Test
    void the_oldest_segments_go_when_the_log_is_too_large() throws Exception {
        try (OpenLog open = OpenLog.in(folder, segments(1_024).withRetainBytes(4_096))) {
            open.append("a", 1, 500);
            long first = open.log.firstIndex();
            assertThat(first).isBetween(400L, 500L);
            assertThat(open.log.find(NameHash.of("a"), first - 1)).isEmpty();
            assertThat(open.log.find(NameHash.of("a"), first)).hasValue(first);
            assertThat(open.log.indexAt(Instant.EPOCH)).isEqualTo(first);
            assertThat(open.readAll().get(0).index()).isEqualTo(first);
        }
        assertThat(JournalFiles.list(folder, Segment.SUFFIX)).hasSizeBetween(3, 5);
    }

    @Test
    void a_publisher_whose_records_are_all_gone_keeps_its_sequence() {
        try (OpenLog open = OpenLog.in(folder, segments(1_024).withRetainBytes(2_048))) {
            open.append("early", 41, 2);
            open.append("a", 1, 300);
            assertThat(open.log.find(NameHash.of("early"), 42)).isEmpty();
        }
        try (OpenLog open = OpenLog.in(folder, segments(1_024))) {
            assertThat(open.log.recoveredSequences()).isEqualTo(Map.of("early", 42L, "a", 300L));
        }
    }

    @Test
    void a_cursor_holds_its_segment_and_what_follows_until_it_moves_on() {
        try (OpenLog open = OpenLog.in(folder, segments(1_024).withRetainBytes(2_048));
                LogCursor cursor = open.log.cursor(1)) {
            open.append("a", 1, 300);
            assertThat(open.log.firstIndex()).isEqualTo(1);
            assertThat(cursor.read(200, 1 << 20)).hasSize(200);
            open.append("a", 301, 100);
            assertThat(open.log.firstIndex()).isBetween(180L, 201L);
            assertThat(cursor.read(200, 1 << 20)).hasSize(200);
        }
    }

    @Test
    void a_cursor_that_was_closed_holds_nothing() {
        try (OpenLog open = OpenLog.in(folder, segments(1_024).withRetainBytes(2_048))) {
            LogCursor cursor = open.log.cursor(1);
            open.append("a", 1, 100);
            cursor.close();
            cursor.close();
            open.append("a", 101, 300);
            assertThat(open.log.firstIndex()).isGreaterThan(300);
        }
    }

    @Test
    void segments_go_when_their_last_record_is_too_old_but_never_the_one_being_written() {
        var options = segments(1_024).withRetainAge(Duration.ofMinutes(10));
        try (OpenLog open = OpenLog.in(folder, options, () -> Instant.ofEpochSecond(seconds.get()))) {
            open.append("a", 1, 100);
            seconds.addAndGet(599);
            open.append("a", 101, 20);
            assertThat(open.log.firstIndex()).isEqualTo(1);
            seconds.addAndGet(2);
            open.append("a", 121, 20);
            assertThat(open.log.firstIndex()).isBetween(80L, 101L);
            seconds.addAndGet(10_000);
            open.append("a", 141, 20);
            assertThat(open.readAll()).isNotEmpty();
        }
    }
}
