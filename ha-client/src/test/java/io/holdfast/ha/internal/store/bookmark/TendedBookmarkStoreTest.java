package io.holdfast.ha.internal.store.bookmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.SubscriptionId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

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
        await(closed);
        closer.join(200); // it must not end in this time
        assertThat(closer.isAlive()).as("waits for the tending").isTrue();
        disk.countDown();
        closer.join(TimeUnit.SECONDS.toMillis(20));
        assertThat(closer.isAlive()).isFalse();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().endsWith("-tended"));
    }
}
