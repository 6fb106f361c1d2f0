package io.holdfast.ha.internal.store;

import static io.holdfast.ha.internal.store.StoreFixture.forget;
import static io.holdfast.ha.internal.store.StoreFixture.logon;
import static io.holdfast.ha.internal.store.StoreFixture.request;
import static io.holdfast.ha.internal.store.StoreFixture.waiting;
import static io.holdfast.ha.internal.store.StoreFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.holdfast.client.error.StoreException;
import io.holdfast.client.error.StoreException.Trouble;
import io.holdfast.client.publish.InDoubtPolicy;
import io.holdfast.testkit.fs.FaultFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A store on a disk that is full, bad, or too small for what was. */
class FailingDiskTest {

    private static final Duration MOMENT = Duration.ofMillis(20);

    @TempDir
    Path temp;

    private final Logger log = (Logger) LoggerFactory.getLogger("io.holdfast.ha.internal.store");
    private FaultFileSystem files;
    private StoreFixture fixture;

    @BeforeEach
    void mount() throws IOException {
        log.setLevel(Level.OFF);
        files = FaultFileSystem.over(Files.createDirectory(temp.resolve("disk")));
        fixture = StoreFixture.file(files.root().resolve("store"));
    }

    @AfterEach
    void expectNoLines() {
        log.setLevel(null);
    }

