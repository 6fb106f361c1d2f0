package io.holdfast.ha.internal.resume;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.ha.internal.store.bookmark.BookmarkStore.Progress;
import io.holdfast.ha.internal.store.bookmark.MemoryBookmarkStore;
import io.holdfast.ha.internal.store.bookmark.Position;
import io.holdfast.ha.internal.store.bookmark.UnkeptProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SubscriptionLedgerTest {

    private static final String HERE = "broker 1";
    private static final String THERE = "broker 2";

    private final List<String> told = new ArrayList<>();
    private final SubscriptionLedger.LedgerEvents events = new SubscriptionLedger.LedgerEvents() {
        @Override
        public void unplaced() {
            told.add("unplaced");
        }

        @Override
        public void full(int open, Position oldest) {
            told.add("full " + open + " " + oldest);
        }
    };

    private SubscriptionLedger from(String start) {
        return from(Bookmark.of(start), UnkeptProgress.INSTANCE, 1_000);
    }

    private SubscriptionLedger from(Bookmark start, Progress progress, int most) {
        return new SubscriptionLedger(start, progress, true, most, events);
    }

    @Test
    void the_first_session_starts_where_the_request_said() {
        assertThat(from("0").resumeAt(HERE)).isEqualTo(Bookmark.EPOCH);
        assertThat(from("0|1|").resumeAt(HERE)).isEqualTo(Bookmark.NOW);
        assertThat(from("5|6|").resumeAt(HERE)).isEqualTo(Bookmark.of("5|6|"));
        assertThat(from("[0:5|6|)").resumeAt(HERE)).isEqualTo(Bookmark.of("[0:5|6|)"));
        assertThat(from("most-recent").resumeAt(HERE)).isEqualTo(Bookmark.EPOCH);
    }

    @Test
    void at_the_same_broker_it_goes_on_behind_the_last_message_even_if_that_was_a_duplicate() {
        SubscriptionLedger ledger = from("0");
        ledger.received(1, 10, HERE);
        ledger.received(2, 10, HERE);
        assertThat(ledger.resumeAt(HERE)).isEqualTo(Bookmark.of("2|10|"));

        assertThat(ledger.received(1, 10, THERE)).isEqualTo(SubscriptionLedger.DUPLICATE);
        assertThat(ledger.resumeAt(THERE)).isEqualTo(Bookmark.of("1|10|"));
    }

    @Test
    void now_goes_on_from_what_the_broker_answered_and_else_from_now() {
        SubscriptionLedger silent = from("0|1|");
        silent.answered(null);
        assertThat(silent.resumeAt(HERE)).isEqualTo(Bookmark.NOW);
        assertThat(silent.mayGoBack()).isFalse();

        SubscriptionLedger ledger = from("0|1|");
        ledger.answered(Bookmark.of("7|3|"));
        assertThat(ledger.resumeAt(HERE)).isEqualTo(Bookmark.of("7|3|"));
        ledger.answered(Bookmark.NOW);
        assertThat(ledger.resumeAt(HERE)).as("no position").isEqualTo(Bookmark.of("7|3|"));
        ledger.received(7, 4, HERE);
        assertThat(ledger.resumeAt(HERE)).isEqualTo(Bookmark.of("7|4|"));
    }

    @Test
    void elsewhere_it_goes_back_to_its_origin_until_there_is_a_margin_then_to_the_margin_and_each_publisher() {
        SubscriptionLedger ledger = from("9|9|");
        ledger.received(5, 1, HERE);
        assertThat(ledger.resumeAt(THERE)).isEqualTo(Bookmark.of("9|9|"));

        ledger.received(6, 1, HERE);
        for (long sequence = 1; sequence <= 12_000; sequence++) {
            ledger.received(7, sequence, HERE);
        }
        ledger.received(8, 1, HERE);
        assertThat(ledger.resumeAt(THERE)).isEqualTo(Bookmark.of("7|4998|,7|12000|,8|1|"));
        assertThat(ledger.resumeAt(HERE)).isEqualTo(Bookmark.of("8|1|"));
    }

    @Test
    void a_list_has_at_most_64_positions_and_those_heard_longest_ago() {
        SubscriptionLedger ledger = from("0|1|");
        for (long publisher = 1; publisher <= 100; publisher++) {
            ledger.received(-publisher, Long.MAX_VALUE - publisher, HERE);
        }

        String list = ledger.resumeAt(THERE).value();
        assertThat(list.split(",")).hasSize(64);
        assertThat(list).startsWith(Bookmark.of(-1, Long.MAX_VALUE - 1).value());
    }

    @Test
    void a_range_goes_on_to_its_end_and_is_over_with_its_replay() {
        SubscriptionLedger ledger = from("[0:5|6|)");
        ledger.received(4, 2, HERE);
        assertThat(ledger.resumeAt(HERE)).isEqualTo(Bookmark.of("(4|2|:5|6|)"));
        assertThat(ledger.isOver()).isFalse();
        ledger.completed();
        assertThat(ledger.isOver()).isTrue();

        SubscriptionLedger open = from("0");
        open.completed();
        assertThat(open.isOver()).isFalse();
    }

    @Test
    void a_message_without_a_position_is_delivered_and_told_once() {
        SubscriptionLedger ledger = from("0");

        assertThat(ledger.received(0, 0, HERE)).isEqualTo(SubscriptionLedger.NO_RECEIPT);
        assertThat(ledger.received(0, 0, HERE)).isEqualTo(SubscriptionLedger.NO_RECEIPT);

        assertThat(told).containsExactly("unplaced");
        assertThat(ledger.acknowledge(SubscriptionLedger.NO_RECEIPT)).isFalse();
        assertThat(ledger.acknowledge(Bookmark.of("20260101T000000Z"))).isFalse();
        assertThat(ledger.resumeAt(HERE)).isEqualTo(Bookmark.EPOCH);
    }

    @Test
    void where_too_many_are_open_the_rest_is_delivered_unremembered_and_the_point_stays_before_them() {
        MemoryBookmarkStore store = new MemoryBookmarkStore(id -> {});
        SubscriptionId id = SubscriptionId.of("s");
        SubscriptionLedger ledger = from(Bookmark.MOST_RECENT, store.open(id, null), 2);
        long first = ledger.received(1, 1, HERE);
        long second = ledger.received(1, 2, HERE);
        assertThat(ledger.received(1, 3, HERE)).isEqualTo(SubscriptionLedger.NO_RECEIPT);
        ledger.acknowledge(first);
        ledger.acknowledge(second);
        assertThat(ledger.received(1, 4, HERE))
                .as("3 is unknown, so nothing behind it can be passed")
                .isEqualTo(SubscriptionLedger.NO_RECEIPT);

        assertThat(told).containsExactly("full 2 1|1|");
        SubscriptionLedger next = from(Bookmark.MOST_RECENT, store.open(id, null), 2);
        assertThat(next.received(1, 2, HERE)).isEqualTo(SubscriptionLedger.DUPLICATE);
        assertThat(next.received(1, 3, HERE)).isPositive();
    }

    @Test
    void acknowledgements_by_several_threads_while_messages_come_leave_the_point_behind_the_last() throws Exception {
        int messages = 20_000;
        MemoryBookmarkStore store = new MemoryBookmarkStore(id -> {});
        SubscriptionId id = SubscriptionId.of("s");
        SubscriptionLedger ledger = from(Bookmark.MOST_RECENT, store.open(id, null), messages);
        BlockingQueue<Bookmark> delivered = new LinkedBlockingQueue<>();
        AtomicInteger acknowledged = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            threads.add(new Thread(() -> {
                while (acknowledged.get() < messages) {
                    Bookmark next = delivered.poll();
                    if (next != null && ledger.acknowledge(next)) {
                        acknowledged.incrementAndGet();
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (int i = 0; i < messages; i++) {
            long publisher = 1L + i % 7;
            long sequence = 1L + i / 7;
            assertThat(ledger.received(publisher, sequence, HERE)).isPositive();
            delivered.add(Bookmark.of(publisher, sequence));
        }
        for (Thread thread : threads) {
            thread.join(20_000);
        }

        assertThat(acknowledged).hasValue(messages);
        assertThat(store.open(id, null).point().passed().heard()).isEqualTo(messages);
        assertThat(store.open(id, null).point().beyond()).isEmpty();
    }
}
