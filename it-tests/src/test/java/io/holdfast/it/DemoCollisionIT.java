package io.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.it.program.Built;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code demo collision} as a user runs it: a process with processes of its own. */
@Timeout(240)
class DemoCollisionIT {

    private static final Pattern PIDS = Pattern.compile("A is pid (\\d+), B is pid (\\d+)");

    @TempDir
    Path folder;

    @Test
    void it_shows_the_fight_the_settlement_and_the_takeover_and_leaves_nothing_behind() throws Exception {
        Process demo = start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader out = demo.inputReader(StandardCharsets.UTF_8)) {
            out.lines().forEach(lines::add);
            assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            demo.destroyForcibly();
        }
        String screen = String.join("\n", lines);
        assertThat(demo.exitValue()).as(screen).isZero();
        Matcher pids = PIDS.matcher(screen);
        assertThat(pids.find()).isTrue();
        String a = pids.group(1);
        String b = pids.group(2);
        assertThat(screen)
                .containsPattern("they still fight: A was evicted [1-9]")
                .containsPattern("Settled \\d+\\.\\d s after both were there: [1-9]\\d* evictions")
                .containsPattern("(?s)The verdict in A's log:.*rival_pid=" + b + ".*self_pid=" + a)
                .containsPattern("The name had no holder for \\d+\\.\\d{3} s\\.")
                .contains("give each instance its own name");
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertGone(Long.parseLong(a), Long.parseLong(b));
    }

    @Test
    void a_signal_ends_its_processes_too() throws Exception {
        Process demo = start();
        try (BufferedReader out = demo.inputReader(StandardCharsets.UTF_8)) {
            Matcher pids = PIDS.matcher("");
            for (String line = out.readLine(); line != null && !pids.reset(line).find(); line = out.readLine()) {
                assertThat(line).doesNotContain("Settled");
            }
            demo.destroy();
            assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(demo.exitValue()).isEqualTo(143);
            assertGone(Long.parseLong(pids.group(1)), Long.parseLong(pids.group(2)));
        } finally {
            demo.destroyForcibly();
        }
    }

    private void assertGone(long... pids) throws IOException {
        for (long pid : pids) {
            assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + folder,
                        "-jar",
                        Built.commandLine().toString(),
                        "demo",
                        "collision",
                        "--seconds",
                        "2")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