    private long bytesOnDisk() {
        try (Stream<Path> all = Files.list(temp.resolve("disk/store"))) {
            return all.filter(file -> file.toString().endsWith(".log"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_file_that_is_full_is_left_even_if_all_in_it_is_confirmed() {
        PublishStore store = fixture.open();
        logon(store, 0);
        for (int i = 0; i < 50; i++) {
            store.append(request("m" + i, 1_500));
            forget(store, store.confirm(write(store, 1).get(0)));
            fixture.thread.secondPasses();
            assertThat(bytesOnDisk()).as("after %s messages", i).isLessThan(3 * 4096);
        }
        store.close(StoreFixture.SECOND);
    }

    @Test
    void a_disk_that_was_full_for_a_while_is_used_again() {
        PublishStore store = fixture.open();
        logon(store, 0);
        store.append(request("a"));
        forget(store, store.confirm(write(store, 1).get(0)));
        files.faults().fail("write");

        fixture.thread.secondPasses();
        assertThatThrownBy(() -> store.append(request("lost")))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.isRetryable()).isTrue());
        assertThat(store.lastId()).isEqualTo(1);

        files.faults().heal();
        store.append(request("b"));
        store.awaitDurable();
        fixture.thread.secondPasses();
        store.close(StoreFixture.SECOND);
        PublishStore again = fixture.open();
        assertThat(waiting(again)).containsExactly("2 b");
        again.close(StoreFixture.SECOND);
    }

    @Test
    void a_message_in_doubt_that_could_not_be_appended_again_is_still_itself() {
        PublishStore store = fixture.open();
        store.append(request("a"));
        logon(store, 0);
        long written = write(store, 1).get(0);
        store.foreign((written + 40_000) ^ 1, InDoubtPolicy.HOLD);
        StoredPublish doubtful = store.findDoubtful(1);
        files.faults().fail("write");
        assertThatThrownBy(() -> store.resendDoubtful(doubtful, request("a"))).isInstanceOf(StoreException.class);

        files.faults().heal();
        store.append(request("another"));
        assertThat(StoreFixture.text(store, doubtful)).isEqualTo("a");
        store.close(StoreFixture.SECOND);
    }

    @Test
    void after_an_fsync_that_failed_nothing_is_taken_any_more() {
        PublishStore store = fixture.open();
        store.append(request("a"));
        files.faults().fail("fsync");
        assertUnusable(store::awaitDurable);
        files.faults().heal();
        assertUnusable(store::awaitDurable);
        assertUnusable(() -> store.append(request("b")));
        store.close(StoreFixture.SECOND);
    }

    private static void assertUnusable(ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StoreException.class, e -> {
            assertThat(e.trouble()).isEqualTo(Trouble.UNUSABLE);
            assertThat(e.isRetryable()).isFalse();
        });
    }

    @Test
    void who_publishes_after_the_end_is_told_that_a_new_client_is_needed() {
        PublishStore store = fixture.open();
        store.close(StoreFixture.SECOND);
        assertUnusable(() -> store.append(request("a")));
    }

    @Test
    void who_waits_while_an_fsync_fails_does_not_get_the_disk_to_say_yes_the_second_time() throws Exception {
        CountDownLatch isForcing = new CountDownLatch(1);
        CountDownLatch fails = new CountDownLatch(1);
        AtomicInteger forced = new AtomicInteger();
        ForcedDisk disk = new ForcedDisk(2);
        GroupCommit commit = new GroupCommit(disk, Runnable::run);
        disk.answer = () -> {
            if (forced.incrementAndGet() == 1) {
                isForcing.countDown();
                await(fails);
                throw new IOException("the disk is bad");
            }
        };
        CompletableFuture<Throwable> first = new CompletableFuture<>();
        CompletableFuture<Throwable> second = new CompletableFuture<>();
        start(commit, first);
        isForcing.await();
        Thread waiter = start(commit, second);
        while (waiter.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        fails.countDown();

        assertThat(first.get()).isInstanceOf(IOException.class);
        assertThat(second.get()).isInstanceOf(IOException.class);
        assertThat(forced).hasValue(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Thread start(GroupCommit commit, CompletableFuture<Throwable> outcome) {
        Thread thread = new Thread(() -> {
            try {
                commit.await(2, Long.MAX_VALUE);
                outcome.complete(new AssertionError("durable"));
            } catch (IOException e) {
                outcome.complete(e);
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void who_published_just_before_the_end_learns_that_it_is_durable() {
        PublishStore store = fixture.open();
        store.append(request("a"));
        store.close(StoreFixture.SECOND);
        store.awaitDurable();
    }

    @Test
    void a_disk_that_hangs_holds_up_nobody_beyond_his_deadline_and_nothing_more_is_stored_until_it_answers() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.setLevel(Level.INFO);
        log.setAdditive(false);
        log.addAppender(lines);
        PublishStore store = fixture.open();
        fixture.thread.diskHangs();
        store.append(request("a"));
        store.append(request("b"));
        assertThatThrownBy(() -> store.awaitDurable(MOMENT)).hasMessageContaining("does not answer");
        assertThatThrownBy(() -> store.awaitDurable(MOMENT)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.append(request("c"))).hasMessageContaining("does not answer");
        assertThat(waiting(store)).containsExactly("1 a", "2 b");

        fixture.thread.diskAnswers();
        store.append(request("d"));
        store.awaitDurable(MOMENT);
        assertThat(waiting(store)).containsExactly("1 a", "2 b", "3 d");
        assertThat(lines.list)
                .extracting(line -> line.getFormattedMessage().substring(0, 7))
                .containsExactly("HF-2309", "HF-2310");
        store.close(StoreFixture.SECOND);
        log.detachAppender(lines);
        log.setAdditive(true);
    }

    @Test
    void a_store_on_a_disk_that_hangs_is_closed_and_its_folder_is_nobodys_until_it_answers() {
        PublishStore store = fixture.open();
        ManualStoreThread thread = fixture.thread;
        store.append(request("a"));
        thread.diskHangs();
        store.close(MOMENT);
        assertThat(thread.isEnded()).isTrue();
        assertThatThrownBy(fixture::open)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.IN_USE));

        thread.diskAnswers();
        PublishStore again = fixture.open();
        assertThat(waiting(again)).containsExactly("1 a");
        again.close(StoreFixture.SECOND);
    }

    @Test
    void a_real_disk_that_hangs_keeps_neither_publisher_nor_closing() throws Exception {
        StoreThread threads = StoreThread.start("orders");
        PublishStore store = PublishStores.file(
                fixture.options, fixture.folder, "orders", threads, fixture.clock, new SplittableRandom(1));
        CountDownLatch hangs = new CountDownLatch(1);
        files.faults().before("fsync", () -> await(hangs));
        store.append(request("a"));
        assertThatThrownBy(() -> store.awaitDurable(MOMENT)).isInstanceOf(StoreException.class);
        store.close(MOMENT);
        assertThatThrownBy(fixture::open).isInstanceOf(StoreException.class);

        hangs.countDown();
        PublishStore again = opened();
        assertThat(waiting(again)).containsExactly("1 a");
        again.close(StoreFixture.SECOND);
    }

    private PublishStore opened() {
        while (true) {
            try {
                return fixture.open();
            } catch (StoreException e) {
                assertThat(e.trouble()).isEqualTo(Trouble.IN_USE);
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void a_length_that_has_changed_on_the_disk_is_refused_before_memory_is_asked_for() throws IOException {
        PublishStore store = fixture.open();
        Path file = temp.resolve("disk/store/publish-0000000001.log");
        long at = Files.size(file);
        StoredPublish entry = store.append(request("a"));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(4).putInt(0x7fff_0000).flip(), at);
        }
        assertThatThrownBy(() -> store.read(entry))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("has changed");
        store.close(StoreFixture.SECOND);
    }

    @Test
    void numbers_that_a_power_failure_took_are_not_given_again_where_a_foreign_one_hides_them() throws IOException {
        PublishStore store = fixture.open();
        store.append(request("a"));
        logon(store, 0);
        long kept = write(store, 1).get(0);
        byte[] before = Files.readAllBytes(temp.resolve("disk/store/publish-0000000001.log"));
        store.append(request("lost"));
        store.append(request("lost too"));
        List<Long> lost = write(store, 2);
        store.close(StoreFixture.SECOND);
        Files.write(temp.resolve("disk/store/publish-0000000001.log"), before);

        PublishStore again = fixture.open(3);
        long foreign = kept ^ 1;
        assertThat(again.logon(StoreFixture.SERVER, foreign)).isNotNull();
        again.foreign(foreign, InDoubtPolicy.HOLD);
        StoredPublish fresh = again.append(request("b"));
        assertThat(again.sequenceOf(fresh)).isGreaterThan(lost.get(1));
        again.close(StoreFixture.SECOND);
    }
}
