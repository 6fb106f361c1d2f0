package io.holdfast.samples.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.broker.BrokerConfig;
import io.holdfast.broker.ReferenceBroker;
import io.holdfast.client.Client;
import io.holdfast.client.ClientOptions;
import io.holdfast.client.Reconnect;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.ConnectorProvider;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.ha.HoldfastClient;
import io.holdfast.ha.identity.IdentityStamp;
import io.holdfast.samples.demo.NaiveClient;
import io.holdfast.samples.demo.NaiveReport;
import io.holdfast.samples.fake.CountingConnector;
import io.holdfast.samples.fake.LoggingConnector;
import io.holdfast.samples.fake.MemoryBroker;
import io.holdfast.samples.fake.RememberedLog;
import io.holdfast.samples.fake.TestProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real fights on a real broker: the lines that were written then are the ones that are read. */
class RealFightTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ZONE = " --zone " + ZoneId.systemDefault();

    @TempDir
    Path folder;

    private final List<String> brokerLog = new ArrayList<>();
    private final TestProcess process = new TestProcess(new MemoryBroker());

    @Test
    void two_naive_clients_are_found_in_the_brokers_log_and_in_their_own() throws Exception {
        List<String> logA = new ArrayList<>();
        List<String> logB = new ArrayList<>();
        NaiveReport a;
        NaiveReport b;
        try (ReferenceBroker broker = start();
                Connector connector = transport()) {
            Endpoint endpoint = Endpoint.parse(broker.uri());
            CountingConnector counting = new CountingConnector(connector, 60);
            NaiveClient first = naive(counting, endpoint, logA, "app-12", utilLogging(logA));
            NaiveClient second = naive(
                    counting, endpoint, logB, "app-13", line -> logB.add(Instant.now() + " WARN gateway " + line));
            first.start();
            second.start();
            assertThat(counting.awaitConnects()).isTrue();
            a = first.stop(PATIENCE);
            b = second.stop(PATIENCE);
        }
        Path broker = write("broker.log", brokerLog);

        assertThat(process.run("doctor " + broker + " " + write("a.log", logA) + " " + write("b.log", logB) + ZONE))
                .isEqualTo(DoctorExit.FOUND);
        long evictions =
                brokerLog.stream().filter(line -> line.contains("02-0025")).count();
        assertThat(evictions)
                .isGreaterThan(20)
                .isBetween(a.endedByPeer() + b.endedByPeer(), a.endedByPeer() + b.endedByPeer() + 2);
        assertThat(process.out())
                .contains("NAME COLLISION (proved)  client name orders-gateway")
                .contains(evictions + " evictions")
                .contains("host=app-12 pid=1", "host=app-13 pid=1");

        TestProcess single = new TestProcess(new MemoryBroker());
        assertThat(single.run("doctor " + folder.resolve("a.log") + ZONE)).isEqualTo(DoctorExit.FOUND);
        assertThat(single.out()).contains("NAME COLLISION (possible)", "one client's log cannot prove it");
    }

    @Test
    void two_holdfast_clients_are_found_in_their_own_log() throws Exception {
        String clientLog;
        try (ReferenceBroker broker = start();
                RememberedLog log = new RememberedLog("io.holdfast.ha")) {
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Client next = HoldfastClient.builder()
                        .name("orders")
                        .server(broker.uri())
                        .correlationId(CorrelationId.of("copy" + i % 2))
                        .options(ClientOptions.DEFAULTS.with(Reconnect.never()))
                        .build();
                next.connect(PATIENCE);
                clients.add(next);
                log.await("HF-2202 ", i);
            }
            clients.forEach(Client::close);
            clientLog = log.text();
        }
        Path client = write("client.log", List.of(clientLog));
        assertThat(process.run("doctor " + client + ZONE)).isEqualTo(DoctorExit.FOUND);
        assertThat(process.out())
                .contains("NAME COLLISION (possible)  client name orders")
                .contains("7 evictions");

        TestProcess withBroker = new TestProcess(new MemoryBroker());
        assertThat(withBroker.run("doctor " + client + " " + write("broker.log", brokerLog) + ZONE))
                .isEqualTo(DoctorExit.FOUND);
        assertThat(withBroker.out())
                .contains("NAME COLLISION (proved)  client name orders")
                .contains("correlation_id=copy0", "correlation_id=copy1");
    }

    @Test
    void clients_that_come_and_go_are_none() throws Exception {
        try (ReferenceBroker broker = start()) {
            for (int i = 0; i < 12; i++) {
                try (Client client = HoldfastClient.builder()
                        .name("job")
                        .server(broker.uri())
                        .build()) {
                    client.connect(PATIENCE);
                }
            }
        }
        assertThat(process.run("doctor " + write("broker.log", brokerLog))).isZero();
        assertThat(process.out()).contains("No collision, and no other series of lost connections.");
    }

    private NaiveClient naive(
            Connector connector, Endpoint endpoint, List<String> log, String host, Consumer<String> words) {
        LogonRequest plain = LogonRequest.of("orders-gateway");
        CorrelationId stamp = IdentityStamp.ofNonce(host.equals("app-12") ? "00000000000000aa" : "00000000000000bb")
                .withProcess(host, 1, Instant.EPOCH)
                .toCorrelationId();
        LogonRequest logon = new LogonRequest(
                plain.clientName(),
                plain.authenticator(),
                stamp,
                plain.messageType(),
                plain.version(),
                plain.options());
        Consumer<String> safe = line -> {
            synchronized (log) {
                words.accept(line);
            }
        };
        return new NaiveClient(new LoggingConnector(connector, safe), endpoint, logon);
    }

    private static Consumer<String> utilLogging(List<String> log) {
        SimpleFormatter formatter = new SimpleFormatter();
        return line -> log.add(formatter.format(new LogRecord(Level.WARNING, line)));
    }

    private ReferenceBroker start() {
        Consumer<String> log = line -> {
            synchronized (brokerLog) {
                brokerLog.add(line);
            }
        };
        return ReferenceBroker.start(BrokerConfig.builder().operatorLog(log).build());
    }

    private Path write(String name, List<String> lines) throws Exception {
        return Files.write(folder.resolve(name), lines);
    }

    private static Connector transport() {
        return ServiceLoader.load(ConnectorProvider.class)
                .findFirst()
                .orElseThrow()
                .create();
    }
}
