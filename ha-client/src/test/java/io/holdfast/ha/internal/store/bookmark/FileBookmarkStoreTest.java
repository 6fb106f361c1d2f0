package io.holdfast.ha.internal.store.bookmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.error.StoreException;
import io.holdfast.client.error.StoreException.Trouble;
import io.holdfast.ha.store.BookmarkStoreOptions.Sync;
import io.holdfast.testkit.fs.FaultFileSystem;
import io.holdfast.testkit.fs.TemporaryFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.AfterTry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FileBookmarkStoreTest extends BookmarkStoreContract {

    /** So small that a snapshot is due after a few records. */
    private static final long OFTEN = 200;

    private final Map<BookmarkStore, Path> folders = new HashMap<>();
    private final TemporaryFolder folder = TemporaryFolder.create("holdfast-bookmarks");
    private final Path temp = folder.path();

    /** A property opens stores again in its next try. */
    @AfterTry
    void empty() {
        folders.keySet().forEach(BookmarkStore::close);
        folder.clear();
    }

    @AfterEach
    @AfterProperty
    void delete() {
        folders.keySet().forEach(BookmarkStore::close);
        folder.close();
    }

    @Override
    BookmarkStore fresh() {
        return open(temp.resolve("store"));
    }

    @Override
    BookmarkStore reopened(BookmarkStore store) {
        store.close();
        return open(folders.get(store));
    }

    private BookmarkStore open(Path folder) {
        BookmarkStore store = FileBookmarkStore.open(folder, "orders-1", Sync.INTERVAL, OFTEN);
        folders.put(store, folder);
        return store;
    }

    private Path file() {
        return temp.resolve("store").resolve(BookmarkLog.FILE);
    }

    @Test
    void the_file_is_its_owners_alone_and_grows_only_so_far() throws Exception {
        try (BookmarkStore store = fresh()) {
            BookmarkStore.Progress progress = store.open(id("a"), null);
            long largest = 0;
            for (long sequence = 1; sequence <= 1_000; sequence++) {
                progress.apply(passed(1, sequence));
                store.tend();
                largest = Math.max(largest, Files.size(file()));
            }

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                    .isEqualTo("rw-------");
            assertThat(largest).isLessThan(1_000);
        }
    }

    @Test
    void a_second_client_is_kept_out() {
        try (BookmarkStore store = fresh()) {
            assertThat(store).isNotNull();
            assertThatThrownBy(this::fresh)
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.IN_USE));
        }
    }

    @Test
    void another_name_is_refused_and_the_folder_stays_free() {
        fresh().close();

        assertThatThrownBy(() -> FileBookmarkStore.open(temp.resolve("store"), "orders-2", Sync.NEVER))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.OTHER_NAME))
                .hasMessageContaining("orders-1")
                .hasMessageContaining("orders-2");
        fresh().close();
    }

    @Test
    void an_unfinished_end_of_any_length_is_cut_off_and_the_rest_stays() throws Exception {
        BookmarkStore store = fresh();
        BookmarkStore.Progress progress = store.open(id("a"), null);
        for (long sequence = 1; sequence <= 3; sequence++) {
            progress.apply(passed(1, sequence));
        }
        byte[] whole = Files.readAllBytes(file());
        store.close();
        int record = RecordReader.OVERHEAD + 20;
        for (int missing = 0; missing <= 2 * record; missing++) {
            Files.write(file(), Arrays.copyOf(whole, whole.length - missing));

            try (BookmarkStore again = fresh()) {
                long expected = 3L - (missing + record - 1) / record;
                AcknowledgedPoint point = again.open(id("a"), null).point();
                assertThat(point.passed().highest(1)).as("%d missing", missing).isEqualTo(expected);
                again.open(id("a"), null).apply(passed(1, 99));
            }
            try (BookmarkStore again = fresh()) {
                assertThat(again.open(id("a"), null).point().passed().highest(1))
                        .isEqualTo(99);
            }
        }
    }

    @Test
    void an_end_of_noise_is_cut_off() throws Exception {
        BookmarkStore store = fresh();
        store.open(id("a"), null).apply(passed(1, 7));
        store.close();
        byte[] whole = Files.readAllBytes(file());
        for (byte noise : new byte[] {0, -1, 16, 7}) {
            byte[] longer = Arrays.copyOf(whole, whole.length + 100);
            Arrays.fill(longer, whole.length, longer.length, noise);
            Files.write(file(), longer);
            try (BookmarkStore again = fresh()) {
                assertThat(again.open(id("a"), null).point().passed().highest(1))
                        .isEqualTo(7);
            }
        }
    }

    @Test
    void a_changed_byte_before_what_was_forced_is_damage_and_nothing_is_touched() throws Exception {
        BookmarkStore store = FileBookmarkStore.open(temp.resolve("store"), "orders-1", Sync.ALWAYS);
        BookmarkStore.Progress progress = store.open(id("a"), null);
        progress.apply(passed(1, 1));
        progress.apply(passed(1, 2));
        progress.apply(passed(1, 3)); // carries the mark for the one before
        store.close();
        byte[] whole = Files.readAllBytes(file());
        int last = whole.length - (RecordReader.OVERHEAD + 20) - (RecordReader.OVERHEAD + 16);
        for (int at = 0; at < last; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            Files.write(file(), damaged);

            int changed = at;
            assertThatThrownBy(this::fresh)
                    .as("byte %d", changed)
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            e -> assertThat(e.trouble()).isIn(Trouble.DAMAGED, Trouble.FOREIGN, Trouble.OTHER_NAME));
            assertThat(file()).hasBinaryContent(damaged);
        }
    }

    @Test
    void an_interrupt_waits_until_the_acknowledgement_is_written() throws Exception {
        try (BookmarkStore store = fresh()) {
            BookmarkStore.Progress progress = store.open(id("a"), null);
            Thread.currentThread().interrupt();
            progress.apply(passed(1, 1));
            assertThat(Thread.interrupted()).isTrue();
            progress.apply(passed(1, 2));
        }
        try (BookmarkStore store = fresh()) {
            assertThat(store.open(id("a"), null).point().passed().highest(1)).isEqualTo(2);
        }
    }

    @Test
    void an_interrupt_while_the_disk_is_waited_for_does_no_harm() throws Exception {
        try (FaultFileSystem files = FaultFileSystem.over(temp)) {
            Path file = temp.resolve("store").resolve(BookmarkLog.FILE);
            try (BookmarkStore store = FileBookmarkStore.open(files.root().resolve("store"), "orders-1", Sync.ALWAYS)) {
                BookmarkStore.Progress progress = store.open(id("a"), null);
                List<Integer> left = new ArrayList<>(List.of(1, 2));
                files.faults().before("fsync", () -> {
                    if (!left.isEmpty()) {
                        left.remove(0);
                        Thread.currentThread().interrupt();
                    }
                });
                progress.apply(passed(1, 1));
                assertThat(Thread.interrupted()).isTrue();
                progress.apply(passed(1, 2));
                long size = Files.size(file);
                progress.apply(passed(1, 3));
                assertThat(Files.size(file))
                        .as("what is acknowledged is written")
                        .isGreaterThan(size);
            }
        }
        try (BookmarkStore store = fresh()) {
            assertThat(store.open(id("a"), null).point().passed().highest(1)).isEqualTo(3);
        }
    }

    @Test
    void a_snapshot_that_cannot_be_written_leaves_the_file_as_it_is_and_is_tried_again() throws Exception {
        Path inTheWay = temp.resolve("store").resolve(BookmarkLog.FILE + ".tmp");
        try (BookmarkStore store = fresh()) {
            Files.createDirectory(inTheWay);
            BookmarkStore.Progress progress = store.open(id("a"), null);
            for (long sequence = 1; sequence <= 20; sequence++) {
                progress.apply(passed(1, sequence));
                store.tend();
            }
            long grown = Files.size(file());
            Files.delete(inTheWay);
            store.tend();

            assertThat(grown).isGreaterThan(20 * 27);
            assertThat(Files.size(file())).isLessThan(grown);
            assertThat(progress.point().passed().highest(1)).isEqualTo(20);
        }
        try (BookmarkStore store = fresh()) {
            assertThat(store.open(id("a"), null).point().passed().highest(1)).isEqualTo(20);
        }
    }

    @Test
    void damage_names_the_file_and_the_remedy() throws Exception {
        fresh().close();
        Files.write(file(), "not a store".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThatThrownBy(this::fresh)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.FOREIGN))
                .hasMessageContaining(file().toString())
                .hasMessageContaining("move the file away");
    }
}
