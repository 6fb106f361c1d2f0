package io.holdfast.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.broker.BrokerConfig;
import io.holdfast.broker.ReferenceBroker;
import io.holdfast.client.connect.ConnectorProvider;
import io.holdfast.samples.cli.ExitCode;
import io.holdfast.samples.fake.TestProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands over real sockets, against the reference broker. */
class EndToEndTest {

    @Test
    void two_publish_runs_under_one_name_reach_a_subscriber_twice() throws Exception {
        try (ReferenceBroker broker = start()) {
            String server = " --server " + broker.uri();
            TestProcess subscriber = process();
            CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() ->
                    subscriber.run("subscribe" + server + " --name sub --topic ^orders/ --count 4 --timeout 30s"));
            subscriber.awaitErr("subscribed");
            for (int run = 0; run < 2; run++) {
                TestProcess publisher = process().in("one\ntwo\n");
                assertThat(publisher.run("publish" + server + " --name pub --topic orders/1"))
                        .isZero();
                assertThat(publisher.err()).startsWith("published 2, confirmed 2, refused 0 in ");
            }
            assertThat(code.get(30, TimeUnit.SECONDS)).isZero();
            assertThat(subscriber.out()).isEqualTo("one\ntwo\none\ntwo\n");
        }
    }

    @Test
    void the_evicted_subscriber_ends_with_code_five() throws Exception {
        try (ReferenceBroker broker = start()) {
            String server = " --server " + broker.uri();
            TestProcess older = process();
            CompletableFuture<Integer> code = CompletableFuture.supplyAsync(
                    () -> older.run("subscribe" + server + " --name shared --topic t --timeout 30s"));
            older.awaitErr("subscribed");
            assertThat(process().in("").run("publish" + server + " --name shared --topic t"))
                    .isZero();
            assertThat(code.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.CONNECTION_LOST.code());
            assertThat(older.errLines()).hasSize(2);
        }
    }

    @Test
    void a_wrong_password_is_code_four_and_is_not_printed(@TempDir Path folder) throws Exception {
        Path users = Files.writeString(folder.resolve("users"), "ann:{noop}s3cr3t\n");
        try (ReferenceBroker broker =
                ReferenceBroker.start(BrokerConfig.builder().users(users).build())) {
            String command =
                    "publish --name pub --topic t --server " + broker.uri().replace("//", "//ann@");
            TestProcess wrong = process();
            wrong.environment.put("HOLDFAST_PASSWORD", "wr0ng");
            assertThat(wrong.run(command)).isEqualTo(ExitCode.LOGON_REFUSED.code());
            assertThat(wrong.errLines()).hasSize(1);
            assertThat(wrong.err()).doesNotContain("wr0ng");
            TestProcess right = process();
            right.environment.put("HOLDFAST_PASSWORD", "s3cr3t");
            assertThat(right.run(command)).isZero();
        }
    }

    @Test
    void a_port_where_nobody_listens_is_code_three_and_one_line() {
        ReferenceBroker gone = start();
        gone.close();
        TestProcess process = process();
        assertThat(process.run("publish --name pub --topic t --server " + gone.uri()))
                .isEqualTo(ExitCode.CONNECT_FAILED.code());
        assertThat(process.errLines()).hasSize(1);
    }

    @Test
    void the_demo_shows_what_it_measured() {
        TestProcess process = process();
        assertThat(process.run("demo --messages 2000 --seconds 1")).isZero();
        List<String> lines = process.out().lines().toList();
        assertThat(process.err()).isEmpty();
        assertThat(process.out())
                .contains("received 2,000, 0 of them out of order")
                .contains("02-0025")
                .contains("A logs on and evicts B")
                .contains("3. What to do");
        List<Long> evicted = row(lines, "evicted, by the broker's events");
        List<Long> sawClosed = row(lines, "closed by the peer, as it saw it");
        for (int side = 0; side < 2; side++) {
            // One that is evicted in the moment it is stopped may take the close for its own.
            assertThat(evicted.get(side) - sawClosed.get(side)).isBetween(0L, 1L);
        }
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    private static List<Long> row(List<String> lines, String title) {
        String row =
                lines.stream().filter(line -> line.contains(title)).findFirst().orElseThrow();
        String cells = row.substring(row.indexOf(title) + title.length()).replace(",", "");
        return Pattern.compile("\\d+")
                .matcher(cells)
                .results()
                .map(each -> Long.valueOf(each.group()))
                .toList();
    }

    private static ReferenceBroker start() {
        return ReferenceBroker.start(BrokerConfig.defaults());
    }

    private static TestProcess process() {
        return new TestProcess(() -> transport().orElseThrow().create());
    }

    private static Optional<ConnectorProvider> transport() {
        return ServiceLoader.load(ConnectorProvider.class).findFirst();
    }
}
