package io.holdfast.samples.demo.collision;

import io.holdfast.broker.BrokerConfig;
import io.holdfast.broker.ReferenceBroker;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.spi.Clock;
import io.holdfast.samples.cli.CommandFailure;
import io.holdfast.samples.cli.ExitCode;
import io.holdfast.samples.cli.Surroundings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a broker in this process, on any free port, and plays the {@link CollisionScript} against it. */
@Command(
        name = "collision",
        description = {
            "Shows what becomes of two programs with one client name, on a broker in this process: two naive clients evict each"
                    + " other for ever; two processes with a Holdfast client settle who keeps the name; the holder is killed and"
                    + " the other takes over.",
            "All numbers are measured. Takes about half a minute; needs no network but the loopback, and leaves nothing behind."
        })
public final class CollisionDemoCommand implements Callable<Integer> {

    private static final int WIDTH = 100;
    private static final int LEAST_WIDTH = 60;
    private static final int MOST_WIDTH = 200;

    private final Surroundings surroundings;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "length of the naive clients' fight, 1..60 (default: ${DEFAULT-VALUE})")
    private int seconds = 10;

    /** A command in these surroundings. */
    public CollisionDemoCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException, TimeoutException, IOException {
        CommandFailure.unlessInRange("--seconds", seconds, 60);
        Sightings sightings = new Sightings();
        CountDownLatch stopped = new CountDownLatch(1);
        surroundings.stop().thenRun(() -> {
            stopped.countDown();
            sightings.fail(new CommandFailure(ExitCode.INTERRUPTED, "stopped by a signal"));
        });
        PrintStream out = new PrintStream(surroundings.out(), false, StandardCharsets.UTF_8);
        BrokerConfig config =
                BrokerConfig.builder().adminPort(-1).operatorLog(line -> {}).build();
        try (ReferenceBroker broker = ReferenceBroker.start(config);
                Connector connector = surroundings.connectors().get();
                TempFolder folder = TempFolder.create()) {
            out.println("Holdfast demo: two programs with one client name");
            out.println("The broker is in this process, at " + broker.uri());
            out.println();
            CollisionScript script = new CollisionScript(
                    broker.uri(),
                    connector,
                    out,
                    width(surroundings.environment().get("COLUMNS")),
                    stopped,
                    sightings,
                    Clock.system());
            script.naiveClients(Duration.ofSeconds(seconds));
            script.holdfastClients(folder.path());
            return ExitCode.OK.code();
        } finally {
            out.flush();
        }
    }

    /** The terminal's width, where the shell tells it. */
    static int width(@Nullable String columns) {
        if (columns == null || !columns.matches("\\d{1,4}")) {
            return WIDTH;
        }
        return Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, Integer.parseInt(columns)));
    }
}
