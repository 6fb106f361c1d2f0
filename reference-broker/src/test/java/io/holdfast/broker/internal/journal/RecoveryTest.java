package io.holdfast.broker.internal.journal;

import static io.holdfast.broker.internal.journal.OpenLog.record;
import static io.holdfast.broker.internal.journal.OpenLog.segments;
import static io.holdfast.broker.internal.journal.OpenLog.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.broker.JournalOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start does with files that are not what was written. */
class RecoveryTest {

    private static final JournalOptions SMALL = segments(1_024);
    private static final JournalOptions REPAIR = SMALL.withRepair(true);

    @TempDir
    private Path folder;

    @Test
    void a_tail_that_is_cut_anywhere_is_dropped_and_what_precedes_is_kept() throws Exception {
        List<LogRecord> written = write(5);
        Path file = onlyFile();
        byte[] whole = Files.readAllBytes(file);
        int lastRecord = whole.length - (int) RecordFormat.size(written.get(4));
        for (int length = lastRecord; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (OpenLog open = OpenLog.in(folder, SMALL)) {
                assertThat(texts(open.readAll())).isEqualTo(texts(written.subList(0, 4)));
                assertThat(Files.size(file)).isEqualTo(lastRecord);
                assertThat(open.log.recoveredSequences()).isEqualTo(Map.of("a", 4L));
            }
        }
    }

    @Test
    void a_tail_of_noise_is_dropped_and_the_log_goes_on_after_it() throws Exception {
        write(5);
        Files.write(onlyFile(), new byte[10_000], StandardOpenOption.APPEND);
        try (OpenLog open = OpenLog.in(folder, SMALL)) {
            open.append("a", 6, 1);
        }
        try (OpenLog open = OpenLog.in(folder, SMALL)) {
            assertThat(open.readAll()).hasSize(6);
        }
    }

    @Test
    void any_flipped_bit_before_durable_records_is_refused_with_file_place_and_remedy() throws Exception {
        write(6);
        Path file = onlyFile();
        byte[] whole = Files.readAllBytes(file);
        for (int place = 0; place < whole.length - 2 * (int) RecordFormat.size(record("a", 5, "body 5")); place++) {
            flip(file, place, 1 << place % 8);
            if (place < 8 || place >= 12) { // the version is told apart below
                assertThatThrownBy(() -> OpenLog.in(folder, SMALL))
                        .as("byte %d", place)
                        .isInstanceOf(JournalException.class)
                        .hasMessageContaining(file.toString())
                        .hasMessageContaining("at byte ")
                        .hasMessageContaining("--repair");
            }
            Files.write(file, whole);
        }
        OpenLog.in(folder, SMALL).close();
    }

