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
import java.time.Instant;
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
        Instant before = Instant.now().minusMillis(1);
        try (ReferenceBroker broker = ReferenceBroker.start(BrokerConfig.defaults())) {
            HoldCommandTest subscriber = beside();
            CompletableFuture<Integer> subscribed = subscriber.start(
                    "--subscribe ^t$",
                    "holdfast.servers=" + broker.uri(),
                    "holdfast.client.name=listener",
                    "holdfast.subscribe.bookmark=epoch",
                    "holdfast.backoff.initial=20ms");
            CompletableFuture<Integer> published = start(
                    "--publish t --rate 200",
                    "holdfast.servers=" + broker.uri(),
                    "holdfast.client.name=holder",
                    "holdfast.backoff.initial=20ms");
            subscriber.awaitReceived(1);
            assertThat(broker.faults().drop("holder")).isEqualTo(1);
            assertThat(broker.faults().drop("listener")).isEqualTo(1);
            out.await("\"from\":\"RESUMING\"", 2);
            subscriber.out.await("\"from\":\"RESUMING\"", 2);
            out.await("\"event\":\"traffic\"");
            subscriber.out.await("\"event\":\"traffic\"");

            process.stop.complete(null);
            assertThat(published.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.INTERRUPTED.code());
            JsonNode sent = summary();
            assertThat(sent.path("published").asLong()).as("%s", sent).isPositive();
            assertThat(sent.path("persisted")).as("%s", sent).isEqualTo(sent.path("published"));
            assertThat(sent.path("pending").asLong()).as("%s", sent).isZero();

            subscriber.awaitReceived(sent.path("published").asLong());
            subscriber.process.stop.complete(null);
            assertThat(subscribed.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.INTERRUPTED.code());
            JsonNode got = subscriber.summary();
            assertThat(got.path("received")).as("%s", got).isEqualTo(sent.path("published"));
            for (String none : List.of("duplicates", "gaps", "restarts")) {
                assertThat(got.path(none).asLong()).as("%s: %s", none, got).isZero();
            }

            HeldLines.of(lines(), "holder", broker.port()).assertPlausible(before, Instant.now());
            HeldLines.of(subscriber.lines(), "listener", broker.port()).assertPlausible(before, Instant.now());
        }
    }

    /** {@link LedgerTest} has the seconds one by one; this is that they go by. */
    @Test
    void while_traffic_flows_there_is_a_line_of_it_every_second() throws Exception {
        try (ReferenceBroker broker = ReferenceBroker.start(BrokerConfig.defaults())) {
            CompletableFuture<Integer> published =
                    start("--publish t --rate 200", "holdfast.servers=" + broker.uri(), "holdfast.client.name=holder");
            out.await("\"event\":\"traffic\"", 3);
            process.stop.complete(null);
            assertThat(published.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.INTERRUPTED.code());

            List<Long> counts = lines().stream()
                    .filter(line -> line.path("event").asText().equals("traffic"))
                    .map(line -> line.path("published").asLong())
                    .toList();
            assertThat(counts).hasSizeGreaterThanOrEqualTo(3).isSorted();
            assertThat((double) counts.size())
                    .as("not more often: %s", out)
                    .isLessThanOrEqualTo(summary().path("seconds").asDouble());
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
            long published = summary().path("published").asLong();

            HoldCommandTest second = beside();
            CompletableFuture<Integer> again = second.start("--publish t --rate 100 --subscribe ^t$", config);
            second.awaitReceived(published + 1);
            second.process.stop.complete(null);
            again.get(30, TimeUnit.SECONDS);
            JsonNode summary = second.summary();
            assertThat(summary.path("received").asLong()).as("%s", summary).isGreaterThan(published);
            assertThat(summary.path("duplicates").asLong()).isZero();
            assertThat(summary.path("gaps").asLong()).isZero();
            assertThat(summary.path("restarts").asLong()).isZero();
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
        Path file = Files.write(Files.createTempFile(folder, "hold", ".properties"), lines);
        return CompletableFuture.supplyAsync(() -> process.run(("hold --config " + file + " " + options).trim()));
    }

    /** Another process on the same machine. */
    private HoldCommandTest beside() {
        HoldCommandTest other = new HoldCommandTest();
        other.folder = folder;
        return other;
    }

    private JsonNode summary() throws Exception {
        JsonNode last = lines().get(lines().size() - 1);
        assertThat(last.path("event").asText()).as("%s", last).isEqualTo("summary");
        return last;
    }

    private List<JsonNode> lines() throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private void awaitReceived(long messages) throws Exception {
        synchronized (out) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (lines().stream().noneMatch(line -> line.path("received").asLong() >= messages)) {
                assertThat(System.nanoTime())
                        .as("received %s in %s", messages, out)
                        .isLessThan(deadline);
                out.wait(100);
            }
        }
    }
}
