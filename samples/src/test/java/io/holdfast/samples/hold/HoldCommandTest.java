package io.holdfast.samples.hold;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.broker.BrokerConfig;
import io.holdfast.broker.ReferenceBroker;
import io.holdfast.client.connect.ConnectorProvider;
import io.holdfast.samples.cli.ExitCode;
import io.holdfast.samples.fake.TestProcess;
import io.holdfast.samples.fake.WatchedOutput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command over real sockets, against the reference broker. */
class HoldCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final WatchedOutput out = new WatchedOutput();
    private final TestProcess process = new TestProcess(() -> ServiceLoader.load(ConnectorProvider.class)
                    .findFirst()
                    .orElseThrow()
                    .create())
            .out(out);

    @Test
    void a_lost_connection_is_two_transitions_more_and_no_message_less() throws Exception {
        try (ReferenceBroker broker = ReferenceBroker.start(BrokerConfig.defaults())) {
            CompletableFuture<Integer> code = start(
                    "--publish t --rate 200 --subscribe ^t$",
                    "holdfast.servers=" + broker.uri(),
                    "holdfast.client.name=holder",
                    "holdfast.subscribe.bookmark=most-recent",
                    "holdfast.backoff.initial=20ms");
            awaitTraffic(1);
            assertThat(broker.faults().drop("holder")).isEqualTo(1);
            out.await("\"state\":\"BACKOFF\"");
            await("\"from\":\"RESUMING\"", 2);
            process.stop.complete(null);
            assertThat(code.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.INTERRUPTED.code());

            List<JsonNode> lines = lines();
            JsonNode lost = lines.stream()
                    .filter(line -> line.path("state").asText().equals("BACKOFF"))
                    .findFirst()
                    .orElseThrow();
            // One close of the broker shows as an end or as a reset, depending on what this client was just sending.
            assertThat(lost.path("cause").asText())
                    .containsAnyOf("the peer closed the connection", "the connection failed");
            assertThat(lost.path("name").asText()).isEqualTo("holder");
            assertThat(lost.path("attempt").asInt()).isPositive();
            JsonNode summary = lines.get(lines.size() - 1);
            assertThat(summary.path("event").asText()).isEqualTo("summary");
            assertThat(summary.path("published").asLong()).isPositive();
            assertThat(summary.path("persisted")).as("%s", summary).isEqualTo(summary.path("published"));
            assertThat(summary.path("duplicates").asLong()).isZero();
            assertThat(summary.path("gaps").asLong()).isZero();
            assertThat(summary.path("pending").asLong()).isZero();
        }
    }

    @Test
    void the_counter_of_a_file_store_goes_on_at_the_next_start() throws Exception {
        try (ReferenceBroker broker = ReferenceBroker.start(BrokerConfig.defaults())) {
            String[] config = {
                "holdfast.servers=" + broker.uri(),
                "holdfast.app=orders",
                "holdfast.publish.store=file",
                "holdfast.subscribe.bookmark=epoch"
            };
            CompletableFuture<Integer> first = start("--publish t --rate 100", config);
            out.await("\"event\":\"traffic\"");
            process.stop.complete(null);
            first.get(30, TimeUnit.SECONDS);
            long published = lines().get(lines().size() - 1).path("published").asLong();

            HoldCommandTest second = new HoldCommandTest();
            second.folder = folder;
            CompletableFuture<Integer> again = second.start("--publish t --rate 100 --subscribe ^t$", config);
            second.awaitTraffic(2);
            second.process.stop.complete(null);
            again.get(30, TimeUnit.SECONDS);
            JsonNode summary = second.lines().get(second.lines().size() - 1);
            assertThat(summary.path("received").asLong()).as("%s", summary).isGreaterThan(published);
            assertThat(summary.path("duplicates").asLong()).isZero();
            assertThat(summary.path("gaps").asLong()).isZero();
        }
    }

    @Test
    void a_wrong_configuration_is_told_whole_and_nothing_is_started() throws Exception {
        assertThat(start("", "holdfast.servers=nowhere", "holdfast.clientname=x")
                        .get(30, TimeUnit.SECONDS))
                .isEqualTo(ExitCode.USAGE.code());
        assertThat(process.err()).contains("holdfast.servers").contains("holdfast.client.name");
        assertThat(out.size()).isZero();
    }

    @Test
    void an_unreachable_broker_is_tried_again_until_the_configuration_says_enough() throws Exception {
        ReferenceBroker gone = ReferenceBroker.start(BrokerConfig.defaults());
        gone.close();
        CompletableFuture<Integer> code = start(
                "",
                "holdfast.servers=" + gone.uri(),
                "holdfast.client.name=holder",
                "holdfast.backoff.initial=10ms",
                "holdfast.reconnect.max-attempts=3");
        assertThat(code.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.CONNECT_FAILED.code());
        assertThat(lines().stream()
                        .filter(line -> line.path("event").asText().equals("transition"))
                        .filter(line -> line.path("state").asText().equals("CONNECTING")))
                .hasSize(3);
    }

    private CompletableFuture<Integer> start(String options, String... config) throws Exception {
        List<String> lines = new ArrayList<>(List.of(config));
        lines.add("holdfast.state.dir=" + folder.resolve("state"));
        Path file = Files.write(folder.resolve("holdfast.properties"), lines);
        return CompletableFuture.supplyAsync(() -> process.run(("hold --config " + file + " " + options).trim()));
    }

    private List<JsonNode> lines() throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private void awaitTraffic(int lines) throws Exception {
        await("\"event\":\"traffic\"", lines);
    }

    private void await(String text, int times) throws Exception {
        synchronized (out) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (out.toString(StandardCharsets.UTF_8).split(text, -1).length <= times) {
                assertThat(System.nanoTime())
                        .as("%s %d times in %s", text, times, out)
                        .isLessThan(deadline);
                out.wait(100);
            }
        }
    }
}
