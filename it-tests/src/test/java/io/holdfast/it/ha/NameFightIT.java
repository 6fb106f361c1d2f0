package io.holdfast.it.ha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.client.Client;
import io.holdfast.client.ClientListener;
import io.holdfast.client.ClientOptions;
import io.holdfast.client.ClientState;
import io.holdfast.client.Reconnect;
import io.holdfast.client.collision.Classification;
import io.holdfast.client.collision.CollisionDiagnosis;
import io.holdfast.client.collision.NameStatus;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.ha.HoldfastClient;
import io.holdfast.ha.collision.CollisionOptions;
import io.holdfast.ha.collision.CollisionWatch;
import io.holdfast.it.broker.BrokerPair;
import io.holdfast.it.broker.BrokerSettings;
import io.holdfast.it.broker.BrokerUnderTest;
import io.holdfast.it.broker.Brokers;
import io.holdfast.it.broker.ContainerBroker;
import io.holdfast.it.broker.Engine;
import io.holdfast.it.broker.RestartableBroker;
import io.holdfast.it.program.Built;
import io.holdfast.it.program.ContainerProgram;
import io.holdfast.it.program.ProcessProgram;
import io.holdfast.it.program.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.Network;

/** Two programs with one name, over real sockets: exactly one stays, both say who the other is, and nobody cries wolf. */
class NameFightIT {

    private static final String NAME = "orders";
    private static final Pattern SELF = Pattern.compile("HF-300[35] .* self_host=(\\S+) self_pid=(\\d+)");

    @TempDir
    Path folder;

    @Test
    void of_two_programs_in_two_containers_one_stands_by_both_name_the_other_and_the_standby_takes_over()
            throws Exception {
        assumeTrue(Engine.isThere(), "two hosts need two containers; the story of two processes runs anyway");
        try (Network network = Network.newNetwork();
                ContainerBroker broker = ContainerBroker.startRestartable(BrokerSettings.DEFAULTS, network, "broker")) {
            String configuration = configuration(ContainerBroker.uriWithin("broker"));
            try (HoldProgram<ContainerProgram> one =
                            HoldProgram.inContainer(network, configuration, "--publish", "fight", "--rate", "20");
                    HoldProgram<ContainerProgram> two =
                            HoldProgram.inContainer(network, configuration, "--publish", "fight", "--rate", "20")) {
                settleAndTakeOver(one, two);
                assertThat(broker.log()).contains("client[" + NAME + "] disconnected. reason: name in use");
            }
        }
    }

    @Test
    void of_two_processes_too() throws Exception {
        Path oneFolder = Files.createDirectory(folder.resolve("one"));
        Path twoFolder = Files.createDirectory(folder.resolve("two"));
        try (BrokerUnderTest broker = Brokers.start(BrokerSettings.DEFAULTS)) {
            String configuration = configuration(broker.uri());
            try (HoldProgram<ProcessProgram> one = HoldProgram.inProcess(oneFolder, configuration);
                    HoldProgram<ProcessProgram> two = HoldProgram.inProcess(twoFolder, configuration)) {
                settleAndTakeOver(one, two);
            }
        }
    }

    private <P extends Program> void settleAndTakeOver(HoldProgram<P> one, HoldProgram<P> two) throws Exception {
        Waiting.until(
                () -> isIn(one, "STANDBY") != isIn(two, "STANDBY"),
                Traffic.PATIENCE,
                () -> "nobody stands by;\n" + one.program().log()
                        + two.program().log());
        HoldProgram<P> standby = isIn(one, "STANDBY") ? one : two;
        HoldProgram<P> holder = standby == one ? two : one;
        Waiting.until(
                () -> verdictNames(holder, standby),
                Traffic.PATIENCE,
                () -> "the holder names nobody;\n" + holder.program().log());
        assertThat(verdictNames(standby, holder)).as(standby.program().log()).isTrue();
        assertThat(doctor(one.program().log(), two.program().log()))
                .as("exit code of doctor over both logs")
                .isEqualTo(2);

        int mark = standby.mark();
        holder.program().kill();
        JsonNode connected = standby.awaitConnected(mark);
        assertThat(connected.get("name").asText()).isEqualTo(NAME);
    }

