package io.holdfast.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.broker.BrokerConfig;
import io.holdfast.broker.ClientInfo;
import io.holdfast.broker.ReferenceBroker;
import io.holdfast.client.connect.ConnectorProvider;
import io.holdfast.samples.cli.ExitCode;
import io.holdfast.samples.fake.TestProcess;
import io.holdfast.samples.fake.WatchedOutput;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code publish} and {@code subscribe} with a program's configuration, over real sockets: the connection is lost, no line is. */
class ConfiguredTest {

    private static final int LINES = 1_500;

    @TempDir
    private Path folder;

    @Test
    void publish_goes_on_after_lost_connections_and_each_line_arrives_once_in_order() throws Exception {
        try (ReferenceBroker broker = ReferenceBroker.start(BrokerConfig.defaults())) {
            WatchedOutput seen = new WatchedOutput();
            TestProcess observer = process().out(seen);
            CompletableFuture<Integer> observed = start(
                    observer,
                    "subscribe --server " + broker.uri() + " --name observer --topic ^t$ --timeout 60s --count "
                            + (LINES + 1));
            observer.awaitErr("subscribed to");

            TestProcess publisher = process().in(lines(LINES));
            CompletableFuture<Integer> published = start(
                    publisher,
                    "publish --topic t --rate 1000 --config "
                            + file("holdfast.servers=" + broker.uri(), "holdfast.app=orders"));
            seen.await("line 100\n");
            String name = nameBeside("observer", broker);
            assertThat(broker.faults().drop(name)).isEqualTo(1);
            seen.await("line 900\n"); // far behind what it had sent by then: it is connected again
            assertThat(broker.faults().reset(name)).isEqualTo(1);

            assertThat(published.get(60, TimeUnit.SECONDS)).as(publisher.err()).isZero();
            assertThat(name).startsWith("orders");
            assertThat(publisher.err()).startsWith("published 1500, confirmed 1500, refused 0 in ");
            // One more, so that a line that comes twice at the end would be seen too.
            assertThat(process().in("end\n").run("publish --server " + broker.uri() + " --name last --topic t"))
                    .isZero();
            assertThat(observed.get(60, TimeUnit.SECONDS)).as(observer.err()).isZero();
            assertThat(text(seen)).isEqualTo(lines(LINES) + "end\n");
        }
    }

    @Test
    void subscribe_goes_on_after_lost_connections_and_prints_each_line_once_in_order() throws Exception {
        try (ReferenceBroker broker = ReferenceBroker.start(BrokerConfig.defaults())) {
            WatchedOutput printed = new WatchedOutput();
            TestProcess subscriber = process().out(printed);
            CompletableFuture<Integer> code = start(
                    subscriber,
                    "subscribe --topic ^t$ --timeout 60s --count " + LINES + " --config "
                            + file(
                                    "holdfast.servers=" + broker.uri(),
                                    "holdfast.client.name=desk",
                                    "holdfast.subscribe.bookmark=most-recent"));
            subscriber.awaitErr("subscribed to ^t$ at the servers of ");

            CompletableFuture<Integer> fed = start(
                    process().in(lines(LINES)),
                    "publish --server " + broker.uri() + " --name feed --topic t --rate 1000");
            printed.await("line 100\n");
            assertThat(broker.faults().drop("desk")).isEqualTo(1);
            printed.await("line 900\n");
            assertThat(broker.faults().reset("desk")).isEqualTo(1);

            assertThat(fed.get(60, TimeUnit.SECONDS)).isZero();
            assertThat(code.get(60, TimeUnit.SECONDS)).as(subscriber.err()).isZero();
            assertThat(text(printed)).isEqualTo(lines(LINES));
            assertThat(subscriber.errLines()).hasSize(1);
        }
    }

