package io.holdfast.broker.internal.journal;

import static io.holdfast.broker.internal.journal.OpenLog.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.testkit.fs.TemporaryFolder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Random appends, waits, restarts and retention against a plain list. A failing seed is printed by jqwik, and everything else is drawn
 * from it.
 */
class FileLogModelTest {

    @Property(tries = 30)
    void the_log_is_a_list_that_survives_and_is_cut_at_its_front_only(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int rounds) {
        try (TemporaryFolder folder = TemporaryFolder.create("holdfast-journal")) {
            new Run(folder.path(), new Random(seed)).run(rounds);
        }
    }

    /** One log, its model, and the generator that decides. */
    private static final class Run {

        private final Path folder;
        private final Random random;
        private final long segmentBytes;
        private final boolean bounded;
        private final int publishers;
        private final List<LogRecord> model = new ArrayList<>();
        private final Map<String, Long> sequences = new HashMap<>();
        private long micros = 1_000_000;

        Run(Path folder, Random random) {
            this.folder = folder;
            this.random = random;
            this.segmentBytes = 1_024L << random.nextInt(6);
            this.bounded = random.nextBoolean();
            this.publishers = random.nextInt(4) == 0 ? 100 : 3;
        }

        void run(int rounds) {
            OpenLog open = open();
            try {
                for (int i = 0; i < rounds; i++) {
                    switch (random.nextInt(6)) {
                        case 0 -> {
                            open.close();
                            open = open();
                        }
                        case 1 -> open.await(open.log.lastIndex());
                        case 2 -> check(open);
                        default -> append(open);
                    }
                }
                check(open);
            } finally {
                open.close();
            }
        }

        private OpenLog open() {
            var options = OpenLog.segments(segmentBytes).withRetainBytes(bounded ? 4 * segmentBytes : 1 << 30);
            OpenLog open = OpenLog.in(folder, options, () -> Instant.EPOCH.plusNanos(micros * 1_000));
            assertThat(open.log.recoveredSequences()).isEqualTo(sequences);
            assertThat(open.log.lastIndex()).isEqualTo(model.size());
            return open;
        }

        private void append(OpenLog open) {
            for (int count = random.nextInt(60); count > 0; count--) {
                micros += random.nextInt(3) * 500L;
                String name = "p" + random.nextInt(publishers);
                long sequence = sequences.getOrDefault(name, 0L) + 1 + random.nextInt(3);
                sequences.put(name, sequence);
                LogRecord appended = open.log.append(randomRecord(name, sequence));
                assertThat(appended.index()).isEqualTo(model.size() + 1);
                assertThat(appended.micros()).isEqualTo(micros);
                model.add(appended);
            }
        }

        private LogRecord randomRecord(String name, long sequence) {
            byte[] body = new byte[random.nextInt(20) == 0 ? random.nextInt(3_000) : random.nextInt(80)];
            random.nextBytes(body);
            return new LogRecord(
                    0,
                    0,
                    name,
                    sequence,
                    random.nextBoolean(),
                    "topic/" + random.nextInt(10),
                    random.nextBoolean() ? null : "cid" + random.nextInt(),
                    random.nextBoolean() ? null : "",
                    random.nextInt(100) - 1,
                    body);
        }

        private void check(OpenLog open) {
            open.await(open.log.lastIndex());
            try (LogCursor pin = open.log.cursor(1)) { // nothing is dropped while it is compared
                long first = pin.nextIndex();
                assertThat(first).isEqualTo(open.log.firstIndex());
                if (!bounded) {
                    assertThat(first).isEqualTo(1);
                }
                assertThat(texts(read(pin))).isEqualTo(texts(model.subList((int) first - 1, model.size())));
                if (!model.isEmpty()) {
                    checkFinds(open, first);
                    checkTimes(open, first);
                    checkCursorInTheMiddle(open, first);
                }
            }
        }

        private List<LogRecord> read(LogCursor cursor) {
            List<LogRecord> all = new ArrayList<>();
            int most = 1 + random.nextInt(50);
            for (var some = cursor.read(most, 5_000); !some.isEmpty(); some = cursor.read(most, 5_000)) {
                all.addAll(some);
            }
            return all;
        }

        private void checkFinds(OpenLog open, long first) {
            for (int i = 0; i < 5; i++) {
                LogRecord some = model.get(random.nextInt(model.size()));
                OptionalLong expected = some.index() < first ? OptionalLong.empty() : OptionalLong.of(some.index());
                assertThat(open.log.find(NameHash.of(some.publisher()), some.sequence()))
                        .isEqualTo(expected);
                long other = some.sequence() + 1;
                if (model.stream().noneMatch(r -> r.publisher().equals(some.publisher()) && r.sequence() == other)) {
                    assertThat(open.log.find(NameHash.of(some.publisher()), other))
                            .isEmpty();
                }
            }
        }

        private void checkTimes(OpenLog open, long first) {
            for (int i = 0; i < 5; i++) {
                long time = model.get(random.nextInt(model.size())).micros() + random.nextInt(3) - 1;
                long expected = model.stream()
                        .filter(record -> record.index() >= first && record.micros() >= time)
                        .findFirst()
                        .map(LogRecord::index)
                        .orElse(model.size() + 1L);
                assertThat(open.log.indexAt(Instant.EPOCH.plusNanos(time * 1_000)))
                        .isEqualTo(expected);
            }
        }

        private void checkCursorInTheMiddle(OpenLog open, long first) {
            long from = random.nextInt(model.size()) + 1L;
            try (LogCursor cursor = open.log.cursor(from)) {
                assertThat(cursor.nextIndex()).isEqualTo(Math.max(from, first));
                assertThat(cursor.read(1, 1).get(0).index()).isEqualTo(Math.max(from, first));
            }
        }
    }
}