    /** Whether one of its lines gives the other's host and pid as the other gives them of itself. */
    private static boolean verdictNames(HoldProgram<?> who, HoldProgram<?> other) {
        Matcher self = SELF.matcher(other.program().log());
        if (!self.find()) {
            return false;
        }
        String rival = "rival_host=" + self.group(1) + " rival_pid=" + self.group(2) + " ";
        return who.program().log().lines().anyMatch(line -> line.matches(".*HF-300[35] .*") && line.contains(rival));
    }

    private static boolean isIn(HoldProgram<?> program, String state) {
        List<JsonNode> transitions = program.told().stream()
                .filter(line -> line.path("event").asText().equals("transition"))
                .toList();
        return !transitions.isEmpty()
                && transitions
                        .get(transitions.size() - 1)
                        .path("state")
                        .asText()
                        .equals(state);
    }

    private int doctor(String... logs) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("doctor"));
        for (int i = 0; i < logs.length; i++) {
            arguments.add(Files.writeString(folder.resolve("log-" + i + ".log"), logs[i])
                    .toString());
        }
        Process doctor = new ProcessBuilder(Built.java(Built.commandLine(), arguments))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("doctor.out").toFile())
                .start();
        assertThat(doctor.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("doctor.out")).content().contains(NAME);
        return doctor.exitValue();
    }

    private static String configuration(String uri) {
        return """
                holdfast.servers = %s
                holdfast.client.name = %s
                holdfast.heartbeat.interval = 1s
                """.formatted(uri, NAME);
    }

    @Test
    void to_a_plain_client_that_reconnects_for_ever_we_yield_and_say_where_it_is() throws Exception {
        Told told = new Told();
        try (BrokerUnderTest broker = Brokers.start(BrokerSettings.DEFAULTS);
                Client ours = client(told, CollisionOptions.DEFAULTS, broker.uri());
                PlainRival rival = new PlainRival(broker.uri())) {
            ours.connect(Traffic.PATIENCE);
            rival.begin();
            Waiting.until(() -> ours.state() == ClientState.STANDBY, Traffic.PATIENCE, () -> told.toString());

            assertThat(told.last().parties().rival().address()).isNotNull();
            assertThat(told.last().remedy()).isNotBlank();
            long before = rival.logons();
            Thread.sleep(2_000); // for the rival to be thrown off again, if we did
            assertThat(rival.logons()).as("it is left in peace").isEqualTo(before);

            rival.end();
            Waiting.until(() -> ours.state().isConnected(), Traffic.PATIENCE, () -> told.toString());
        }
    }

    @Test
    void a_broker_that_restarts_three_times_in_a_row_is_no_rival() throws Exception {
        Told told = new Told();
        try (RestartableBroker broker = Brokers.startRestartable();
                Client ours = client(told, CollisionOptions.DEFAULTS, broker.uri())) {
            ours.connect(Traffic.PATIENCE);
            for (int i = 0; i < 3; i++) {
                broker.kill();
                Waiting.until(() -> !ours.state().isConnected(), Traffic.PATIENCE, () -> "not noticed");
                broker.startAgain();
                Waiting.until(() -> ours.state().isConnected(), Traffic.PATIENCE, () -> told.toString());
            }
            assertThat(told.verdicts).isEmpty();
            assertThat(ours.nameStatus().state()).isIn(NameStatus.State.UNDISPUTED, NameStatus.State.SUSPECTED);
        }
    }

    @Test
    void two_at_a_broker_without_a_log_are_found_by_watching() throws Exception {
        Told told = new Told();
        CollisionOptions watching = CollisionOptions.DEFAULTS.withWatch(CollisionWatch.ALWAYS);
        try (BrokerUnderTest broker = Brokers.start(BrokerSettings.DEFAULTS.withoutTransactionLog());
                Client ours = client(told, watching, broker.uri());
                Client other = client(new Told(), CollisionOptions.DEFAULTS, broker.uri())) {
            ours.connect(Traffic.PATIENCE);
            awaitWatching(broker);
            other.connect(Traffic.PATIENCE);
            told.await();

            assertThat(told.last().classification()).isEqualTo(Classification.SILENT_COLLISION);
            assertThat(told.last().parties().rival().pid())
                    .isEqualTo(ProcessHandle.current().pid());
            assertThat(ours.state().isConnected()).as("nobody is evicted").isTrue();
            assertThat(other.state().isConnected()).isTrue();
        }
    }

    private static void awaitWatching(BrokerUnderTest broker) throws Exception {
        Waiting.until(() -> broker.log().contains(NAME + "~diag-"), Traffic.PATIENCE, broker::log);
        Thread.sleep(
                500); // the logon of the control is logged; its subscription follows, and the log says nothing of it
    }

    @Test
    void two_at_two_brokers_that_replicate_are_found_by_watching_both() throws Exception {
        Told told = new Told();
        CollisionOptions watching = CollisionOptions.DEFAULTS.withWatch(CollisionWatch.ALWAYS);
        try (BrokerPair pair = BrokerPair.start();
                Client here =
                        client(told, watching, pair.first().uri(), pair.second().uri());
                Client there = client(
                        new Told(), CollisionOptions.DEFAULTS, pair.second().uri())) {
            here.connect(Traffic.PATIENCE);
            awaitWatching(pair.second());
            there.connect(Traffic.PATIENCE);
            told.await();

            assertThat(told.last().classification()).isEqualTo(Classification.SILENT_COLLISION);
            assertThat(here.state().isConnected() && there.state().isConnected())
                    .as("nobody is evicted")
                    .isTrue();
        }
    }

    private static Client client(Told told, CollisionOptions collision, String... uris) {
        return HoldfastClient.builder()
                .name(NAME)
                .servers(Stream.of(uris).map(Endpoint::parse).toList())
                .collision(collision)
                .listener(told)
                .build();
    }

    /** What a client told of its name. */
    private static final class Told implements ClientListener {

        private final Queue<CollisionDiagnosis> verdicts = new ConcurrentLinkedQueue<>();

        @Override
        public void onCollision(Client client, CollisionDiagnosis diagnosis) {
            verdicts.add(diagnosis);
        }

        void await() throws InterruptedException {
            Waiting.until(() -> !verdicts.isEmpty(), Traffic.PATIENCE, () -> "no verdict");
        }

        CollisionDiagnosis last() {
            return List.copyOf(verdicts).get(verdicts.size() - 1);
        }

        @Override
        public String toString() {
            return verdicts.stream().map(CollisionDiagnosis::describe).toList().toString();
        }
    }

    /** A client as they are: when its connection ends, it connects again 200 ms later, for ever. */
    private static final class PlainRival implements AutoCloseable {

        private final String uri;
        private final AtomicBoolean ended = new AtomicBoolean();
        private final CountDownLatch over = new CountDownLatch(1);
        private final AtomicLong logons = new AtomicLong();
        private final Thread thread = new Thread(this::run, "plain-rival");

        PlainRival(String uri) {
            this.uri = uri;
        }

        void begin() {
            thread.start();
        }

        long logons() {
            return logons.get();
        }

        private void run() {
            while (!ended.get()) {
                try (Client client = HoldfastClient.builder()
                        .name(NAME)
                        .server(uri)
                        .options(ClientOptions.DEFAULTS.with(Reconnect.never()))
                        .listener(new ClientListener() {})
                        .build()) {
                    client.connect(Duration.ofSeconds(5));
                    logons.incrementAndGet();
                    var lost = client.closed().toCompletableFuture();
                    while (!ended.get() && !lost.isDone()) {
                        over.await(200, TimeUnit.MILLISECONDS);
                    }
                } catch (InterruptedException e) {
                    return;
                } catch (RuntimeException e) {
                    // evicted in the middle of its logon: again
                }
            }
        }

        void end() {
            ended.set(true);
            over.countDown();
            thread.interrupt();
        }

        @Override
        public void close() {
            end();
        }
    }
}
