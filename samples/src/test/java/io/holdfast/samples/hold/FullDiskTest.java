package io.holdfast.samples.hold;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.client.Client;
import io.holdfast.client.error.StoreException;
import io.holdfast.client.message.Topic;
import io.holdfast.client.spi.Clock;
import io.holdfast.ha.HoldfastClient;
import io.holdfast.ha.store.PublishStoreOptions;
import io.holdfast.ha.store.PublishStoreOptions.Sync;
import io.holdfast.samples.cli.ExitCode;
import io.holdfast.samples.fake.MemoryBroker;
import io.holdfast.samples.fake.RememberedLog;
import io.holdfast.testkit.fs.FaultFileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishing at a rate into a real file store, on a disk that is the test's. */
class FullDiskTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path temp;

    private final MemoryBroker broker = new MemoryBroker();
    private final List<ObjectNode> lines = new CopyOnWriteArrayList<>();
    private final Ledger ledger = new Ledger(Clock.system(), lines::add, new Arrivals());
    private final CompletableFuture<ExitCode> end = new CompletableFuture<>();
    private FaultFileSystem files;

    @BeforeEach
    void mount() throws Exception {
        files = FaultFileSystem.over(Files.createDirectory(temp.resolve("disk")));
    }

    @AfterEach
    void shutDown() {
        broker.shutDown();
    }

    @Test
    void a_disk_that_is_full_for_a_while_is_told_once_and_costs_no_counter() throws Exception {
        try (Client client = client(Sync.INTERVAL)) {
            CompletableFuture<Void> publishing = start(client);
            await(() -> broker.taken().size() >= 5, "published");

            files.faults().fail("write");
            await(() -> told().size() == 1, "told");
            await(() -> refused(client) >= 20, "tried again and again");
            long before = client.publishing().lastId();
            assertThat(told()).as("but told once").hasSize(1);
            assertThat(told().get(0).path("cause").asText())
                    .contains("UNAVAILABLE", "the disk fails to write", "publish again");

            files.faults().heal();
            await(() -> told().size() == 2, "told that it is over");
            await(() -> broker.taken().size() > before + 5, "published again");
            end.complete(ExitCode.INTERRUPTED);
            publishing.get(30, TimeUnit.SECONDS);
            client.publishFlush(PATIENCE);

            assertThat(told()).hasSize(2);
            assertThat(told().get(1).path("cause").isNull()).isTrue();
            assertThat(broker.taken())
                    .as("each counter, once and in order")
                    .containsExactlyElementsOf(LongStream.rangeClosed(
                                    1, client.publishing().lastId())
                            .mapToObj(
                                    n -> new HoldMessage("holder", n).payload().utf8())
                            .toList());
        }
    }

    @Test
    void a_disk_that_failed_is_told_and_ends_it_since_only_a_new_client_can_go_on() throws Exception {
        try (RememberedLog log = new RememberedLog("io.holdfast.ha.internal.store");
                Client client = client(Sync.ALWAYS)) {
            CompletableFuture<Void> publishing = start(client);
            await(() -> broker.taken().size() >= 5, "published");

            files.faults().fail("fsync");

            assertThat(publishing)
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(StoreException.class, e -> {
                        assertThat(e.isRetryable()).isFalse();
                        assertThat(ExitCode.of(e)).isEqualTo(ExitCode.INPUT_OUTPUT);
                        assertThat(told())
                                .singleElement()
                                .satisfies(line ->
                                        assertThat(line.path("cause").asText()).isEqualTo(e.getMessage()));
                    });
            log.await("HF-2303", 1);
        }
    }

    private Client client(Sync sync) {
        Client client = HoldfastClient.builder()
                .name("holder")
                .server("tcp://memory:9007/amps/json")
                .connector(broker)
                .publishStore(PublishStoreOptions.file()
                        .sync(sync)
                        .folder(files.root().resolve("store")))
                .listener(new HoldListener(ledger, end, connected -> {}))
                .build();
        client.connect(PATIENCE);
        return client;
    }

    private CompletableFuture<Void> start(Client client) {
        return CompletableFuture.runAsync(() -> {
            try {
                new Publishing(client, Topic.of("t"), 500, ledger).until(end);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** The lines about publishing. */
    private List<ObjectNode> told() {
        return lines.stream()
                .filter(line -> line.path("event").asText().equals("publishing"))
                .toList();
    }

    private long refused(Client client) {
        ledger.second(() -> Standing.of(client));
        return lines.get(lines.size() - 1).path("refused").asLong();
    }

    private void await(Callable<Boolean> there, String what) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!there.call()) {
            assertThat(System.nanoTime()).as("%s: %s", what, lines).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
