package io.holdfast.it.ha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.client.Client;
import io.holdfast.client.ClientListener;
import io.holdfast.client.collision.Classification;
import io.holdfast.client.collision.CollisionDiagnosis;
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
import io.holdfast.it.program.ContainerProgram;
import io.holdfast.it.program.ProcessProgram;
import io.holdfast.it.program.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.Network;

/** Two programs with one name, over real sockets: exactly one stays, both say who the other is, and nobody cries wolf. */
class NameFightIT {

    private static final String NAME = "orders";
    private static final Pattern SELF = Pattern.compile("HF-300[358] .* self_host=(\\S+) self_pid=(\\d+)");
    private static final Pattern SAID = Pattern.compile("HF-300[35] .* evictions=(\\d+) ");
    private static final Pattern PLAIN = Pattern.compile(
            "HF-3003 .* rival_host=- rival_pid=- rival_since=- rival_address=(\\S+:\\d+) .* fix=\"find the program that connects"
                    + " from (\\S+);");

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
                settleAndTakeOver(broker, one, two);
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
                settleAndTakeOver(broker, one, two);
            }
        }
    }

    private <P extends Program> void settleAndTakeOver(BrokerUnderTest broker, HoldProgram<P> one, HoldProgram<P> two)
            throws Exception {
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
        doctorFindsTheFight(broker, one, two);

        int mark = standby.mark();
        holder.program().kill();
        JsonNode connected = standby.awaitConnected(mark);
        assertThat(connected.get("name").asText()).isEqualTo(NAME);
    }

    /** By the clients' logs, and with the broker's too. */
    private void doctorFindsTheFight(BrokerUnderTest broker, HoldProgram<?> one, HoldProgram<?> two) throws Exception {
        String ofOne = one.program().log();
        String ofTwo = two.program().log();
        String ofBroker = broker.log();
        long evictions = evictions(ofBroker);
        assertThat(evictions).isPositive();

        Doctor doctor = new Doctor(folder, NAME);
        JsonNode byClients = doctor.collision(ofOne, ofTwo);
        JsonNode byAll = doctor.collision(ofBroker, ofOne, ofTwo);
        for (JsonNode finding : List.of(byClients, byAll)) {
            assertThat(finding.path("cause").asText()).isEqualTo("name-collision");
            assertThat(finding.path("certainty").asText()).isEqualTo("proved");
            assertThat(Doctor.processes(finding)).contains(self(ofOne), self(ofTwo));
        }
        assertThat(byClients.path("losses").asLong())
                .as("no less than a client says, no more than there were; %s", byClients)
                .isBetween(evictionsSaid(ofOne, ofTwo), evictions);
        haveAll(byAll, evictions);
    }

    /** The broker's log has every eviction; one may have been of a client's own connection that it had given up, which is no loss. */
    private static void haveAll(JsonNode finding, long evictions) {
        assertThat(finding.path("losses").asLong()).as("%s", finding).isBetween(evictions - 1, evictions);
    }

    private static long evictions(String brokerLog) {
        return brokerLog
                .lines()
                .filter(line -> line.contains(" 02-0025 ") && line.contains("client[" + NAME + "] "))
                .count();
    }

    /** The most that a client says it had when it gave its verdict. */
    private static long evictionsSaid(String... logs) {
        return Stream.of(logs)
                .flatMap(log -> SAID.matcher(log).results())
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .max()
                .orElseThrow();
    }

    /** Its host and pid, as its verdict gives them. */
    private static String self(String log) {
        Matcher self = SELF.matcher(log);
        assertThat(self.find()).as(log).isTrue();
        return self.group(1) + " " + self.group(2);
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

    private static String configuration(String uri) {
        return """
                holdfast.servers = %s
                holdfast.client.name = %s
                holdfast.heartbeat.interval = 1s
                """.formatted(uri, NAME);
    }

    @Test
    void to_a_plain_client_that_reconnects_for_ever_we_yield_and_say_where_it_is() throws Exception {
        try (Stage stage = Stage.with(BrokerSettings.DEFAULTS, folder);
                PlainRival rival = new PlainRival(NAME, stage.broker().uri())) {
            HoldProgram<?> ours = stage.hold(NAME);
            ours.awaitConnected(0);
            rival.begin();
            Waiting.until(() -> isIn(ours, "STANDBY"), Traffic.PATIENCE, ours.program()::log);
            long before = rival.logons();
            Thread.sleep(2_000); // for the rival to be thrown off again, if we did
            assertThat(rival.logons()).as("it is left in peace").isEqualTo(before);
            doctorFindsThePlainRival(ours.program().log(), stage.broker().log());

            int mark = ours.mark();
            rival.end();
            ours.awaitConnected(mark);
        }
    }

    private void doctorFindsThePlainRival(String ours, String ofBroker) throws Exception {
        Matcher verdict = PLAIN.matcher(ours);
        assertThat(verdict.find()).as(ours).isTrue();
        String address = verdict.group(1);
        assertThat(verdict.group(2)).isEqualTo(address);

        Doctor doctor = new Doctor(folder, NAME);
        JsonNode finding = doctor.collision(ours);
        assertThat(finding.path("cause").asText()).isEqualTo("name-collision");
        assertThat(finding.path("certainty").asText()).isEqualTo("proved");
        assertThat(finding.path("losses").asLong()).isBetween(evictionsSaid(ours), evictions(ofBroker));
        assertThat(Doctor.processes(finding)).contains(self(ours));
        assertThat(finding.path("participants"))
                .as("%s", finding)
                .anyMatch(each -> each.path("address").asText().equals(address));
        assertThat(finding.at("/remedy/0").asText()).contains(address);

        JsonNode withBroker = doctor.collision(ours, ofBroker);
        assertThat(withBroker.path("cause").asText()).isEqualTo("name-collision");
        haveAll(withBroker, evictions(ofBroker));
    }

    @Test
    void a_broker_that_restarts_three_times_in_a_row_is_no_rival() throws Exception {
        try (Stage stage = Stage.with(BrokerSettings.DEFAULTS.withLogOnDisk(), folder)) {
            HoldProgram<?> ours = stage.hold(NAME);
            ours.awaitConnected(0);
            for (int i = 0; i < 3; i++) {
                int mark = ours.mark();
                stage.broker().kill();
                ours.awaitLoss(mark);
                stage.broker().startAgain();
                ours.awaitConnected(mark);
            }
            String log = ours.program().log();
            assertThat(log).contains("HF-2202").doesNotContain("HF-3003", "HF-3005", "HF-3008");

            Doctor doctor = new Doctor(folder, NAME);
            for (JsonNode document : List.of(
                    doctor.over(0, log), doctor.over(0, log, stage.broker().log()))) {
                assertThat(document.path("findings"))
                        .as("%s", document)
                        .noneMatch(each -> each.path("cause").asText().contains("collision"));
            }
        }
    }

    @Test
    void two_at_a_broker_without_a_log_are_found_by_watching() throws Exception {
        try (Stage stage = Stage.with(BrokerSettings.DEFAULTS.withoutTransactionLog(), folder);
                Client other = client(
                        new Told(), CollisionOptions.DEFAULTS, stage.broker().uri())) {
            HoldProgram<?> ours = stage.hold(NAME, "holdfast.collision.watch = always");
            ours.awaitConnected(0);
            awaitWatching(stage.broker());
            other.connect(Traffic.PATIENCE);
            long rival = ProcessHandle.current().pid();
            Waiting.until(
                    () -> ours.program()
                            .log()
                            .lines()
                            .anyMatch(line -> line.contains("HF-3008 silent-collision ")
                                    && line.contains(" rival_pid=" + rival + " ")),
                    Traffic.PATIENCE,
                    ours.program()::log);
            doctorFindsTheSilentCollision(ours.program().log(), stage.broker().log(), rival);

            assertThat(isIn(ours, "STANDBY")).as("nobody yields").isFalse();
            assertThat(other.state().isConnected()).isTrue();
        }
    }

    private void doctorFindsTheSilentCollision(String ours, String ofBroker, long rival) throws Exception {
        Doctor doctor = new Doctor(folder, NAME);
        for (JsonNode finding : List.of(doctor.collision(ours), doctor.collision(ours, ofBroker))) {
            assertThat(finding.path("cause").asText()).isEqualTo("silent-collision");
            assertThat(finding.path("certainty").asText()).isEqualTo("proved");
            assertThat(finding.path("losses").asLong()).isZero();
            assertThat(Doctor.processes(finding))
                    .hasSize(2)
                    .contains(self(ours))
                    .anyMatch(each -> each.endsWith(" " + rival) && !each.startsWith("null "));
            assertThat(finding.path("remedy").toString()).contains("without a transaction log");
        }
        assertThat(evictions(ofBroker)).isZero();
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
}
