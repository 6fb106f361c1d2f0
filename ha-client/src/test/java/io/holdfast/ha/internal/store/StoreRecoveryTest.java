package io.holdfast.ha.internal.store;

import static io.holdfast.ha.internal.store.StoreFixture.forget;
import static io.holdfast.ha.internal.store.StoreFixture.logon;
import static io.holdfast.ha.internal.store.StoreFixture.request;
import static io.holdfast.ha.internal.store.StoreFixture.waiting;
import static io.holdfast.ha.internal.store.StoreFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.error.StoreException;
import io.holdfast.client.error.StoreException.Trouble;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.InDoubtPolicy;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.ha.store.PublishStoreOptions;
import io.holdfast.testkit.fs.FaultFileSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a store finds when it is opened again, and what it refuses. */
class StoreRecoveryTest {

    @TempDir
    Path temp;

    private StoreFixture fixture() {
        return StoreFixture.file(temp.resolve("store"));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(temp.resolve("store"))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    private static void assertTrouble(StoreFixture fixture, Trouble trouble, String remedy) {
        assertThatThrownBy(fixture::open)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.trouble()).isEqualTo(trouble))
                .hasMessageContaining(remedy);
    }

    @Test
    void messages_numbers_and_ages_outlive_the_process() {
        StoreFixture fixture = fixture();
        PublishStore store = fixture.open(1);
        store.append(request("a"));
        store.append(request("b"));
        store.append(request("c"));
        logon(store, 0);
        List<Long> before = write(store, 3);
        forget(store, store.confirm(before.get(0)));
        store.close(StoreFixture.SECOND);
        fixture.clock.advance(Duration.ofHours(2));

        PublishStore again = fixture.open(2);
        assertThat(waiting(again)).containsExactly("2 b", "3 c");
        assertThat(again.status().oldestAge()).isEqualTo(Duration.ofHours(2));
        assertThat(again.append(request("d")).id()).isEqualTo(4);
        logon(again, before.get(2));
        List<Long> after = write(again, 9);
        assertThat(after.subList(0, 2)).isEqualTo(before.subList(1, 3));
        assertThat(after.get(2)).isGreaterThan(before.get(2));
        again.close(StoreFixture.SECOND);
    }

    @Test
    void the_highest_number_survives_when_everything_is_settled() {
        StoreFixture fixture = fixture();
        long highest = 0;
        for (int life = 0; life < 3; life++) {
            PublishStore store = fixture.open(life);
            store.append(request("a"));
            logon(store, 0);
            long sequence = write(store, 1).get(0);
            assertThat(sequence).isGreaterThan(highest);
            highest = sequence;
            forget(store, store.confirm(sequence));
            assertThat(store.size()).isZero();
            store.close(StoreFixture.SECOND);
        }
    }

    @Test
    void files_that_hold_nothing_unsettled_are_deleted_those_in_the_middle_too() throws IOException {
        StoreFixture fixture = fixture();
        PublishStore store = fixture.open();
        for (int i = 0; i < 12; i++) {
            store.append(request("m" + i, 1_500));
        }
        assertThat(files()).hasSize(6);
        forget(store, store.take(5));
        forget(store, store.take(6));
        fixture.thread.secondPasses();
        assertThat(files()).hasSize(5);
        store.close(StoreFixture.SECOND);
        PublishStore again = fixture.open();
        assertThat(waiting(again)).hasSize(10).contains("4 m3", "7 m6");
        forget(again, again.takeAll());
        fixture.thread.secondPasses();
        assertThat(files()).hasSize(1);
        assertThat(fixture.thread.isIdle()).isTrue();
        again.close(StoreFixture.SECOND);
    }

    @Test
    void doubt_outlives_the_process() {
        StoreFixture fixture = fixture();
        PublishStore store = fixture.open();
        store.append(request("a"));
        logon(store, 0);
        long written = write(store, 1).get(0);
        store.foreign((written + 40_000) ^ 1, InDoubtPolicy.HOLD);
        store.startWriting().toCompletableFuture().join();
        store.append(request("b"));
        store.close(StoreFixture.SECOND);

        PublishStore again = fixture.open();
        assertThat(again.doubtfulIds()).containsExactly(1L);
        assertThat(waiting(again)).containsExactly("2 b");
        StoredPublish doubtful = again.findDoubtful(1);
        assertThat(again.resendDoubtful(doubtful, again.read(doubtful))).isTrue();
        again.close(StoreFixture.SECOND);

        PublishStore third = fixture.open();
        assertThat(third.doubtfulIds()).isEmpty();
        assertThat(waiting(third)).containsExactly("2 b", "3 a");
        third.close(StoreFixture.SECOND);
    }

    @Test
    void a_torn_end_is_cut_off_wherever_it_is_torn() throws IOException {
        StoreFixture fixture = fixture();
        PublishStore store = fixture.open();
        store.append(request("a"));
        store.close(StoreFixture.SECOND);
        Path file = files().get(0);
        long one = Files.size(file);
        byte[] whole;
        try (PublishStoreCloser two = new PublishStoreCloser(fixture.open())) {
            two.store.append(request("b"));
            whole = Files.readAllBytes(file);
        }
        for (int length = (int) one; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (PublishStoreCloser again = new PublishStoreCloser(fixture.open())) {
                assertThat(waiting(again.store)).containsExactly("1 a");
                again.store.append(request("c"));
            }
            try (PublishStoreCloser again = new PublishStoreCloser(fixture.open())) {
                assertThat(waiting(again.store)).containsExactly("1 a", "2 c");
            }
        }
    }

    @Test
    void a_flipped_bit_anywhere_but_in_the_last_record_is_refused_and_nothing_is_touched() throws IOException {
        StoreFixture fixture = fixture();
        PublishStore store = fixture.open();
        store.append(request("a"));
        int middle = (int) Files.size(files().get(0));
        store.append(request("b"));
        store.close(StoreFixture.SECOND);
        Path file = files().get(0);
        byte[] whole = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(1);
        for (int at = 0; at < middle; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            assertThatThrownBy(fixture::open)
                    .as("byte %s", at)
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.DAMAGED));
            assertThat(file).hasBinaryContent(damaged);
        }
        assertTrouble(fixture, Trouble.DAMAGED, "truncate");
    }

    @Test
    void the_remedy_works() throws IOException {
        StoreFixture fixture = fixture();
        PublishStore store = fixture.open();
        store.append(request("a"));
        int middle = (int) Files.size(files().get(0));
        store.append(request("b"));
        store.append(request("c"));
        store.close(StoreFixture.SECOND);
        Path file = files().get(0);
        byte[] whole = Files.readAllBytes(file);
        whole[middle + 12] ^= 1;
        Files.write(file, whole);
        assertTrouble(fixture, Trouble.DAMAGED, "truncate -s " + middle);
        Files.write(file, Arrays.copyOf(whole, middle));
        try (PublishStoreCloser again = new PublishStoreCloser(fixture.open())) {
            assertThat(waiting(again.store)).containsExactly("1 a");
        }
    }

    /** As if the power had failed: nothing that the store does afterwards is seen. */
    private StoreFixture copied() throws IOException {
        Path after = Files.createDirectory(temp.resolve("after"));
        for (Path file : files()) {
            Files.copy(file, after.resolve(file.getFileName()));
        }
        return StoreFixture.file(after);
    }

    @ParameterizedTest
    @EnumSource(PublishStoreOptions.Sync.class)
    void a_power_failure_that_kept_the_end_and_lost_the_middle_is_no_damage(PublishStoreOptions.Sync sync)
            throws IOException {
        StoreFixture fixture = StoreFixture.file(temp.resolve("store"), sync);
        PublishStore store = fixture.open();
        store.append(request("promised"));
        store.awaitDurable();
        long at = Files.size(files().get(0));
        store.append(request("first", 500));
        store.append(request("second", 500)); // nothing has waited for them
        StoreFixture after = copied();
        overwrite(after.folder.resolve("publish-0000000001.log"), at, new byte[300]);

        try (PublishStoreCloser again = new PublishStoreCloser(after.open())) {
            assertThat(waiting(again.store)).containsExactly("1 promised", "3 second");
            again.store.append(request("third"));
        }
        try (PublishStoreCloser again = new PublishStoreCloser(after.open())) {
            assertThat(waiting(again.store)).containsExactly("1 promised", "3 second", "4 third");
        }
        store.close(StoreFixture.SECOND);
    }

    @Test
    void what_was_promised_is_missed() throws IOException {
        PublishStore store = fixture().open();
        long at = Files.size(files().get(0));
        store.append(request("promised", 500));
        store.awaitDurable();
        store.append(request("first", 500));
        StoreFixture after = copied();
        overwrite(after.folder.resolve("publish-0000000001.log"), at, new byte[300]);
        assertTrouble(after, Trouble.DAMAGED, "byte " + at + " begins no record");
        store.close(StoreFixture.SECOND);
    }

    @Test
    void a_power_failure_that_lost_the_end_of_a_full_file_is_no_damage() throws IOException {
        PublishStore store = fixture().open();
        store.append(request("promised", 1_500));
        store.awaitDurable();
        long at = Files.size(files().get(0));
        store.append(request("first", 1_500));
        store.append(request("second", 1_500)); // begins the second file; nothing has waited for them
        StoreFixture after = copied();
        try (FileChannel full =
                FileChannel.open(after.folder.resolve("publish-0000000001.log"), StandardOpenOption.WRITE)) {
            full.truncate(at + 100);
        }
        for (int i = 0; i < 2; i++) {
            try (PublishStoreCloser again = new PublishStoreCloser(after.open())) {
                assertThat(waiting(again.store)).containsExactly("1 promised", "3 second");
            }
        }
        store.close(StoreFixture.SECOND);
    }

    @Test
    void a_power_failure_that_lost_the_beginning_of_a_new_file_is_no_damage() throws IOException {
        PublishStore store = fixture().open();
        store.append(request("promised", 3_500));
        store.awaitDurable();
        store.append(request("first", 1_500)); // begins the second file
        StoreFixture after = copied();
        overwrite(after.folder.resolve("publish-0000000002.log"), 0, new byte[64]);

        try (PublishStoreCloser again = new PublishStoreCloser(after.open())) {
            assertThat(waiting(again.store)).containsExactly("1 promised");
            again.store.append(request("again", 1_500));
        }
        assertThat(after.folder.resolve("publish-0000000002.log.lost")).exists();
        store.close(StoreFixture.SECOND);
    }

    @Test
    void a_log_in_the_body_of_a_message_is_not_read_as_one() throws IOException {
        PublishStore store = fixture().open();
        store.append(request("promised"));
        int length = (int) Files.size(files().get(0));
        byte[] log = Files.readAllBytes(files().get(0));
        store.append(PublishRequest.of(Topic.of("t"), Payload.wrap(log)));
        StoreFixture after = copied();
        overwrite(after.folder.resolve("publish-0000000001.log"), length, new byte[8]);
        try (PublishStoreCloser again = new PublishStoreCloser(after.open())) {
            assertThat(waiting(again.store)).containsExactly("1 promised");
            assertThat(again.store.lastId()).isEqualTo(1);
        }
        store.close(StoreFixture.SECOND);
    }

    private static void overwrite(Path file, long at, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), at);
        }
    }

    @Test
    void a_missing_file_is_refused() throws IOException {
        StoreFixture fixture = fixture();
        PublishStore store = fixture.open();
        for (int i = 0; i < 6; i++) {
            store.append(request("m" + i, 1_500));
        }
        store.close(StoreFixture.SECOND);
        Files.delete(files().get(1));
        assertTrouble(fixture, Trouble.DAMAGED, "2 messages are missing");
    }

    @Test
    void another_name_is_refused() {
        StoreFixture fixture = fixture();
        fixture.open().close(StoreFixture.SECOND);
        assertThatThrownBy(() -> PublishStores.file(
                        fixture.options,
                        fixture.folder,
                        "billing",
                        new ManualStoreThread(),
                        fixture.clock,
                        new SplittableRandom(1)))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.OTHER_NAME))
                .hasMessageContaining("orders");
        fixture.open().close(StoreFixture.SECOND);
    }

    @Test
    void a_file_of_another_version_is_refused_and_not_taken_for_damage() throws IOException {
        StoreFixture fixture = fixture();
        fixture.open().close(StoreFixture.SECOND);
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(files().get(0)));
        file.putInt(PublishRecords.PRELUDE + 8, PublishRecords.VERSION - 1);
        CRC32C crc = new CRC32C();
        crc.update(file.array(), 0, 4);
        crc.update(file.array(), 8, file.getInt(0));
        file.putInt(4, (int) crc.getValue());
        Files.write(files().get(0), file.array());
        assertTrouble(fixture, Trouble.FOREIGN, "use the version of the SDK that wrote it");
    }

    @Test
    void a_folder_has_one_owner_at_a_time() {
        StoreFixture fixture = fixture();
        PublishStore store = fixture.open();
        assertTrouble(fixture(), Trouble.IN_USE, "folder of its own");
        store.close(StoreFixture.SECOND);
        fixture.open().close(StoreFixture.SECOND);
    }

    @Test
    void files_are_for_their_owner_only() throws IOException {
        StoreFixture fixture = fixture();
        PublishStore store = fixture.open();
        assertThat(Files.getPosixFilePermissions(files().get(0)))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(fixture.folder))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        store.close(StoreFixture.SECOND);
    }

    @Test
    void a_thread_that_is_interrupted_publishes_all_the_same_and_stays_interrupted() {
        PublishStore store = fixture().open();
        Thread.currentThread().interrupt();
        StoredPublish entry = store.append(request("a"));
        store.awaitDurable();
        assertThat(store.read(entry)).isNotNull();
        assertThat(Thread.interrupted()).isTrue();
        store.append(request("b"));
        store.close(StoreFixture.SECOND);
    }

    @Test
    void a_thread_that_is_interrupted_may_begin_a_file() {
        PublishStore store = fixture().open();
        for (int i = 0; i < 5; i++) { // the third begins a file
            Thread.currentThread().interrupt();
            store.append(request("m" + i, 1_500));
            store.awaitDurable();
            assertThat(Thread.interrupted()).isTrue();
        }
        store.append(request("after"));
        store.awaitDurable();
        store.close(StoreFixture.SECOND);
    }

    @Test
    void threads_that_wait_for_the_disk_at_the_same_time_wait_for_one_write_of_it() throws Exception {
        int threads = 8;
        CountDownLatch firstForces = new CountDownLatch(1);
        CountDownLatch allWrote = new CountDownLatch(1);
        List<Long> forced = new ArrayList<>();
        ForcedDisk disk = new ForcedDisk(1);
        GroupCommit commit = new GroupCommit(disk, Runnable::run);
        disk.answer = () -> {
            forced.add(disk.written);
            if (forced.size() == 1) {
                firstForces.countDown();
                await(allWrote);
            }
        };
        List<Thread> waiting = new ArrayList<>();
        Thread first = new Thread(() -> commitUnchecked(commit, 1));
        first.start();
        firstForces.await();
        disk.written = threads;
        for (int i = 2; i <= threads; i++) {
            long bytes = i;
            Thread thread = new Thread(() -> commitUnchecked(commit, bytes));
            thread.start();
            waiting.add(thread);
        }
        for (Thread thread : waiting) {
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
        }
        allWrote.countDown();
        first.join();
        for (Thread thread : waiting) {
            thread.join();
        }
        assertThat(forced).containsExactly(1L, (long) threads);
    }

    @Test
    void a_message_costs_one_write_and_only_always_waits_for_the_disk() throws IOException {
        for (PublishStoreOptions.Sync sync : PublishStoreOptions.Sync.values()) {
            FaultFileSystem files = FaultFileSystem.over(Files.createDirectory(temp.resolve(sync.name())));
            PublishStore store =
                    StoreFixture.file(files.root().resolve("store"), sync).open();
            logon(store, 0);
            List<String> expected = sync == PublishStoreOptions.Sync.ALWAYS
                    ? List.of("write publish-0000000001.log", "fsync publish-0000000001.log")
                    : List.of("write publish-0000000001.log");
            for (int i = 0; i < 5; i++) {
                int before = files.faults().steps().size();
                store.append(request("small"));
                store.awaitDurable();
                assertThat(files.faults()
                                .steps()
                                .subList(before, files.faults().steps().size()))
                        .isEqualTo(expected);
            }
            store.close(StoreFixture.SECOND);
        }
    }

    @Test
    void defaults_are_what_the_options_say() {
        assertThat(PublishStoreOptions.file().sync()).isEqualTo(PublishStoreOptions.Sync.INTERVAL);
        assertThat(PublishStoreOptions.memory().maxMessages()).isEqualTo(100_000);
        assertThatThrownBy(() -> PublishStoreOptions.file().segmentBytes(1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void commitUnchecked(GroupCommit commit, long bytes) {
        try {
            assertThat(commit.await(bytes, Long.MAX_VALUE)).isTrue();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private record PublishStoreCloser(PublishStore store) implements AutoCloseable {
        @Override
        public void close() {
            store.close(StoreFixture.SECOND);
        }
    }
}
