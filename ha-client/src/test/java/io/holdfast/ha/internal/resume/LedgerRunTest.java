package io.holdfast.ha.internal.resume;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.ha.internal.store.bookmark.AcknowledgedPoint;
import io.holdfast.ha.internal.store.bookmark.BookmarkStore;
import io.holdfast.ha.internal.store.bookmark.MemoryBookmarkStore;
import io.holdfast.ha.internal.store.bookmark.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Whole lives of one subscription: two brokers that hold the same messages in different orders, lost connections, failovers,
 * processes that end with messages open, acknowledgements in any order. Nothing may be missed, and nothing may come twice: not within a process,
 * and not in a later one once it was acknowledged.
 */
class LedgerRunTest {

    private static final SubscriptionId ID = SubscriptionId.of("s");
    private static final SubscriptionLedger.LedgerEvents NO_EVENTS = new SubscriptionLedger.LedgerEvents() {
        @Override
        public void unplaced() {
            throw new AssertionError();
        }

        @Override
        public void full(int open, Position oldest) {
            throw new AssertionError();
        }
    };

    @Property(tries = 1_000)
    void nothing_is_missed_and_nothing_comes_twice(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int publishers, @ForAll boolean manual) {
        Life life = new Life(new Random(seed), publishers, manual);
        for (int step = 0; step < 150; step++) {
            life.step();
        }
        life.settle();

        assertThat(life.acknowledged).isEqualTo(new HashSet<>(life.brokers.get(0)));
        AcknowledgedPoint point = life.store.open(ID, null).point();
        assertThat(point.beyond()).isEmpty();
        assertThat(point.passed().heard()).isEqualTo(life.brokers.get(0).size());
    }

    private static final class Life {

        final Random random;
        final boolean manual;
        final List<List<Position>> brokers = new ArrayList<>(List.of(new ArrayList<>(), new ArrayList<>()));
        final BookmarkStore store = new MemoryBookmarkStore(id -> {});
        final Set<Position> acknowledged = new HashSet<>();
        SubscriptionLedger ledger;
        Set<Position> deliveredHere = new HashSet<>();
        List<Position> open = new ArrayList<>();
        List<Long> receipts = new ArrayList<>();
        int broker;
        int next;

        Life(Random random, int publishers, boolean manual) {
            this.random = random;
            this.manual = manual;
            long[] sequences = new long[publishers];
            for (int i = 0; i < 60; i++) {
                int publisher = random.nextInt(publishers);
                sequences[publisher] += 1 + random.nextInt(3);
                Position message = new Position(publisher + 1L, sequences[publisher]);
                brokers.forEach(log -> log.add(message));
            }
            reorder(brokers.get(1));
            start();
        }

        /** Swaps neighbours of different publishers: each publisher's own order stays. */
        private void reorder(List<Position> log) {
            for (int i = 0; i < 200; i++) {
                int at = random.nextInt(log.size() - 1);
                if (log.get(at).publisher() != log.get(at + 1).publisher()) {
                    log.set(at, log.set(at + 1, log.get(at)));
                }
            }
        }

        private void start() {
            ledger = new SubscriptionLedger(
                    Bookmark.MOST_RECENT, store.open(ID, null), manual, Integer.MAX_VALUE, NO_EVENTS);
            deliveredHere = new HashSet<>(acknowledged);
            open = new ArrayList<>();
            receipts = new ArrayList<>();
            connect(random.nextInt(2));
        }

        private void connect(int to) {
            broker = to;
            next = indexAfter(ledger.resumeAt(broker));
        }

        private int indexAfter(Bookmark list) {
            if (list.equals(Bookmark.EPOCH)) {
                return 0;
            }
            return Arrays.stream(list.value().split(","))
                    .mapToInt(each -> brokers.get(broker).indexOf(Position.of(Bookmark.of(each))) + 1)
                    .min()
                    .orElseThrow();
        }

        void step() {
            int what = random.nextInt(20);
            if (what < 12) {
                receive();
            } else if (what < 18) {
                acknowledge();
            } else if (what == 18) {
                connect(random.nextInt(2));
            } else if (random.nextInt(3) == 0) {
                start();
            }
        }

        private void receive() {
            if (next == brokers.get(broker).size()) {
                return;
            }
            Position message = brokers.get(broker).get(next++);
            long receipt = ledger.received(message.publisher(), message.sequence(), broker);
            if (receipt == SubscriptionLedger.DUPLICATE) {
                assertThat(deliveredHere).contains(message);
            } else {
                assertThat(deliveredHere.add(message))
                        .as("%s comes twice", message)
                        .isTrue();
                open.add(message);
                receipts.add(receipt);
            }
        }

        private void acknowledge() {
            if (open.isEmpty()) {
                return;
            }
            int which = random.nextInt(3) == 0 ? random.nextInt(open.size()) : 0;
            Position message = open.remove(which);
            long receipt = receipts.remove(which);
            boolean changed = manual ? ledger.acknowledge(message.bookmark()) : ledger.acknowledge(receipt);
            assertThat(changed).isTrue();
            assertThat(manual ? ledger.acknowledge(message.bookmark()) : ledger.acknowledge(receipt))
                    .as("a second time")
                    .isFalse();
            acknowledged.add(message);
        }

        void settle() {
            while (next < brokers.get(broker).size()) {
                receive();
            }
            while (!open.isEmpty()) {
                acknowledge();
            }
            start();
            while (next < brokers.get(broker).size()) {
                receive();
            }
            assertThat(open).as("everything was acknowledged").isEmpty();
        }
    }
}