    @Test
    void a_second_run_of_subscribe_goes_on_behind_the_last_line_that_the_first_one_printed() throws Exception {
        try (ReferenceBroker broker = ReferenceBroker.start(BrokerConfig.defaults())) {
            assertThat(process().in(lines(LINES)).run("publish --server " + broker.uri() + " --name feed --topic t"))
                    .isZero();
            Path file = file(
                    "holdfast.servers=" + broker.uri(),
                    "holdfast.app=desk",
                    "holdfast.bookmark.store=file",
                    "holdfast.subscribe.bookmark=most-recent");
            StringBuilder all = new StringBuilder();
            for (int count : new int[] {1, 2, 997, 500}) {
                TestProcess run = process();
                assertThat(run.run("subscribe --topic ^t$ --timeout 30s --count " + count + " --config " + file))
                        .as(run.err())
                        .isZero();
                all.append(run.out());
            }
            assertThat(all.toString()).isEqualTo(lines(LINES));
        }
    }

    @Test
    void a_broker_that_stays_away_is_code_three_once_the_configuration_says_enough() throws Exception {
        ReferenceBroker broker = ReferenceBroker.start(BrokerConfig.defaults());
        try (PipedOutputStream typing = new PipedOutputStream()) {
            WatchedOutput seen = new WatchedOutput();
            TestProcess subscriber = process().out(seen);
            CompletableFuture<Integer> subscribed =
                    start(subscriber, "subscribe --topic ^t$ --config " + impatient("subscriber", broker));
            subscriber.awaitErr("subscribed to");
            TestProcess publisher = process().in(new PipedInputStream(typing));
            CompletableFuture<Integer> published =
                    start(publisher, "publish --topic t --config " + impatient("publisher", broker));
            typing.write("one\n".getBytes(StandardCharsets.UTF_8));
            typing.flush();
            seen.await("one\n");

            broker.close();

            assertThat(subscribed.get(60, TimeUnit.SECONDS))
                    .as(subscriber.err())
                    .isEqualTo(3);
            assertThat(published.get(60, TimeUnit.SECONDS)).as(publisher.err()).isEqualTo(3);
            assertThat(subscriber.errLines()).hasSize(2).last().asString().contains("gave up after 3 attempts");
            assertThat(publisher.errLines()).hasSize(2).last().asString().contains("gave up after 3 attempts");
        } finally {
            broker.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"publish", "subscribe"})
    void options_that_the_file_takes_the_place_of_are_a_mistake_beside_it(String command) throws Exception {
        Path file = file("holdfast.servers=tcp://localhost:1/amps", "holdfast.client.name=desk");
        for (String option : List.of(
                "--server tcp://localhost:1/amps",
                "--name other",
                "--password-file p",
                "--heartbeat 5s",
                "--tls-ca a",
                "--tls-cert a",
                "--tls-key a")) {
            TestProcess process = process();
            assertThat(process.run(command + " --topic t --config " + file + " " + option))
                    .as(option)
                    .isEqualTo(ExitCode.USAGE.code());
            assertThat(process.errLines())
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("--config takes the place of", option.substring(0, 5));
        }
    }

    private Path impatient(String name, ReferenceBroker broker) throws Exception {
        return file(
                "holdfast.servers=" + broker.uri(),
                "holdfast.client.name=" + name,
                "holdfast.reconnect.max-attempts=3");
    }

    private Path file(String... settings) throws Exception {
        List<String> lines = new ArrayList<>(List.of(settings));
        lines.add("holdfast.state.dir=" + folder.resolve("state"));
        lines.add("holdfast.backoff.initial=20ms");
        return Files.write(Files.createTempFile(folder, "program", ".properties"), lines);
    }

    /** The generated name: whoever is logged on beside this one. */
    private static String nameBeside(String other, ReferenceBroker broker) {
        List<String> names = broker.clients().stream()
                .map(ClientInfo::clientName)
                .filter(name -> !name.equals(other))
                .toList();
        assertThat(names).hasSize(1);
        return names.get(0);
    }

    private static CompletableFuture<Integer> start(TestProcess process, String commandLine) {
        return CompletableFuture.supplyAsync(() -> process.run(commandLine));
    }

    private static String lines(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    }

    private static String text(WatchedOutput out) {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static TestProcess process() {
        return new TestProcess(() -> ServiceLoader.load(ConnectorProvider.class)
                .findFirst()
                .orElseThrow()
                .create());
    }
}
