package io.holdfast.broker.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.broker.JournalOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One folder, one broker: in this JVM, and among processes. */
class JournalLockTest {

    @TempDir
    private Path folder;

    @Test
    void another_process_is_named_and_its_end_frees_the_folder() throws Exception {
        try (Other other = new Other(folder)) {
            assertThat(other.said()).isEqualTo("open");
            for (int i = 0; i < 2; i++) { // the first refusal must not free it
                assertThatThrownBy(() -> OpenLog.in(folder, JournalOptions.DEFAULTS))
                        .isInstanceOf(JournalException.class)
                        .hasMessageContaining("pid=" + other.process.pid())
                        .hasMessageContaining("instance=other")
                        .hasMessageContaining("a folder of its own");
            }
            other.kill();
            OpenLog.in(folder, JournalOptions.DEFAULTS).close();
        }
    }

    @Test
    void a_second_log_in_this_jvm_is_refused_and_costs_the_first_one_nothing() throws Exception {
        try (OpenLog open = OpenLog.in(folder, JournalOptions.DEFAULTS)) {
            Path otherWay = Files.createSymbolicLink(folder.resolveSibling(folder.getFileName() + "-link"), folder);
            for (Path way : new Path[] {folder, otherWay}) {
                assertThatThrownBy(() -> OpenLog.in(way, JournalOptions.DEFAULTS))
                        .hasMessageContaining("pid " + ProcessHandle.current().pid());
            }
            Files.delete(otherWay);
            try (Other other = new Other(folder)) {
                assertThat(other.said())
                        .contains("pid=" + ProcessHandle.current().pid());
            }
            open.append("a", 1, 1);
        }
        try (Other other = new Other(folder)) {
            assertThat(other.said()).isEqualTo("open");
        }
    }

    /** Opens the log and says how it went, until it is killed. */
    public static final class OtherBroker {

        private OtherBroker() {}

        /** The folder is the one argument. */
        public static void main(String[] arguments) throws IOException {
            try (FileLog log = FileLog.open(
                    FileLogOptions.in(Path.of(arguments[0]), "other"), InstantSource.system(), Runnable::run)) {
                System.out.println(log.lastIndex() < 0 ? "never" : "open");
                System.in.read();
            } catch (JournalException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private static final class Other implements AutoCloseable {

        final Process process;
        private final BufferedReader out;

        Other(Path folder) throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            OtherBroker.class.getName(),
                            folder.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            out = process.inputReader(StandardCharsets.UTF_8);
        }

        /** The last line, which is the only one unless a logger speaks before. */
        String said() throws IOException {
            String line = out.readLine();
            while (line != null && !line.equals("open") && !line.contains("the journal in")) {
                line = out.readLine();
            }
            return line;
        }

        void kill() {
            process.destroyForcibly().onExit().join();
        }

        @Override
        public void close() {
            kill();
        }
    }
}
