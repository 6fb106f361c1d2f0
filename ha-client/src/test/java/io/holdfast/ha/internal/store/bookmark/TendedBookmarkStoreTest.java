package io.holdfast.ha.internal.store.bookmark;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.SubscriptionId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TendedBookmarkStoreTest {

    private final CountDownLatch tending = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch disk = new CountDownLatch(1);

    /** A store that is closed before its tending has come back from the disk. */
    private final BookmarkStore slow = new BookmarkStore() {
        @Override
        public Progress open(SubscriptionId id, Bookmark startOver) {
            return UnkeptProgress.INSTANCE;
        }

        @Override
        public void tend() {
            tending.countDown();
            await(disk);
        }

        @Override
        public void close() {
            closed.countDown();
        }
    };

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void closing_waits_for_the_thread_that_tends() throws Exception {
        TendedBookmarkStore store = new TendedBookmarkStore(slow, "tended");
        await(tending);
        Thread closer = new Thread(store::close);
        closer.start();
        closer.join(200); // it must not end in this time
        assertThat(closer.isAlive()).as("waits for the tending").isTrue();
        disk.countDown();
        await(closed);
        closer.join(TimeUnit.SECONDS.toMillis(20));
        assertThat(closer.isAlive()).isFalse();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().endsWith("-tended"));
    }

    @Test
    void closing_gives_up_on_a_disk_that_hangs_and_the_store_is_closed_when_it_answers() {
        Logger log = (Logger) LoggerFactory.getLogger(TendedBookmarkStore.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.setAdditive(false);
        log.addAppender(lines);
        TendedBookmarkStore store = new TendedBookmarkStore(slow, "hanging", 20);
        await(tending);
        store.close();
        assertThat(closed.getCount()).isOne();
        assertThat(lines.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage()).startsWith("HF-2407"));

        disk.countDown();
        await(closed);
        log.detachAppender(lines);
        log.setAdditive(true);
    }
}
