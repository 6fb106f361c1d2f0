package io.holdfast.broker.internal.journal;

import static io.holdfast.broker.internal.journal.OpenLog.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.broker.JournalOptions;
import io.holdfast.testkit.fs.FaultFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that stops taking what is written. */
class FailureTest {

    @TempDir
    private Path folder;

    @Test
    void the_log_fails_once_tells_why_and_takes_nothing_more() throws Exception {
        try (FaultFileSystem files = FaultFileSystem.over(folder);
                OpenLog open = OpenLog.in(files.root(), JournalOptions.DEFAULTS)) {
            open.append("a", 1, 3);
            files.faults().stopAfter(0);
            open.log.append(record("a", 4, "never durable"));
            JournalException failure = open.awaitFailure();

            assertThat(failure)
                    .hasMessageContaining(".journal")
                    .hasMessageContaining("make room on the disk")
                    .hasRootCauseInstanceOf(IOException.class);
            assertThatThrownBy(() -> open.log.append(record("a", 5, "refused")))
                    .isInstanceOf(JournalException.class)
                    .hasCause(failure);
            assertThat(open.durable()).isEqualTo(3);
            assertThat(open.log.durableIndex()).isEqualTo(3);
            assertThat(open.log.lastIndex()).isEqualTo(4);
        }
        try (OpenLog open = OpenLog.in(folder, JournalOptions.DEFAULTS)) {
            assertThat(open.readAll()).hasSize(3);
        }
    }

    @Test
    void who_asks_after_the_failure_is_told_too() throws Exception {
        try (FaultFileSystem files = FaultFileSystem.over(folder);
                OpenLog open = OpenLog.in(files.root(), JournalOptions.DEFAULTS)) {
            files.faults().stopAfter(0);
            open.log.append(record("a", 1, "never durable"));
            JournalException failure = open.awaitFailure();
            List<JournalException> told = new ArrayList<>();
            open.log.whenFailed(told::add);
            assertThat(told).containsExactly(failure);
        }
    }

    @Test
    void a_broker_that_ended_first_does_not_keep_the_log_from_closing() {
        Executor ended = task -> {
            throw new RejectedExecutionException("ended");
        };
        FileLog log = FileLog.open(FileLogOptions.in(folder, "test"), InstantSource.system(), ended);
        log.append(record("a", 1, "x"));
        log.close();
        try (OpenLog open = OpenLog.in(folder, JournalOptions.DEFAULTS)) {
            assertThat(open.readAll()).hasSize(1);
        }
    }
}
