package io.holdfast.ha.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.publish.InDoubtPolicy;
import io.holdfast.ha.store.PublishStoreOptions.Sync;
import io.holdfast.testkit.fs.TemporaryFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** A file store through any life against a model of sorted maps, and the arithmetic of ids and sequences. */
class PublishStorePropertyTest {

    enum Step {
        APPEND,
        WRITE,
        CONFIRM,
        REFUSE,
        FOREIGN,
        RESOLVE,
        RECONNECT,
        TIME,
        RESTART,
        CRASH
    }

    @Provide
    Arbitrary<List<Tuple2<Step, Integer>>> steps() {
        Arbitrary<Step> step = Arbitraries.frequency(
                Tuple.of(10, Step.APPEND),
                Tuple.of(8, Step.WRITE),
                Tuple.of(6, Step.CONFIRM),
                Tuple.of(2, Step.REFUSE),
                Tuple.of(1, Step.FOREIGN),
                Tuple.of(1, Step.RESOLVE),
                Tuple.of(2, Step.RECONNECT),
                Tuple.of(2, Step.TIME),
                Tuple.of(2, Step.RESTART),
                Tuple.of(1, Step.CRASH));
        return Combinators.combine(step, Arbitraries.integers().between(0, 5))
                .as(Tuple::of)
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 200)
    void a_file_store_is_its_model(@ForAll("steps") List<Tuple2<Step, Integer>> steps) {
        try (TemporaryFolder folder = TemporaryFolder.create("holdfast-store");
                Model model = new Model(StoreFixture.file(folder.path(), Sync.NEVER))) {
            for (Tuple2<Step, Integer> step : steps) {
                model.takes(step.get1(), step.get2());
                model.check();
            }
        }
    }

    /** The store and what should be in it. */
    private static final class Model implements AutoCloseable {

        private final StoreFixture fixture;
        private final TreeMap<Long, String> open = new TreeMap<>();
        private final TreeMap<Long, String> doubtful = new TreeMap<>();
        private final TreeMap<Long, Long> written = new TreeMap<>();
        private final List<Long> everWritten = new ArrayList<>();
        private PublishStore store;
        private long held;
        private long lastId;
        private int cursor;

        Model(StoreFixture fixture) {
            this.fixture = fixture;
            store = fixture.open(1);
            StoreFixture.logon(store, held);
        }

        void takes(Step step, int number) {
            switch (step) {
                case APPEND -> {
                    String text = "m" + lastId + "." + number;
                    long id = store.append(StoreFixture.request(text, 40 + number * 400))
                            .id();
                    assertThat(id).isEqualTo(++lastId);
                    open.put(id, text);
                }
                case WRITE -> write(number);
                case CONFIRM -> {
                    long through = written.isEmpty() ? 0 : written.floorKey(written.firstKey() + number);
                    long sequence = written.getOrDefault(through, 0L);
                    if (sequence > 0) {
                        held = Math.max(held, sequence);
                        assertThat(store.readAck(sequence)).isEqualTo(PublishStore.AckReading.OURS);
                        List<Long> expected =
                                List.copyOf(open.headMap(through, true).keySet());
                        assertThat(StoreFixture.forget(store, store.confirm(sequence)))
                                .isEqualTo(expected);
                        settled(expected);
                    }
                }
                case REFUSE -> {
                    long id = written.isEmpty() ? 0 : written.floorKey(written.firstKey() + number);
                    if (written.getOrDefault(id, 0L) > 0) {
                        StoredPublish refused = store.takeBySequence(written.get(id));
                        assertThat(refused.id()).isEqualTo(id);
                        StoreFixture.forget(store, refused);
                        settled(List.of(id));
                    }
                }
                case FOREIGN -> foreign(number);
                case RESOLVE -> {
                    List<Long> ids = doubtful.keySet().stream().limit(number).toList();
                    for (long id : ids) {
                        String text = doubtful.remove(id);
                        if (number % 2 == 0) {
                            store.forget(store.takeDoubtful(id));
                        } else {
                            StoredPublish entry = store.findDoubtful(id);
                            assertThat(store.resendDoubtful(entry, store.read(entry)))
                                    .isTrue();
                            open.put(++lastId, text);
                        }
                    }
                }
                case RECONNECT -> {
                    store.stopWriting();
                    logon();
                }
                case TIME -> fixture.thread.secondPasses();
                case RESTART -> {
                    store.stopWriting();
                    store.close(StoreFixture.SECOND);
                    store = fixture.open(2);
                    logon();
                }
                case CRASH -> {
                    // All that a kill leaves out is what waits for the next second: everything is flushed here by
                    // closing,
                    // but that the store was still writing.
                    store.close(StoreFixture.SECOND);
                    store = fixture.open(3);
                    open.keySet().forEach(id -> written.putIfAbsent(id, 0L));
                    logon();
                }
            }
        }