    @Test
    void a_hole_in_the_batch_that_was_being_written_is_a_torn_tail() throws Exception {
        List<LogRecord> written = write(3);
        Path file = onlyFile();
        long batch = Files.size(file);
        // The record after the hole says that the one in the hole was not forced yet when it was written.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long salt = SegmentHead.read(file).head().salt();
            channel.position(batch);
            JournalFiles.write(channel, ByteBuffer.allocate(70));
            JournalFiles.write(
                    channel,
                    ByteBuffer.wrap(encoded(record("a", 5, "in the same batch").at(5, 9), 1, salt)));
        }
        try (OpenLog open = OpenLog.in(folder, SMALL)) {
            assertThat(texts(open.readAll())).isEqualTo(texts(written));
        }
    }

    @Test
    void a_body_that_holds_a_record_does_not_pass_for_one() throws Exception {
        write(3);
        long salt = SegmentHead.read(onlyFile()).head().salt();
        appendTorn(salt + 1);
        try (OpenLog open = OpenLog.in(folder, SMALL)) {
            assertThat(open.readAll()).hasSize(3);
        }
        appendTorn(salt);
        assertThatThrownBy(() -> OpenLog.in(folder, SMALL))
                .as("the same with the salt, which nobody knows")
                .hasMessageContaining("record 5 follows");
    }

    /** Record 4, cut short, in whose body there is a whole record 5 that claims to be a later batch's. */
    private void appendTorn(long salt) throws IOException {
        byte[] forged = encoded(record("a", 9, "forged").at(5, 9), 0, salt);
        try (OpenLog open = OpenLog.in(folder, SMALL)) {
            open.log.append(new LogRecord(
                    0, 0, "a", 4, false, "orders", null, null, -1, Arrays.copyOf(forged, forged.length + 200)));
            open.await(4);
        }
        try (FileChannel channel = FileChannel.open(onlyFile(), StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 100);
        }
    }

    @Test
    void a_missing_segment_is_refused_with_what_is_missing() throws Exception {
        write(40);
        List<Path> files = files();
        Files.delete(files.get(1));
        assertThatThrownBy(() -> OpenLog.in(folder, SMALL))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(files.get(2).toString())
                .hasMessageContaining("missing");
    }

    @Test
    void a_newer_format_is_refused_and_not_touched() throws Exception {
        write(3);
        byte[] whole = Files.readAllBytes(onlyFile());
        whole[11] = 2;
        Files.write(onlyFile(), whole);
        assertThatThrownBy(() -> OpenLog.in(folder, REPAIR)).hasMessageContaining("format version 2");
        assertThat(Files.readAllBytes(onlyFile())).isEqualTo(whole);
    }

    @Test
    void repair_keeps_what_precedes_the_damage_and_moves_the_rest_aside() throws Exception {
        List<LogRecord> written = write(60);
        List<Path> files = files();
        int damaged = 2;
        byte[] whole = Files.readAllBytes(files.get(damaged));
        flip(files.get(damaged), whole.length - 90, 4);
        byte[] asFound = Files.readAllBytes(files.get(damaged));

        List<LogRecord> kept;
        try (OpenLog open = OpenLog.in(folder, REPAIR, InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z")))) {
            kept = open.readAll();
            assertThat(texts(kept)).isEqualTo(texts(written.subList(0, kept.size())));
            long next = Long.parseLong(JournalFiles.name(files.get(damaged + 1)).substring(0, 20));
            assertThat(kept.size()).isBetween((int) next - 4, (int) next - 2);
            open.append("a", 1_000, 3);
        }
        Path aside = folder.resolve("damaged-20260102T030405Z");
        assertThat(Files.readAllBytes(aside.resolve(files.get(damaged).getFileName())))
                .isEqualTo(asFound);
        try (Stream<Path> moved = Files.list(aside)) {
            assertThat(moved).hasSize(files.size() - damaged);
        }
        try (OpenLog open = OpenLog.in(folder, SMALL)) {
            assertThat(open.readAll()).hasSize(kept.size() + 3);
        }
    }

    @Test
    void repair_of_a_first_head_leaves_an_empty_log() throws Exception {
        write(60);
        flip(files().get(0), 30, 1);
        try (OpenLog open = OpenLog.in(folder, REPAIR)) {
            assertThat(open.readAll()).isEmpty();
            open.append("a", 1, 1);
        }
    }

    @Test
    void an_unfinished_segment_is_removed() throws Exception {
        write(3);
        Path unfinished = Files.write(folder.resolve("00000000000000000004.journal.tmp"), new byte[] {1, 2});
        OpenLog.in(folder, SMALL).close();
        assertThat(unfinished).doesNotExist();
    }

    private List<LogRecord> write(int count) {
        try (OpenLog open = OpenLog.in(folder, SMALL)) {
            for (int i = 1; i <= count; i++) {
                open.append("a", i, 1); // a batch each
            }
            return open.readAll();
        }
    }

    private static byte[] encoded(LogRecord record, int unforced, long salt) {
        byte[] header = RecordFormat.header(record, new byte[] {'a'});
        RecordFormat.setUnforced(header, unforced);
        return ByteBuffer.allocate(RecordFormat.FRAME + header.length + record.body().length)
                .putInt(header.length + record.body().length)
                .putInt(new RecordChecksum(salt).of(header, record.body()))
                .put(header)
                .put(record.body())
                .array();
    }

    private static void flip(Path file, int place, int bits) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[place] ^= (byte) bits;
        Files.write(file, bytes);
    }

    private List<Path> files() throws IOException {
        return JournalFiles.list(folder, Segment.SUFFIX);
    }

    private Path onlyFile() throws IOException {
        assertThat(files()).hasSize(1);
        return files().get(0);
    }
}
