package io.holdfast.samples.hold;

import io.holdfast.client.Client;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.message.Topic;
import io.holdfast.client.spi.Clock;
import io.holdfast.ha.HoldfastClient;
import io.holdfast.ha.config.HoldfastConfig;
import io.holdfast.samples.cli.CommandFailure;
import io.holdfast.samples.cli.Configuration;
import io.holdfast.samples.cli.Converters;
import io.holdfast.samples.cli.ExitCode;
import io.holdfast.samples.cli.Surroundings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Keeps a client up until a signal ends it, through every loss of its connection. */
@Command(
        name = "hold",
        description = {
            "Keeps a client connected until a signal ends it, and writes one line of JSON for each transition, for each second of"
                    + " traffic, when publishing or the subscription gets into trouble or out of it, and a summary at the end.",
            "Fields: at, event, state, name, endpoint, cause, attempt, delay_ms, pending, in_doubt, published, persisted,"
                    + " refused, received, duplicates, gaps, restarts; counts are totals since the start.",
            "Publishes {\"from\":<name>,\"n\":<counter>}; duplicates and gaps are counted in the counters of what arrives.",
            "restarts: how often a counter began at 1 again, because its publisher did, or because everything came twice."
        })
public final class HoldCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "a property file, in the place of the one that holdfast.config names")
    private @Nullable Path file;

    @Option(
            names = "--publish",
            paramLabel = "T",
            converter = Converters.TopicConverter.class,
            description = "publishes a counter to this topic")
    private @Nullable Topic publish;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "1",
            description = "messages per second (default: ${DEFAULT-VALUE})")
    private double rate;

    @Option(
            names = "--subscribe",
            paramLabel = "T",
            converter = Converters.TopicConverter.class,
            description = "subscribes to this topic, from where holdfast.subscribe.bookmark says")
    private @Nullable Topic subscribe;

    /** A command in these surroundings. */
    public HoldCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!(rate > 0 && rate <= 1e9)) {
            throw new CommandFailure(ExitCode.USAGE, "--rate is above 0 and at most 1000000000, not " + rate);
        }
        HoldfastConfig config = Configuration.load(surroundings, file);
        CompletableFuture<ExitCode> end = new CompletableFuture<>();
        surroundings.stop().thenRun(() -> end.complete(ExitCode.INTERRUPTED));
        Arrivals arrivals = new Arrivals();
        Ledger ledger = new Ledger(
                Clock.system(),
                new JsonLines(
                        surroundings.out(),
                        broken -> end.completeExceptionally(new CommandFailure(
                                ExitCode.INPUT_OUTPUT, "cannot write to standard output: " + broken, broken))),
                arrivals);
        Subscribing subscribing = subscribe == null ? null : new Subscribing(subscribe, arrivals, ledger, end);
        Consumer<Client> onConnected = subscribing == null ? client -> {} : subscribing::onConnected;
        try (Connector connector = surroundings.connectors().get()) {
            return hold(build(config, connector, new HoldListener(ledger, end, onConnected)), ledger, end)
                    .code();
        }
    }

    private static Client build(HoldfastConfig config, Connector connector, HoldListener listener) {
        try {
            return HoldfastClient.builder(config)
                    .connector(connector)
                    .listener(listener)
                    .build();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private ExitCode hold(Client client, Ledger ledger, CompletableFuture<ExitCode> end) throws InterruptedException {
        long startNanos = System.nanoTime();
        ScheduledExecutorService seconds = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "holdfast-hold-seconds");
            thread.setDaemon(true);
            return thread;
        });
        try (client) {
            var unused = client.connectAsync(); // its failures are transitions
            var ticks =
                    seconds.scheduleAtFixedRate(() -> ledger.second(() -> Standing.of(client)), 1, 1, TimeUnit.SECONDS);
            if (publish != null) {
                new Publishing(client, publish, rate, ledger).until(end);
            }
            ExitCode code = end.get();
            ticks.cancel(false);
            return code;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            seconds.shutdownNow();
            ledger.summary(() -> Standing.of(client), Duration.ofNanos(System.nanoTime() - startNanos));
        }
    }
}