        private void logon() {
            StoreFixture.logon(store, held);
            cursor = 0;
        }

        private void write(int most) {
            for (StoredPublish entry : store.nextToWrite(most, Long.MAX_VALUE)) {
                long sequence = store.sequenceOf(entry);
                store.wrote(entry, sequence);
                cursor++;
                Long before = written.put(entry.id(), sequence);
                if (before == null || before == 0) {
                    everWritten.forEach(earlier -> assertThat(sequence).isGreaterThan(earlier));
                    everWritten.add(sequence);
                } else {
                    assertThat(sequence).isEqualTo(before);
                }
            }
        }

        private void foreign(int number) {
            long highest = everWritten.stream().mapToLong(s -> s).max().orElse(held);
            long foreign = (Math.max(highest, held) + 5_000L * (number + 1)) ^ 1;
            if (store.readAck(foreign) != PublishStore.AckReading.FOREIGN) {
                return; // the one in 1,024
            }
            held = foreign;
            PublishStore.Doubt doubt = store.foreign(foreign, InDoubtPolicy.HOLD);
            store.startWriting().toCompletableFuture().join();
            assertThat(doubt.ids()).isEqualTo(List.copyOf(written.keySet()));
            doubt.ids().forEach(id -> doubtful.put(id, open.get(id)));
            settled(doubt.ids());
            everWritten.add(foreign);
        }

        private void settled(List<Long> ids) {
            new TreeSet<>(ids).forEach(id -> {
                open.remove(id);
                written.remove(id);
            });
            cursor = store.unacknowledged();
        }

        void check() {
            assertThat(store.size()).isEqualTo(open.size() + doubtful.size());
            assertThat(store.doubtfulIds()).isEqualTo(List.copyOf(doubtful.keySet()));
            assertThat(store.unacknowledged()).isEqualTo(cursor);
            List<String> waiting = new ArrayList<>();
            open.forEach((id, text) -> waiting.add(id + " " + text));
            assertThat(StoreFixture.waiting(store)).isEqualTo(waiting.subList(cursor, waiting.size()));
        }

        @Override
        public void close() {
            store.close(StoreFixture.SECOND);
        }
    }

    @Property
    void ranges_are_a_set(@ForAll List<@net.jqwik.api.constraints.LongRange(min = 1, max = 40) Long> starts) {
        IdRanges ranges = new IdRanges();
        TreeSet<Long> model = new TreeSet<>();
        for (long start : starts) {
            long through = start + start % 4;
            ranges.add(start, through);
            for (long id = start; id <= through; id++) {
                model.add(id);
            }
            for (long id = 0; id < 50; id++) {
                assertThat(ranges.contains(id)).isEqualTo(model.contains(id));
            }
            assertThat(ranges.countThrough(20))
                    .isEqualTo(model.headSet(20L, true).size());
            List<IdRanges.Range> list = ranges.list();
            for (int i = 1; i < list.size(); i++) {
                assertThat(list.get(i).from()).isGreaterThan(list.get(i - 1).through() + 1);
            }
        }
    }

    @Property
    void an_id_and_its_sequence_name_each_other(
            @ForAll @net.jqwik.api.constraints.IntRange(min = 0, max = 1023) int tag,
            @ForAll @net.jqwik.api.constraints.Size(max = 6)
                    List<@net.jqwik.api.constraints.LongRange(min = 0, max = 1L << 50) Long> held) {
        SequenceSource source = new SequenceSource(tag, List.of(), 0);
        source.begin(1, 0, 0, 0);
        long lastId = 0;
        long last = 0;
        for (long s : held) {
            for (int i = 0; i < 3; i++) {
                long sequence = source.sequenceOf(++lastId);
                assertThat(sequence).isGreaterThan(last);
                assertThat(source.isOurs(sequence)).isTrue();
                assertThat(source.idOf(sequence)).isEqualTo(lastId);
                assertThat(source.idOf(sequence ^ 1)).isZero();
                last = sequence;
            }
            source.begin(lastId + 1, lastId, s, 0);
            last = Math.max(last, s);
        }
    }
}
