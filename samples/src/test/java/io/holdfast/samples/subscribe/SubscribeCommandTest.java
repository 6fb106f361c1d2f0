package io.holdfast.samples.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.samples.cli.ExitCode;
import io.holdfast.samples.fake.MemoryBroker;
import io.holdfast.samples.fake.TestProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubscribeCommandTest {

    private static final String SUBSCRIBE = "subscribe --server tcp://localhost:9007/amps/json --name sub --topic ";

    private final MemoryBroker broker = new MemoryBroker();
    private final TestProcess process = new TestProcess(broker);

    @AfterEach
    void shut_down() {
        broker.shutDown();
    }

    @Test
    void it_prints_one_payload_a_line_and_ends_after_the_count() throws Exception {
        CompletableFuture<Integer> code = start(SUBSCRIBE + "^orders/ --count 3");
        broker.publish("orders/1", "one");
        broker.publish("trades/1", "another topic");
        broker.publish("orders/2", "z\u00fcrich");
        broker.publish("orders/2", "three");
        broker.publish("orders/2", "one too many");
        assertThat(code.get(20, TimeUnit.SECONDS)).isZero();
        assertThat(process.out()).isEqualTo("one\nz\u00fcrich\nthree\n");
        assertThat(process.errLines()).hasSize(1).first().asString().startsWith("subscribed to ^orders/ at ");
    }

    @Test
    void a_name_without_regex_characters_is_one_topic_only() throws Exception {
        CompletableFuture<Integer> code = start(SUBSCRIBE + "t --count 1");
        broker.publish("other/t", "a topic with a t in it");
        broker.publish("t", "one");
        assertThat(code.get(20, TimeUnit.SECONDS)).isZero();
        assertThat(process.out()).isEqualTo("one\n");
    }

    @Test
    void a_line_is_written_out_at_once_when_no_other_waits() throws Exception {
        PipedInputStream reading = new PipedInputStream();
        process.out(new PipedOutputStream(reading));
        CompletableFuture<Integer> code = start(SUBSCRIBE + "t");
        broker.publish("t", "lonely");
        assertThat(new BufferedReader(new InputStreamReader(reading, StandardCharsets.UTF_8)).readLine())
                .isEqualTo("lonely");
        process.stop.complete(null);
        assertThat(code.get(20, TimeUnit.SECONDS)).isEqualTo(ExitCode.INTERRUPTED.code());
    }

    @Test
    void many_lines_at_speed_all_come_out() throws Exception {
        CompletableFuture<Integer> code = start(SUBSCRIBE + "t --count 20000");
        for (int i = 0; i < 20_000; i++) {
            broker.publish("t", "message " + i);
        }
        assertThat(code.get(20, TimeUnit.SECONDS)).isZero();
        assertThat(process.out().lines()).hasSize(20_000).last().isEqualTo("message 19999");
    }

    @Test
    void a_deadline_that_passes_is_code_seven() {
        assertThat(process.run(SUBSCRIBE + "t --count 1 --timeout 100ms")).isEqualTo(ExitCode.TIMEOUT.code());
        assertThat(process.errLines()).hasSize(2).last().asString().contains("0 of 1 messages came");
    }

    @Test
    void a_refused_subscription_is_code_six() {
        assertThat(process.run(SUBSCRIBE + "t --filter nonsense")).isEqualTo(ExitCode.REFUSED.code());
        assertThat(process.errLines()).hasSize(1).first().asString().contains("bad filter");
    }

    @Test
    void a_refused_logon_is_code_four() {
        broker.requirePassword("s3cr3t");
        assertThat(process.run(SUBSCRIBE + "t")).isEqualTo(ExitCode.LOGON_REFUSED.code());
        assertThat(process.errLines()).hasSize(1).first().asString().contains("auth failure");
    }

    @Test
    void an_eviction_is_code_five_and_one_line() throws Exception {
        CompletableFuture<Integer> code = start(SUBSCRIBE + "t");
        assertThat(new TestProcess(broker).run("publish --server tcp://h:1/amps --name sub --topic t"))
                .isZero();
        assertThat(code.get(20, TimeUnit.SECONDS)).isEqualTo(ExitCode.CONNECTION_LOST.code());
        assertThat(process.errLines()).hasSize(2).last().asString().contains("the peer closed the connection");
    }

    @Test
    void a_reader_that_goes_away_is_code_eight() throws Exception {
        process.out(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        CompletableFuture<Integer> code = start(SUBSCRIBE + "t");
        broker.publish("t", "for nobody");
        assertThat(code.get(20, TimeUnit.SECONDS)).isEqualTo(ExitCode.INPUT_OUTPUT.code());
        assertThat(process.err()).contains("Broken pipe");
    }

    private CompletableFuture<Integer> start(String commandLine) throws InterruptedException {
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> process.run(commandLine));
        assertThat(broker.awaitSubscription()).isTrue();
        return code;
    }
}
