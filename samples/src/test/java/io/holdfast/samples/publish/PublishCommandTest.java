package io.holdfast.samples.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.samples.cli.ExitCode;
import io.holdfast.samples.fake.EndlessInput;
import io.holdfast.samples.fake.MemoryBroker;
import io.holdfast.samples.fake.TestProcess;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishCommandTest {

    private static final String PUBLISH = "publish --server tcp://ann@localhost:9007/amps/json --name pub --topic ";

    private final MemoryBroker broker = new MemoryBroker();
    private final TestProcess process = new TestProcess(broker);

    @AfterEach
    void shut_down() {
        broker.shutDown();
    }

    @Test
    void each_line_is_a_message_and_zero_means_all_confirmed() throws Exception {
        assertThat(process.in("one\nz\u00fcrich\n\nlast").run(PUBLISH + "t")).isZero();
        assertThat(broker.taken()).containsExactly("one", "z\u00fcrich", "", "last");
        assertThat(process.errLines())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("published 4, confirmed 4, refused 0 in ");
    }

    @Test
    void a_second_run_under_the_same_name_delivers_again() throws Exception {
        assertThat(process.in("one\ntwo\n").run(PUBLISH + "t")).isZero();
        assertThat(new TestProcess(broker).in("one\ntwo\n").run(PUBLISH + "t")).isZero();
        assertThat(broker.taken()).containsExactly("one", "two", "one", "two");
    }

    @Test
    void count_ends_an_endless_input() throws Exception {
        assertThat(process.in(new EndlessInput("y\n")).run(PUBLISH + "t --count 5000"))
                .isZero();
        assertThat(broker.taken()).hasSize(5000);
    }

    @Test
    void an_input_that_ends_before_the_count_is_no_mistake() throws Exception {
        assertThat(process.in("one\n").run(PUBLISH + "t --count 3")).isZero();
        assertThat(broker.taken()).containsExactly("one");
    }

    @Test
    void a_rate_is_kept() {
        long start = System.nanoTime();
        assertThat(process.in("1\n2\n3\n4\n5\n6\n").run(PUBLISH + "t --rate 50"))
                .isZero();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
    }

    @Test
    void a_refused_message_is_code_six_and_the_others_are_still_sent() {
        assertThat(process.in("one\ntwo\n").run(PUBLISH + MemoryBroker.REFUSED_TOPIC))
                .isEqualTo(ExitCode.REFUSED.code());
        List<String> lines = process.errLines();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("published 2, confirmed 0, refused 2 in ");
        assertThat(lines.get(1)).startsWith("holdfast publish: ").contains("not entitled");
    }

    @Test
    void a_broker_that_is_away_is_code_three() {
        broker.becomeUnreachable();
        assertThat(process.in("one\n").run(PUBLISH + "t")).isEqualTo(ExitCode.CONNECT_FAILED.code());
        assertThat(process.errLines()).hasSize(1).first().asString().contains("connection refused");
    }

    @Test
    void a_stack_trace_is_printed_only_if_asked_for() {
        broker.becomeUnreachable();
        process.run(PUBLISH + "t --debug");
        assertThat(process.err()).contains("ConnectFailedException", "\tat ");
    }

    @Test
    void the_password_comes_from_the_environment_or_a_file(@TempDir Path folder) throws Exception {
        broker.requirePassword("s3cr3t");
        assertThat(process.run(PUBLISH + "t")).isEqualTo(ExitCode.LOGON_REFUSED.code());
        process.environment.put("HOLDFAST_PASSWORD", "s3cr3t");
        assertThat(process.run(PUBLISH + "t")).isZero();

        Path file = Files.writeString(folder.resolve("password"), "s3cr3t\n");
        TestProcess other = new TestProcess(broker);
        assertThat(other.run(PUBLISH + "t --password-file " + file)).isZero();
        assertThat(process.err() + other.err()).doesNotContain("s3cr3t");
    }

    @Test
    void a_broker_that_confirms_nothing_is_code_seven() {
        assertThat(process.in("one\n").run(PUBLISH + MemoryBroker.SILENT_TOPIC + " --timeout 200ms"))
                .isEqualTo(ExitCode.TIMEOUT.code());
        assertThat(process.err()).contains("published 1, confirmed 0, refused 0, unconfirmed 1 in ");
    }

    @Test
    void a_connection_lost_after_the_last_line_is_code_five() {
        assertThat(process.in("one\n").run(PUBLISH + MemoryBroker.DEADLY_TOPIC))
                .isEqualTo(ExitCode.CONNECTION_LOST.code());
        assertThat(process.errLines()).hasSize(2);
    }

    @Test
    void a_connection_lost_while_stdin_is_silent_ends_it_at_once() throws Exception {
        try (PipedOutputStream typing = new PipedOutputStream()) {
            process.in(new PipedInputStream(typing));
            typing.write("one\n".getBytes(StandardCharsets.UTF_8));
            CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> process.run(PUBLISH + "deadly"));
            assertThat(code.get(20, TimeUnit.SECONDS)).isEqualTo(ExitCode.CONNECTION_LOST.code());
        }
    }

    @Test
    void a_signal_ends_it_cleanly_with_what_was_read_confirmed() throws Exception {
        try (PipedOutputStream typing = new PipedOutputStream()) {
            process.in(new PipedInputStream(typing));
            typing.write("one\n".getBytes(StandardCharsets.UTF_8));
            TestProcess subscriber = new TestProcess(broker);
            CompletableFuture<Integer> seen = CompletableFuture.supplyAsync(() ->
                    subscriber.run("subscribe --server tcp://h:1/amps --name sub --topic ^t$ --count 1 --timeout 20s"));
            assertThat(broker.awaitSubscription()).isTrue();
            CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> process.run(PUBLISH + "t"));
            assertThat(seen.get(20, TimeUnit.SECONDS)).isZero();
            assertThat(subscriber.out()).isEqualTo("one\n");
            process.stop.complete(null);
            assertThat(code.get(20, TimeUnit.SECONDS)).isEqualTo(ExitCode.INTERRUPTED.code());
        }
        assertThat(process.err()).startsWith("published 1, confirmed 1, refused 0 in ");
    }
}
