package io.holdfast.broker.internal.journal;

import static io.holdfast.broker.internal.journal.OpenLog.segments;
import static io.holdfast.broker.internal.journal.OpenLog.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.broker.JournalOptions;
import io.holdfast.testkit.fs.FaultFileSystem;
import io.holdfast.testkit.fs.ProcessStoppedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The process is stopped before each step that changes a file, with and without a failure of the power that takes everything not forced.
 * What the next start finds is a beginning of what was appended, with everything in it that was told to be durable.
 */
class CrashTest {

    private static final JournalOptions OPTIONS = segments(1_024).withRetainBytes(1_600);
    private static final int BATCHES = 7;

    @TempDir
    private Path parent;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothing_durable_is_lost_wherever_the_writer_is_stopped(boolean powerFails) throws IOException {
        int steps = 0;
        boolean stopped = true;
        while (stopped) {
            Path folder = Files.createDirectories(parent.resolve("run-" + powerFails + "-" + steps + "/data"));
            Run run = new Run(folder, steps, powerFails);
            stopped = run.stopped;
            run.check();
            steps++;
        }
        assertThat(steps).as("steps of a whole run").isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothing_durable_is_lost_wherever_a_recovery_is_stopped(boolean powerFails) throws IOException {
        boolean stopped = true;
        for (int steps = 0; stopped; steps++) {
            Path folder = Files.createDirectories(parent.resolve("again-" + powerFails + "-" + steps + "/data"));
            Run run = new Run(folder, 40, powerFails);
            Run second = new Run(folder, steps, powerFails, run);
            stopped = second.stopped;
            second.check();
        }
    }

    /** A process that writes through a file system that stops it. */
    private static final class Run {

        final boolean stopped;
        private final Path folder;
        private final List<LogRecord> appended;
        private long durable;

        Run(Path folder, int allowed, boolean powerFails) throws IOException {
            this(folder, allowed, powerFails, null);
        }

        /** After another one, whose promises it inherits. */
        Run(Path folder, int allowed, boolean powerFails, Run before) throws IOException {
            this.folder = folder;
            this.appended = before == null ? new ArrayList<>() : new ArrayList<>(before.appended);
            this.durable = before == null ? 0 : before.durable;
            try (FaultFileSystem files = FaultFileSystem.over(folder)) {
                files.faults().stopAfter(allowed);
                try (OpenLog open = OpenLog.in(files.root(), OPTIONS)) {
                    durable = Math.max(durable, open.log.durableIndex());
                    if (before == null) {
                        write(open);
                    }
                    durable = Math.max(durable, open.durable());
                } catch (JournalException e) {
                    assertThat(e).hasRootCauseInstanceOf(ProcessStoppedException.class);
                }
                this.stopped = files.faults().isStopped();
                if (powerFails) {
                    files.losePower();
                }
            }
        }

        private void write(OpenLog open) {
            try {
                for (int batch = 0; batch < BATCHES; batch++) {
                    for (int i = 0; i < 1 + batch % 3; i++) {
                        String name = "p" + (batch + i) % 3;
                        long sequence = open.log.lastIndex() + 1;
                        appended.add(open.log.append(OpenLog.record(name, sequence, "x".repeat(250 + 30 * batch))));
                    }
                    open.await(open.log.lastIndex()); // so that each run takes the same steps
                }
            } catch (JournalException e) {
                assertThat(e).hasRootCauseInstanceOf(ProcessStoppedException.class);
            }
        }

        void check() {
            try (OpenLog open = OpenLog.in(folder, OPTIONS)) {
                List<LogRecord> found = open.readAll();
                long last = open.log.lastIndex();
                assertThat(last).isBetween(durable, (long) appended.size());
                int first = (int) open.log.firstIndex();
                assertThat(texts(found)).isEqualTo(texts(appended.subList(first - 1, (int) last)));
                Map<String, Long> expected = new HashMap<>();
                appended.subList(0, (int) last).forEach(record -> expected.put(record.publisher(), record.sequence()));
                assertThat(open.log.recoveredSequences()).isEqualTo(expected);
                open.append("after", 1, 5);
            }
            try (OpenLog open = OpenLog.in(folder, OPTIONS)) {
                assertThat(open.log.recoveredSequences()).containsEntry("after", 5L);
            }
        }
    }
}
